import { Controller, Delete, Head, HttpCode, Options, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiHeader, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import type { Caller } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { ApiProblems, CurrentCaller, IdField, InstantField, IntegerField, RequirePermission, STREAMED_TYPE, StreamedBody } from '@roster/platform-http';
import { asId } from '../item/evidence-request.js';
import type { EvidenceUpload } from './evidence-upload.js';
import { EvidenceUploadService } from './evidence-upload.service.js';
import { TUS_EXTENSIONS, TUS_VERSION, agreeOnProtocol, readAnnouncement, readByteCount } from './tus-headers.js';

export class UploadDto {
  @IdField({ description: 'Id, to be named as `upload` in a submission.' }) id!: string;
  @IntegerField({ description: 'Size of the file in bytes.', min: 1, max: Number.MAX_SAFE_INTEGER }) size!: number;
  @IntegerField({ description: 'Bytes that have arrived.', min: 0, max: Number.MAX_SAFE_INTEGER }) received!: number;
  @InstantField({ description: 'When it is given up, unless another piece arrives.' }) expiresAt!: Date;
}

const PROTOCOL = ApiHeader({ name: 'Tus-Resumable', required: true, description: 'Version of the protocol: 1.0.0.' });

/** Resumable uploads: the tus protocol 1.0 with creation, expiration and termination. */
@ApiTags('Uploads')
@Controller('uploads')
export class EvidenceUploadController {
  constructor(private readonly uploads: EvidenceUploadService) {}

  /** What this end of the protocol can do. */
  @Options()
  @HttpCode(204)
  @RequirePermission('evidence:item:submit')
  @ApiOperation({ summary: 'Ask what resumable uploads can do', description: 'Tus-Version, Tus-Extension and Tus-Max-Size (bytes) in the headers.' })
  @ApiNoContentResponse()
  abilities(@Res({ passthrough: true }) reply: FastifyReply): void {
    void reply.headers({ 'tus-resumable': TUS_VERSION, 'tus-version': TUS_VERSION, 'tus-extension': TUS_EXTENSIONS, 'tus-max-size': String(this.uploads.maxBytes) });
  }

  /** Begins an upload. */
  @Post()
  @RequirePermission('evidence:item:submit')
  @ApiOperation({ summary: 'Begin a resumable upload', description: 'tus 1.0 creation. Location names the upload; send the pieces there. It ends a day after its last piece. An upload becomes evidence when `POST /evidence` or `POST /evidence/{id}/versions` names it.' })
  @PROTOCOL
  @ApiHeader({ name: 'Upload-Length', required: true, description: 'Size of the file in bytes.' })
  @ApiHeader({ name: 'Upload-Metadata', required: true, description: '`filename` (required), `filetype`, `sha256`: pairs of key and base64 value. What is said to be the hash is compared at the end.' })
  @ApiCreatedResponse({ type: UploadDto })
  @ApiProblems('PLATFORM_REQUEST_INVALID', 'PLATFORM_BODY_TOO_LARGE', 'EVIDENCE_FILE_REFUSED', 'EVIDENCE_UPLOAD_LIMIT_REACHED', 'EVIDENCE_UPLOAD_PROTOCOL_UNSUPPORTED')
  async begin(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<UploadDto> {
    agreeOnProtocol(request, reply);
    const upload = await this.uploads.begin(caller, readAnnouncement(request));
    void reply.headers({ location: `/api/v1/uploads/${upload.id}`, 'upload-offset': '0', 'upload-expires': upload.expiresAt.toUTCString() });
    return { id: upload.id, size: upload.size, received: upload.received, expiresAt: upload.expiresAt };
  }

  /** How far an upload is. */
  @Head(':id')
  @RequirePermission('evidence:item:submit')
  @ApiOperation({ summary: 'Ask how far an upload is', description: 'Upload-Offset, Upload-Length and Upload-Expires in the headers; Roster-Sha256 once it is complete and passed the checks.' })
  @PROTOCOL
  @ApiOkResponse({ description: 'Headers only.' })
  @ApiProblems('EVIDENCE_UPLOAD_NOT_FOUND', 'EVIDENCE_UPLOAD_PROTOCOL_UNSUPPORTED')
  async progress(@CurrentCaller() caller: Caller, @Param('id') id: string, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    agreeOnProtocol(request, reply);
    const upload = await this.uploads.find(caller, uploadId(id));
    void reply.headers({ ...standing(upload), 'upload-length': String(upload.size) });
  }

  /** Takes the next piece. */
  @Patch(':id')
  @HttpCode(204)
  @StreamedBody()
  @RequirePermission('evidence:item:submit')
  @ApiOperation({ summary: 'Send the next piece of an upload', description: 'What arrived before a connection broke is kept. The answer to the last piece carries Roster-Sha256, computed here; a file that is refused ends the upload.' })
  @PROTOCOL
  @ApiHeader({ name: 'Upload-Offset', required: true, description: 'Where the piece begins, in bytes: as many as have arrived.' })
  @ApiConsumes(STREAMED_TYPE)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiNoContentResponse()
  @ApiProblems('PLATFORM_REQUEST_INVALID', 'PLATFORM_BODY_TOO_LARGE', 'PLATFORM_MEDIA_TYPE_UNSUPPORTED', 'EVIDENCE_UPLOAD_NOT_FOUND', 'EVIDENCE_UPLOAD_OFFSET_CONFLICT', 'EVIDENCE_UPLOAD_LIMIT_REACHED', 'EVIDENCE_UPLOAD_PROTOCOL_UNSUPPORTED', 'EVIDENCE_FILE_REFUSED')
  async append(@CurrentCaller() caller: Caller, @Param('id') id: string, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    agreeOnProtocol(request, reply);
    const { body } = request;
    if (!(body instanceof Readable)) throw problem('PLATFORM_MEDIA_TYPE_UNSUPPORTED', `Send the piece as ${STREAMED_TYPE}.`);
    void reply.headers(standing(await this.uploads.append(caller, uploadId(id), readByteCount(request, 'upload-offset'), body)));
  }

  /** Gives an upload up. */
  @Delete(':id')
  @HttpCode(204)
  @RequirePermission('evidence:item:submit')
  @ApiOperation({ summary: 'Give an upload up', description: 'Its bytes are removed soon after.' })
  @PROTOCOL
  @ApiNoContentResponse()
  @ApiProblems('EVIDENCE_UPLOAD_NOT_FOUND', 'EVIDENCE_UPLOAD_PROTOCOL_UNSUPPORTED')
  async terminate(@CurrentCaller() caller: Caller, @Param('id') id: string, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    agreeOnProtocol(request, reply);
    await this.uploads.terminate(caller, uploadId(id));
  }
}

const uploadId = (text: string): string => asId(text, 'EVIDENCE_UPLOAD_NOT_FOUND', 'There is no such upload.');
const standing = (upload: EvidenceUpload): Record<string, string> => ({
  'upload-offset': String(upload.received), 'upload-expires': upload.expiresAt.toUTCString(), ...(upload.sha256 === null ? {} : { 'roster-sha256': upload.sha256 }),
});
