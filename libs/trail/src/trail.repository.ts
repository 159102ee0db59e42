import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';
import type { TrailEntryRecord } from './trail-entry.js';

/** Writes of `trail_entry` and `trail_pending`. */
@Injectable()
export class TrailRepository extends TenantRepository {
  /** Stores entries and queues them for the tree, in the order given, in one statement. */
  async insertMany(scope: TenantScope, entries: readonly TrailEntryRecord[]): Promise<void> {
    await this.execute(scope,
      `WITH input AS (
         SELECT * FROM unnest($2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::uuid[], $10::text[], $11::text[])
           WITH ORDINALITY AS i(id, at, action, actor_type, actor_id, object_type, object_id, workload_id, entry, disclosure, position)
       ), stored AS (
         INSERT INTO trail_entry (tenant_id, id, at, action, actor_type, actor_id, object_type, object_id, workload_id, entry, disclosure)
         SELECT $1, id, at, action, actor_type, actor_id, object_type, object_id, workload_id, entry, disclosure FROM input
       )
       INSERT INTO trail_pending (tenant_id, entry_id) SELECT $1, id FROM input ORDER BY position`,
      [
        scope.tenantId, entries.map(({ id }) => id), entries.map(({ at }) => at), entries.map(({ action }) => action), entries.map(({ actorType }) => actorType),
        entries.map(({ actorId }) => actorId), entries.map(({ objectType }) => objectType), entries.map(({ objectId }) => objectId), entries.map(({ workloadId }) => workloadId),
        entries.map(({ entry }) => entry), entries.map(({ disclosure }) => disclosure),
      ]);
  }
}
