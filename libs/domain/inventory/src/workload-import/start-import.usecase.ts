import { Inject, Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import { ROSTER_CONFIG, type RosterConfig } from '@roster/platform-config';
import { type Caller, Clock, newId } from '@roster/platform-context';
import { type FieldError, problem } from '@roster/platform-errors';
import { jsonFormField, type ReceivedUpload, validateDto } from '@roster/platform-http';
import { FileStorage } from '@roster/platform-storage';
import { ImportRegister } from './import-register.js';
import { IMPORT_LIMITS } from './import-limit.js';
import type { ImportOptions } from './import-options.js';
import { type ImportAcceptedDto, ImportOptionsDto } from './workload-import.dto.js';

const FORM_FIELDS = ['options'];

const textValues = (path: string, value: Record<string, unknown> | undefined, nullable: boolean): FieldError[] =>
  Object.entries(value ?? {}).flatMap(([name, item]) => (typeof item === 'string' || (nullable && item === null) ? [] : [{ path: `${path}[${JSON.stringify(name)}]`, code: 'not_text', message: nullable ? 'expected text or null' : 'expected text' }]));

/**
 * Reads the form field `options`.
 * @throws PLATFORM_REQUEST_INVALID naming every wrong field
 */
export const readImportOptions = async (fields: Readonly<Record<string, string>>): Promise<ImportOptions> => {
  const unknown = Object.keys(fields).filter((name) => !FORM_FIELDS.includes(name));
  if (unknown.length > 0) {
    throw problem('PLATFORM_REQUEST_INVALID', 'The form is not valid. Nothing was stored.', { errors: unknown.map((path) => ({ path, code: 'unknown_field', message: 'this field is not known here; send everything inside "options"' })) });
  }
  const sent = jsonFormField(fields, 'options') ?? {};
  const value = typeof sent === 'object' && sent !== null && 'upsertBy' in sent && typeof sent.upsertBy === 'string' ? { ...sent, upsertBy: [sent.upsertBy] } : sent;
  return toImportOptions(await validateDto(ImportOptionsDto, value));
};

/**
 * Options as they are kept with the import, every one decided.
 * @throws PLATFORM_REQUEST_INVALID naming every wrong value
 */
export const toImportOptions = (options: ImportOptionsDto): ImportOptions => {
  const errors = [...textValues('options.mapping', options.mapping, true), ...textValues('options.defaults', options.defaults, false),
    ...(options.duplicates ?? []).flatMap(({ as, workload }, index) => (as === 'same' && !workload ? [{ path: `options.duplicates[${index}].workload`, code: 'required', message: 'expected the key of the workload the row is the same as' }] : []))];
  if (errors.length > 0) throw problem('PLATFORM_REQUEST_INVALID', 'The options are not valid. Nothing was stored.', { errors });
  return {
    dryRun: options.dryRun ?? false, mapping: options.mapping ?? {}, defaults: options.defaults ?? {}, unmapped: options.unmapped ?? 'custom', formulas: options.formulas ?? 'reject', upsertBy: options.upsertBy ?? null,
    encoding: options.encoding ?? null, delimiter: options.delimiter ?? null, sheet: options.sheet ?? null,
    useRemembered: options.useRemembered ?? false, replacements: options.replacements ?? [], leaveBlank: options.leaveBlank ?? [], duplicates: options.duplicates ?? [],
  };
};

/** Takes a file in and asks for its import. Nothing of the inventory is touched here. */
@Injectable()
export class StartImportUsecase {
  constructor(
    private readonly access: Access, private readonly storage: FileStorage, private readonly register: ImportRegister, private readonly clock: Clock, @Inject(ROSTER_CONFIG) private readonly config: RosterConfig,
  ) {}

  /** Largest file that is taken in, in bytes. */
  get maxBytes(): number {
    return Math.min(IMPORT_LIMITS.fileBytes, this.config.maxUploadBytes);
  }

  /**
   * @param upload the received form; its file is discarded here
   * @throws PLATFORM_REQUEST_INVALID, INVENTORY_IMPORT_FILE_EMPTY
   */
  async start(caller: Caller, { fields, file, fileName }: ReceivedUpload): Promise<ImportAcceptedDto> {
    try {
      const scope = this.access.authorise(caller, 'inventory:import:run');
      const options = await readImportOptions(fields);
      if (file.size === 0) {
        throw problem('INVENTORY_IMPORT_FILE_EMPTY', 'The file is empty: there is nothing to import.', { errors: [{ path: 'file', code: 'required', message: 'Send a file with a header row and at least one data row.' }] });
      }
      const fileKey = `${scope.tenantId}/imports/${newId(this.clock.now())}`;
      await this.storage.put(fileKey, file, 'application/octet-stream');
      const id = await this.register.register(scope, { fileName: fileName.slice(-500) || 'upload', fileKey, fileBytes: file.size, fileSha256: file.sha256 }, options).catch(async (error: unknown) => {
        // A file that no import knows would stay for ever.
        await this.storage.delete(fileKey);
        throw error;
      });
      return { id, href: `/api/v1/workload-imports/${id}` };
    } finally {
      await file.discard();
    }
  }
}
