import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { ApiProblems, CurrentCaller, Public, RequirePermission } from '@roster/platform-http';
import type { FastifyReply } from 'fastify';
import { GATE_SUBJECTS } from './gate.js';
import { GateDto } from './gate.dto.js';
import { GateService } from './gate.service.js';
import { VerdictSigner } from './verdict-signer.js';

/** Yes or no for pipelines (domain.md sections 1 and 6). */
@ApiTags('Gate')
@Controller()
export class GateController {
  constructor(private readonly gate: GateService, private readonly signer: VerdictSigner) {}

  /** Answers whether a workload may go to production, or whether its scope may grow. */
  @Get('workloads/:key/gate')
  @RequirePermission('classification:result:read')
  @ApiOperation({ summary: 'Ask the gate', description: 'pass, fail or frozen, with reasons and gaps, never from an outdated result. With format=jws the verdict comes as a compact JWS (EdDSA) that expires after 300 s; its key is at /gate/keys.' })
  @ApiQuery({ name: 'for', required: true, schema: { type: 'string', enum: [...GATE_SUBJECTS] }, description: 'What is asked for.' })
  @ApiQuery({ name: 'format', required: false, schema: { type: 'string', enum: ['json', 'jws'] }, description: 'How to answer; json unless said otherwise.' })
  @ApiOkResponse({ type: GateDto })
  @ApiProblems('INVENTORY_WORKLOAD_NOT_FOUND', 'CLASSIFICATION_GATE_UNKNOWN', 'CLASSIFICATION_RESULT_NOT_FOUND')
  async ask(
    @CurrentCaller() caller: Caller, @Param('key') key: string, @Res({ passthrough: true }) reply: FastifyReply, @Query('for') subject?: string, @Query('format') format?: string,
  ): Promise<GateDto | string> {
    void reply.header('cache-control', 'no-store');
    if (format !== undefined && format !== 'json' && format !== 'jws') {
      throw problem('PLATFORM_REQUEST_INVALID', 'The format is not known.', { errors: [{ path: 'format', code: 'not_one_of', message: 'expected json or jws' }] });
    }
    if (format !== 'jws') return this.gate.ask(caller, key, subject);
    const signed = await this.gate.askSigned(caller, key, subject);
    void reply.type('application/jose');
    return signed;
  }

  /** The key that verdicts are signed with. */
  @Get('gate/keys')
  @Public('a public key is made to be known: pipelines check signed verdicts with it')
  @ApiOperation({ summary: 'Read the verdict key', description: 'JSON Web Key Set with the Ed25519 key that signs verdicts.' })
  @ApiOkResponse({ schema: { type: 'object', properties: { keys: { type: 'array', items: { type: 'object', additionalProperties: true } } } } })
  keys(): ReturnType<VerdictSigner['keySet']> {
    return this.signer.keySet();
  }
}
