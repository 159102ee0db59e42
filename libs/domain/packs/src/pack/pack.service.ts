import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import { OPERATION_STATUSES } from '@roster/contracts';
import { type Caller, isId, type TenantScope } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { cursorOf, type ListQuery, type ListSpec, type Page, toPage } from '@roster/platform-http';
import { SigningKeys } from '@roster/platform-signing';
import { FileStorage } from '@roster/platform-storage';
import { PackSourceRepository } from '../content/pack-source.repository.js';
import type { PackDto, PackIndexRowDto } from './pack.dto.js';
import { toPackDto } from './pack.mapper.js';
import { PackRepository, type PackStateRow } from './pack.repository.js';

/** Parameters of GET /packs. */
export const PACK_LIST: ListSpec = { filters: ['status', 'edition', 'requestedBy'], sorts: ['-requestedAt'] };
/** Parameters of GET /packs/{id}/workloads. */
export const PACK_INDEX: ListSpec = { filters: [], sorts: ['key'], uncounted: true, oneWay: true };

/** Reads packs. */
@Injectable()
export class PackService {
  constructor(private readonly access: Access, private readonly packs: PackRepository, private readonly storage: FileStorage, private readonly keys: SigningKeys, private readonly source: PackSourceRepository) {}

  async list(caller: Caller, query: ListQuery): Promise<Page<PackDto>> {
    const scope = this.access.authorise(caller, 'packs:pack:read');
    const statuses = query.filters.get('status') ?? null;
    const unknown = statuses?.find((status) => !(OPERATION_STATUSES as readonly string[]).includes(status));
    if (unknown !== undefined) {
      throw problem('PLATFORM_REQUEST_INVALID', 'Some query parameters are not valid.', { errors: [{ path: 'filter[status]', code: 'not_one_of', message: `expected one of ${OPERATION_STATUSES.join(', ')}` }] });
    }
    const filter = { statuses, editions: query.filters.get('edition') ?? null, requesters: query.filters.get('requestedBy')?.map((one) => (one === 'me' ? caller.memberId : one)) ?? null };
    const rows = await this.packs.page(scope, filter, cursorOf(query, ['instant', 'id']), query.limit + 1, !query.sort.descending);
    const total = query.count ? await this.packs.count(scope, filter) : undefined;
    return toPage(rows, query, (row) => [row.requestedAt.toISOString(), row.id], (row) => toPackDto(row, this.keys.keyId), total);
  }

  async read(caller: Caller, id: string): Promise<PackDto> {
    return toPackDto(await this.require(this.access.authorise(caller, 'packs:pack:read'), id), this.keys.keyId);
  }

  /** Workloads of a pack as they were known at its instant. @throws PACKS_PACK_NOT_FOUND, PLATFORM_CURSOR_INVALID */
  async index(caller: Caller, id: string, query: ListQuery): Promise<Page<PackIndexRowDto>> {
    const scope = this.access.authorise(caller, 'packs:pack:read');
    const pack = await this.require(scope, id);
    const [after = null] = cursorOf(query, ['text']) ?? [];
    const rows = await this.source.index(scope, pack.scope, pack.asOf, after, query.limit + 1);
    return toPage(rows, query, (row) => [row.key], (row) => row);
  }

  /** The scope in which the progress of a pack may be watched. @throws PACKS_PACK_NOT_FOUND */
  async watch(caller: Caller, id: string): Promise<TenantScope> {
    const scope = this.access.authorise(caller, 'packs:pack:read');
    await this.require(scope, id);
    return scope;
  }

  /** @throws PACKS_PACK_NOT_FOUND, PACKS_PACK_NOT_READY, PACKS_PACK_FAILED */
  async content(caller: Caller, id: string): Promise<{ stream: Readable; fileName: string; size: number; sha256: string }> {
    const { status, storageKey, fileName, size, sha256 } = await this.require(this.access.authorise(caller, 'packs:pack:read'), id);
    if (storageKey === null || fileName === null || size === null || sha256 === null) {
      if (status === 'failed' || status === 'canceled') throw problem('PACKS_PACK_FAILED', 'The pack was not built. Its problem says why; ask for a new one.');
      throw problem('PACKS_PACK_NOT_READY', 'The pack is still being built. Watch it until it has succeeded.', { headers: { 'retry-after': '2' } });
    }
    return { stream: await this.storage.open(storageKey), fileName, size, sha256 };
  }

  private async require(scope: TenantScope, id: string): Promise<PackStateRow> {
    const row = isId(id) ? await this.packs.find(scope, id) : null;
    if (row === null) throw problem('PACKS_PACK_NOT_FOUND', 'There is no such pack.');
    return row;
  }
}
