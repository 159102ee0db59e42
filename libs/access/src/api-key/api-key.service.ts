import { Injectable } from '@nestjs/common';
import { Clock, isId, newId, type Caller } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { readListQuery, toPage, type ListSpec, type Page } from '@roster/platform-http';
import { Trail } from '@roster/trail';
import { Access } from '../access.js';
import { timeCursor } from '../list/time-cursor.js';
import { excessiveKeyPermissions } from '../role/role.js';
import { issueToken } from '../token/credential-token.js';
import type { ApiKeyDto, CreateApiKeyDto, CreatedApiKeyDto } from './api-key.dto.js';
import { toApiKeyDto } from './api-key.mapper.js';
import { ApiKeyRepository } from './api-key.repository.js';

export const API_KEY_LIST: ListSpec = { filters: [], sorts: ['-createdAt'] };
/** Keys end: three months unless asked otherwise, a year at most. */
export const API_KEY_DAYS = { preset: 90, longest: 366 } as const;
const DAY = 86_400_000;

/** Keys for pipelines. Who may manage members sees and revokes every key, everybody else their own. */
@Injectable()
export class ApiKeyService {
  constructor(
    private readonly access: Access, private readonly keys: ApiKeyRepository, private readonly trail: Trail,
    private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  /**
   * @returns the key in clear, this once
   * @throws ACCESS_KEY_SCOPE_TOO_WIDE naming the permissions that are too much, PLATFORM_REQUEST_INVALID for an expiry out of range
   */
  create(caller: Caller, wanted: CreateApiKeyDto): Promise<CreatedApiKeyDto> {
    const scope = this.access.authorise(caller, 'access:api-key:manage');
    const now = this.clock.now();
    const permissions = [...new Set(wanted.permissions)];
    if (permissions.length === 0) throw invalid('permissions', 'too_few', 'expected at least one permission');
    const excessive = excessiveKeyPermissions(permissions, caller.permissions);
    if (excessive.length > 0) {
      throw problem('ACCESS_KEY_SCOPE_TOO_WIDE', `Leave out ${excessive.join(', ')}.`, {
        errors: excessive.map((permission) => ({ path: `permissions[${wanted.permissions.indexOf(permission)}]`, code: 'exceeds_own_permissions', message: `you do not have ${permission}, or no key may have it` })),
      });
    }
    const expiresAt = wanted.expiresAt === undefined ? new Date(now.getTime() + API_KEY_DAYS.preset * DAY) : new Date(wanted.expiresAt);
    if (expiresAt <= now || expiresAt.getTime() > now.getTime() + API_KEY_DAYS.longest * DAY) throw invalid('expiresAt', 'out_of_range', `expected an instant in the future, at most ${API_KEY_DAYS.longest} days ahead`);
    const id = newId(now);
    const { token, hash } = issueToken('api_key', scope.tenantId, id);
    return this.unitOfWork.run(scope, async () => {
      const row = await this.keys.insert(scope, { id, name: wanted.name, permissions, secretHash: hash, createdBy: caller.memberId, at: now, expiresAt });
      if (!row) throw new Error('The key was not stored');
      await this.trail.record(scope, { action: 'access.api-key.created', object: { type: 'api_key', id }, payload: { name: wanted.name, permissions, expiresAt: expiresAt.toISOString() } });
      return { ...toApiKeyDto(row), key: token };
    });
  }

  async list(caller: Caller, raw: Record<string, string | string[]>): Promise<Page<ApiKeyDto>> {
    const scope = this.access.authorise(caller, 'access:api-key:manage');
    const query = readListQuery(raw, API_KEY_LIST);
    const createdBy = this.ownOnly(caller);
    const rows = await this.keys.page(scope, { createdBy, descending: query.sort.descending, after: timeCursor(query), limit: query.limit });
    return toPage(rows, query, (row) => [row.createdAt.toISOString(), row.id], toApiKeyDto, query.count ? await this.keys.count(scope, createdBy) : undefined);
  }

  /** Counts from the next request with the key on. @throws ACCESS_KEY_NOT_FOUND, also for a key that is revoked already */
  revoke(caller: Caller, id: string): Promise<void> {
    const scope = this.access.authorise(caller, 'access:api-key:manage');
    return this.unitOfWork.run(scope, async () => {
      const key = isId(id) ? await this.keys.find(scope, id) : null;
      const owner = this.ownOnly(caller);
      if (!key || (owner !== null && key.createdBy !== owner) || (await this.keys.revoke(scope, id, this.clock.now())) !== 1) {
        throw problem('ACCESS_KEY_NOT_FOUND', `There is no working key ${id}.`);
      }
      await this.trail.record(scope, { action: 'access.api-key.revoked', object: { type: 'api_key', id }, payload: { name: key.name } });
    });
  }

  private ownOnly(caller: Caller): string | null {
    return caller.permissions.has('access:member:manage') ? null : caller.memberId;
  }
}

const invalid = (path: string, code: string, message: string): Error =>
  problem('PLATFORM_REQUEST_INVALID', 'Some fields are not valid. Nothing was changed.', { errors: [{ path, code, message }] });
