import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ROSTER_CONFIG, type RosterConfig } from '@roster/platform-config';
import { problem } from '@roster/platform-errors';
import { isMultipart, jsonFormField, receiveUpload, validateDto } from '@roster/platform-http';
import { FileStorage, type SpooledFile } from '@roster/platform-storage';
import type { SubmitVersionDto } from '../item/evidence.dto.js';
import type { SubmissionSource } from './submit-evidence.usecase.js';

export interface ReceivedSubmission<Dto> {
  readonly body: Dto;
  readonly source: SubmissionSource;
}

/** Reads a submission as a form with a file, or as JSON with an address or a finished upload. */
@Injectable()
export class SubmissionForm {
  constructor(private readonly storage: FileStorage, @Inject(ROSTER_CONFIG) private readonly config: RosterConfig) {}

  /**
   * Receives, hands over, and cleans up: the file exists on local disk only while `use` runs.
   * @throws PLATFORM_REQUEST_INVALID, PLATFORM_BODY_TOO_LARGE
   */
  async receive<Dto extends SubmitVersionDto, Result>(request: FastifyRequest, type: new () => Dto, use: (submission: ReceivedSubmission<Dto>) => Promise<Result>): Promise<Result> {
    if (!isMultipart(request)) {
      const body = await validateDto(type, request.body ?? {});
      if (body.upload !== undefined) {
        if (body.url !== undefined) throw invalid('url', 'not_with_file', 'send either an upload or an address');
        return use({ body, source: { upload: body.upload, sha256: body.sha256 ?? null } });
      }
      if (body.url === undefined) throw invalid('url', 'required', 'is required: the address, an upload, or send a form with a part named "file"');
      return use({ body, source: { url: plainAddress(body.url), sha256: body.sha256 ?? null } });
    }
    let file: SpooledFile | null = null;
    try {
      const upload = await receiveUpload(request, this.storage, this.config.maxUploadBytes);
      file = upload.file;
      // An empty field of a form means that nothing was entered.
      const filled = Object.fromEntries(Object.entries(upload.fields).filter(([, text]) => text.trim() !== ''));
      const body = await validateDto(type, 'links' in filled ? { ...filled, links: jsonFormField(filled, 'links') } : filled);
      if (body.url !== undefined) throw invalid('url', 'not_with_file', 'send either a file or an address');
      if (body.upload !== undefined) throw invalid('upload', 'not_with_file', 'send either a file or an upload');
      return await use({ body, source: { arrived: { file, fileName: upload.fileName, declaredType: upload.declaredType }, sha256: body.sha256 ?? null } });
    } finally {
      await file?.discard();
    }
  }
}

/** An address that is kept and shown to many must not carry a password. */
function plainAddress(text: string): string {
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') throw invalid('url', 'has_credentials', 'expected an address without user name and password');
  return text;
}

const invalid = (path: string, code: string, message: string): Error => problem('PLATFORM_REQUEST_INVALID', 'Some fields are not valid. Nothing was changed.', { errors: [{ path, code, message }] });
