import { Injectable } from '@nestjs/common';
import { formatTlogProof } from '@roster/pack-verify';
import { Authorisation, type Caller, isId, type TenantScope } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { cursorOf, type ListQuery, type ListSpec, type Page, readInstant, toPage } from '@roster/platform-http';
import type { TrailCheckpointDto, TrailConsistencyDto, TrailEntryDto, TrailProofDto } from './trail.dto.js';
import { trailLeafHash } from './trail-entry.js';
import { TrailLogKey } from './trail-log-key.js';
import { toTrailEntryDto } from './trail.mapper.js';
import { TrailProofs } from './trail-proofs.js';
import { type TrailFilter, TrailQueryRepository } from './trail-query.repository.js';
import { type CheckpointRow, TrailTreeRepository } from './trail-tree.repository.js';
import { TrailWorkloads } from './trail-workloads.js';

/** Parameters of GET /trail. */
export const TRAIL_LIST: ListSpec = { filters: ['workload', 'actor', 'action', 'object', 'objectType', 'since', 'until'], sorts: ['-at'] };

/** Reads the trail and takes proofs from it. */
@Injectable()
export class TrailService {
  constructor(
    private readonly access: Authorisation, private readonly workloads: TrailWorkloads, private readonly entries: TrailQueryRepository,
    private readonly tree: TrailTreeRepository, private readonly proofs: TrailProofs, private readonly key: TrailLogKey,
  ) {}

  async list(caller: Caller, query: ListQuery): Promise<Page<TrailEntryDto>> {
    const scope = this.access.authorise(caller, 'trail:entry:read');
    const filter = await this.filterOf(scope, query);
    const [after = null] = cursorOf(query, ['id']) ?? [];
    const rows = await this.entries.page(scope, filter, { after, limit: query.limit + 1, ascending: !query.sort.descending });
    const total = query.count ? await this.entries.count(scope, filter) : undefined;
    return toPage(rows, query, (row) => [row.id], toTrailEntryDto, total);
  }

  async checkpoint(caller: Caller): Promise<TrailCheckpointDto> {
    const scope = this.access.authorise(caller, 'trail:entry:read');
    return this.view(scope, await this.head(scope));
  }

  async proof(caller: Caller, entryId: string): Promise<TrailProofDto> {
    const scope = this.access.authorise(caller, 'trail:entry:read');
    const row = isId(entryId) ? await this.entries.find(scope, entryId) : null;
    if (row === null) throw problem('TRAIL_ENTRY_NOT_FOUND', 'There is no such trail entry.');
    if (row.leafIndex === null) {
      throw problem('TRAIL_ENTRY_PENDING', 'The entry is recorded but not in the tree yet. That takes a few seconds: try again.', { headers: { 'retry-after': '5' } });
    }
    const head = await this.head(scope);
    const hashes = (await this.proofs.inclusion(scope, [row.leafIndex], head.size)).get(row.leafIndex) ?? [];
    return {
      entry: row.entry, disclosure: row.disclosure, leafIndex: row.leafIndex, leafHash: trailLeafHash(row.entry).toString('base64'),
      hashes: hashes.map((hash) => hash.toString('base64')), checkpoint: this.view(scope, head),
      tlogProof: formatTlogProof({ index: row.leafIndex, hashes, checkpoint: head.note }),
    };
  }

  /** @param to the newest size when it is left out */
  async consistency(caller: Caller, from: string | undefined, to: string | undefined): Promise<TrailConsistencyDto> {
    const scope = this.access.authorise(caller, 'trail:entry:read');
    const head = await this.head(scope);
    const newer = to === undefined ? head.size : sizeParameter('to', to, head.size);
    const older = sizeParameter('from', from, newer);
    const { hashes, fromRoot, toRoot } = await this.proofs.consistency(scope, older, newer);
    return { from: older, to: newer, fromRoot: fromRoot.toString('base64'), toRoot: toRoot.toString('base64'), hashes: hashes.map((hash) => hash.toString('base64')) };
  }

  private async head(scope: TenantScope): Promise<CheckpointRow> {
    const head = await this.tree.head(scope);
    if (head === null) throw problem('TRAIL_CHECKPOINT_NOT_FOUND', 'The trail has no checkpoint yet. The first one is signed a few seconds after the first change.', { headers: { 'retry-after': '5' } });
    return head;
  }

  private view(scope: TenantScope, { size, root, note, signedAt }: CheckpointRow): TrailCheckpointDto {
    return { origin: this.key.origin(scope), size, rootHash: root.toString('base64'), signedAt, note, verifierKey: this.key.verifierKey(scope) };
  }

  private async filterOf(scope: TenantScope, { filters }: ListQuery): Promise<TrailFilter> {
    const workloads = filters.get('workload');
    const workloadIds: string[] = [];
    for (const keyOrId of workloads ?? []) workloadIds.push((await this.workloads.require(scope, keyOrId)).id);
    const actions = filters.get('action');
    return {
      ...(workloads === undefined ? {} : { workloadIds }),
      ...(actions === undefined ? {} : {
        actions: actions.filter((action) => !action.endsWith('.*')), actionPrefixes: actions.filter((action) => action.endsWith('.*')).map((action) => action.slice(0, -1)),
      }),
      ...optional('actorIds', filters.get('actor')), ...optional('objectIds', filters.get('object')), ...optional('objectTypes', filters.get('objectType')),
      ...optional('since', instant('since', filters.get('since'))), ...optional('until', instant('until', filters.get('until'))),
    };
  }
}

const optional = <Name extends string, Value>(name: Name, value: Value | undefined): { [name in Name]?: Value } => (value === undefined ? {} : { [name]: value } as { [name in Name]: Value });

const instant = (name: string, values: readonly string[] | undefined): Date | undefined => {
  if (values === undefined) return undefined;
  const [text = ''] = values;
  const at = readInstant(text);
  if (values.length !== 1 || !at) {
    throw problem('PLATFORM_REQUEST_INVALID', 'Some query parameters are not valid.', { errors: [{ path: `filter[${name}]`, code: 'not_instant', message: 'expected one instant like 2026-05-01T12:00:00Z' }] });
  }
  return at;
};

const sizeParameter = (name: string, text: string | undefined, max: number): number => {
  const size = /^(?:0|[1-9][0-9]{0,15})$/.test(text ?? '') ? Number(text) : NaN;
  if (!(size <= max)) {
    throw problem('PLATFORM_REQUEST_INVALID', `${name} is not valid.`, { errors: [{ path: name, code: 'not_a_size', message: `expected a number of entries from 0 to ${max}` }] });
  }
  return size;
};
