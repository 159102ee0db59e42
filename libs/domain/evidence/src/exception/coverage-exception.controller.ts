import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Caller } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { ApiListQuery, ApiProblems, CurrentCaller, RequirePermission, readListQuery, toPage, type ListSpec } from '@roster/platform-http';
import { EXCEPTION_KINDS } from '../coverage/coverage-inputs.js';
import { assertFilterValues, asId } from '../item/evidence-request.js';
import { DecideExceptionDto, EXCEPTION_STATUS_NAMES, ExceptionDto, ExceptionPageDto, RequestExceptionDto, WithdrawExceptionDto } from './coverage-exception.dto.js';
import { toException } from './coverage-exception.mapper.js';
import { CoverageExceptionService } from './coverage-exception.service.js';
import { DecideExceptionUseCase } from './decide-exception.usecase.js';
import { RequestExceptionUseCase } from './request-exception.usecase.js';

const LIST: ListSpec = { filters: ['status', 'kind', 'workload', 'awaiting'], sorts: ['-requestedAt'] };

/** Waivers and not-applicable statements (domain.md sections 2 and 7). */
@ApiTags('Exceptions')
@Controller('exceptions')
export class CoverageExceptionController {
  constructor(private readonly exceptions: CoverageExceptionService, private readonly requests: RequestExceptionUseCase, private readonly decisions: DecideExceptionUseCase) {}

  /** Asks for an exception. */
  @Post()
  @RequirePermission('evidence:exception:request')
  @ApiOperation({ summary: 'Request an exception, or state that a requirement does not apply', description: 'It counts once somebody other than the requester has approved it.' })
  @ApiCreatedResponse({ type: ExceptionDto })
  @ApiProblems('PLATFORM_REQUEST_INVALID', 'INVENTORY_WORKLOAD_NOT_FOUND', 'EVIDENCE_CRITERION_UNKNOWN', 'EVIDENCE_EXCEPTION_OPEN')
  async request(@CurrentCaller() caller: Caller, @Body() body: RequestExceptionDto, @Res({ passthrough: true }) reply: FastifyReply): Promise<ExceptionDto> {
    const id = await this.requests.request(caller, {
      kind: body.kind ?? 'exception', workload: body.workload, criterion: body.criterion, reason: body.reason, compensatingControl: body.compensatingControl ?? null, expiresAt: body.expiresAt ?? null,
    });
    void reply.header('location', `/api/v1/exceptions/${id}`);
    return this.show(caller, id);
  }

  /** Lists exceptions. */
  @Get()
  @RequirePermission('evidence:item:read')
  @ApiOperation({ summary: 'List exceptions', description: 'filter[awaiting]=my_decision: what somebody else asked for and nobody has decided.' })
  @ApiListQuery(LIST)
  @ApiOkResponse({ type: ExceptionPageDto })
  @ApiProblems('PLATFORM_REQUEST_INVALID', 'PLATFORM_CURSOR_INVALID', 'PLATFORM_REFERENCE_UNKNOWN')
  async list(@CurrentCaller() caller: Caller, @Query() raw: Record<string, string | string[]>): Promise<ExceptionPageDto> {
    const query = readListQuery(raw, LIST);
    assertFilterValues(query, { status: EXCEPTION_STATUS_NAMES, kind: EXCEPTION_KINDS, awaiting: ['my_decision'] });
    const { rows, total, now } = await this.exceptions.list(caller, query);
    return toPage(rows, query, (row) => [row.requestedAt.toISOString(), row.id], (row) => toException(row, now), total);
  }

  /** Reads one exception. */
  @Get(':id')
  @RequirePermission('evidence:item:read')
  @ApiOperation({ summary: 'Read an exception' })
  @ApiOkResponse({ type: ExceptionDto })
  @ApiProblems('EVIDENCE_EXCEPTION_NOT_FOUND')
  read(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<ExceptionDto> {
    return this.show(caller, id);
  }

  /** Approves or declines. */
  @Post(':id/decision')
  @HttpCode(200)
  @RequirePermission('evidence:exception:approve')
  @ApiOperation({ summary: 'Approve or decline an exception', description: 'By somebody who did not request it. Final.' })
  @ApiOkResponse({ type: ExceptionDto })
  @ApiProblems('EVIDENCE_EXCEPTION_NOT_FOUND', 'EVIDENCE_SELF_REVIEW', 'EVIDENCE_STATE_CONFLICT')
  async decide(@CurrentCaller() caller: Caller, @Param('id') id: string, @Body() body: DecideExceptionDto): Promise<ExceptionDto> {
    const approved = body.decision === 'approve' || body.decision === 'accept';
    if (!approved && !body.comment) throw problem('PLATFORM_REQUEST_INVALID', 'Some fields are not valid. Nothing was changed.', { errors: [{ path: 'comment', code: 'required', message: 'is required: say why it is declined' }] });
    await this.decisions.decide(caller, this.id(id), approved ? 'approved' : 'declined', body.comment ?? null);
    return this.show(caller, id);
  }

  /** Ends it before its time. */
  @Post(':id/withdraw')
  @HttpCode(200)
  @RequirePermission('evidence:exception:request')
  @ApiOperation({ summary: 'Withdraw a request, or end an approved exception before its time' })
  @ApiOkResponse({ type: ExceptionDto })
  @ApiProblems('EVIDENCE_EXCEPTION_NOT_FOUND', 'EVIDENCE_STATE_CONFLICT')
  async withdraw(@CurrentCaller() caller: Caller, @Param('id') id: string, @Body() body: WithdrawExceptionDto): Promise<ExceptionDto> {
    await this.decisions.withdraw(caller, this.id(id), body.reason);
    return this.show(caller, id);
  }

  private id(id: string): string {
    return asId(id, 'EVIDENCE_EXCEPTION_NOT_FOUND', 'There is no such exception.');
  }

  private async show(caller: Caller, id: string): Promise<ExceptionDto> {
    const { row, now } = await this.exceptions.read(caller, this.id(id));
    return toException(row, now);
  }
}
