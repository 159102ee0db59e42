import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';
import type { CustomFieldShape } from './column-mapping.js';
import { FACT_COLUMNS, IMPORT_COLUMNS } from './import-column.js';
import { RECORD_COLUMNS, SAID } from './import-plan.repository.js';

export interface ApplyContext {
  readonly importId: string;
  /** What the facts name as their source; the line is added. */
  readonly source: string;
  readonly at: Date;
}

export interface NewCustomField extends CustomFieldShape {
  readonly id: string;
  readonly filterable: boolean;
}

export interface RollbackResult {
  readonly withdrawn: number;
  readonly restored: number;
  /** Workloads somebody changed since: left as they are. */
  readonly keptChangedSince: number;
}

const SLICE_ROWS = 1_000;
const COLUMNS = IMPORT_COLUMNS.map(({ column }) => column);
/** NOT NULL columns of lists are empty when nothing was said. */
const inserted = IMPORT_COLUMNS.map(({ column, sqlType }) => (sqlType === 'text[]' ? `coalesce(d.${column}, '{}')` : column === 'lifecycle' ? `coalesce(d.lifecycle, 'active')` : `d.${column}`)).join(', ');
const insertedFacts = FACT_COLUMNS.map(([fact]) => `coalesce(r.data -> 'facts' ->> '${fact}', 'unknown')`).join(', ');
const merged = COLUMNS.map((column) => `${column} = coalesce(d.${column}, w.${column})`).join(', ');
const restored = COLUMNS.map((column) => `${column} = b.${column}`).join(', ');
const factColumns = FACT_COLUMNS.map(([, column]) => column).join(', ');
const factsFromStatements = FACT_COLUMNS.map(([fact, column]) => `${column} = coalesce(e.facts ->> '${fact}', 'unknown')`).join(', ');
/** The value that counts: the strongest statement that knows something (domain.md section 2), as \`{fact: value}\`. */
const EFFECTIVE = `(
  SELECT jsonb_object_agg(fact, value) AS facts FROM (
    SELECT DISTINCT ON (s.fact) s.fact, s.value FROM workload_fact s WHERE s.tenant_id = w.tenant_id AND s.workload_id = w.id
     ORDER BY s.fact, s.value = 'unknown', array_position(ARRAY['verified', 'attested', 'observed', 'declared'], s.provenance)) strongest)`;
const IMPORTED = `FROM workload_import_outcome o JOIN workload_import_row r USING (tenant_id, import_id, line)`;
const OF_IMPORT = `o.tenant_id = $1 AND o.import_id = $2`;

/** Writes a planned import by set operations, and takes it back. */
@Injectable()
export class ImportApplyRepository extends TenantRepository {
  /** A point inside the open transaction to which a dry run returns after it has done everything the write does. */
  async beginRehearsal(scope: TenantScope): Promise<void> {
    await this.execute(scope, 'SAVEPOINT import_rehearsal');
  }

  async endRehearsal(scope: TenantScope): Promise<void> {
    await this.execute(scope, 'ROLLBACK TO SAVEPOINT import_rehearsal');
  }

  async createCustomFields(scope: TenantScope, fields: readonly NewCustomField[], at: Date): Promise<number> {
    if (fields.length === 0) return 0;
    return this.execute(scope, `
      INSERT INTO custom_field (tenant_id, id, key, label, type, filterable, created_at, updated_at)
      SELECT $1, f.id, f.key, f.label, f.type, f.filterable, $3, $3 FROM jsonb_to_recordset($2::jsonb) AS f(id uuid, key text, label text, type text, filterable boolean)
      ON CONFLICT (tenant_id, key) DO NOTHING`, [scope.tenantId, JSON.stringify(fields), at]);
  }

  /** Writes everything the plan says. The order matters: workloads before what refers to them, facts before the values that rest on them. */
  async apply(scope: TenantScope, { importId, source, at }: ApplyContext, onProgress: (rows: number) => void): Promise<void> {
    const ids = [scope.tenantId, importId];
    await this.execute(scope, `
      SELECT 1 FROM workload w JOIN workload_import_outcome o ON o.tenant_id = w.tenant_id AND o.workload_id = w.id
       WHERE ${OF_IMPORT} AND o.reason IN ('says_something_else', 'reinstated') ORDER BY w.id FOR UPDATE OF w`, ids);
    await this.execute(scope, `
      UPDATE workload_import_outcome o SET before = jsonb_build_object(
               ${COLUMNS.map((column) => `'${column}', w.${column}`).join(', ')}, 'custom', w.custom, 'answered', w.processes_real_data_answered,
               'facts', coalesce((SELECT jsonb_agg(jsonb_build_object('fact', s.fact, 'value', s.value, 'source', s.source, 'statedAt', s.stated_at, 'statedBy', s.stated_by)) FROM workload_fact s
                                   WHERE s.tenant_id = w.tenant_id AND s.workload_id = w.id AND s.provenance = 'declared'), '[]'))
        FROM workload w WHERE ${OF_IMPORT} AND o.reason = 'says_something_else' AND w.tenant_id = o.tenant_id AND w.id = o.workload_id`, ids);
    await this.insertWorkloads(scope, importId, at, onProgress);
    await this.execute(scope, `
      INSERT INTO workload_fact AS s (tenant_id, workload_id, fact, provenance, value, source, stated_at, stated_by)
      SELECT $1, o.workload_id, f.key, 'declared', f.value, $3 || ', line ' || o.line, $4, $5 ${IMPORTED} CROSS JOIN LATERAL jsonb_each_text(r.data -> 'facts') f
       WHERE ${OF_IMPORT} AND o.outcome IN ('created', 'updated') AND r.data -> 'facts' <> '{}' ORDER BY o.workload_id
      ON CONFLICT (tenant_id, workload_id, fact, provenance) DO UPDATE SET value = excluded.value, source = excluded.source, stated_at = excluded.stated_at, stated_by = excluded.stated_by
        WHERE s.value IS DISTINCT FROM excluded.value`, [...ids, source, at, scope.actor.name.slice(0, 300)]);
    await this.execute(scope, `
      UPDATE workload w SET ${merged}, custom = w.custom || (r.data -> 'custom'), processes_real_data_answered = w.processes_real_data_answered OR r.data ? 'realDataAnswered', ${factsFromStatements},
             withdrawn_at = NULL, stage = CASE WHEN o.reason = 'reinstated' THEN NULL ELSE w.stage END, import_id = CASE WHEN o.reason = 'reinstated' THEN $2 ELSE w.import_id END, version = w.version + 1, updated_at = $3
        ${IMPORTED} CROSS JOIN LATERAL ${SAID}, workload t CROSS JOIN LATERAL ${EFFECTIVE.replaceAll('w.', 't.')} e
       WHERE ${OF_IMPORT} AND o.reason IN ('says_something_else', 'reinstated') AND w.tenant_id = $1 AND w.id = o.workload_id AND t.tenant_id = $1 AND t.id = o.workload_id`, [...ids, at]);
    await this.execute(scope, `
      UPDATE workload_import_outcome o SET version_after = w.version FROM workload w
       WHERE ${OF_IMPORT} AND o.reason IN ('says_something_else', 'reinstated') AND w.tenant_id = o.tenant_id AND w.id = o.workload_id`, ids);
    await this.proposeOwners(scope, importId, at);
    await this.execute(scope, `
      INSERT INTO workload_import_link AS l (tenant_id, identity, workload_id, digest)
      SELECT $1, r.identity, o.workload_id, r.digest ${IMPORTED} WHERE ${OF_IMPORT} AND o.outcome IN ('created', 'updated', 'unchanged')
      ON CONFLICT (tenant_id, identity, workload_id) DO UPDATE SET digest = excluded.digest WHERE l.digest IS DISTINCT FROM excluded.digest`, ids);
  }

  /** Hash over (workload, outcome, what the row said) of every row in order: the trail entry of the import stands for each workload. */
  async changesDigest(scope: TenantScope, importId: string): Promise<string> {
    const row = await this.row<{ digest: string }>(scope, `
      SELECT encode(sha256(coalesce(string_agg(convert_to(o.line || ' ' || o.outcome || ' ' || coalesce(o.workload_id::text, '-') || ' ' || encode(r.digest, 'hex') || E'\\n', 'UTF8'), ''::bytea ORDER BY o.line), ''::bytea)), 'hex') AS digest
        ${IMPORTED} WHERE ${OF_IMPORT}`, [scope.tenantId, importId]);
    return `sha256:${row?.digest ?? ''}`;
  }

  /** Takes an import back: what it created is withdrawn, what it changed is restored, both only where nobody changed it since. @param keep workloads that stay: those somebody changed since, or exactly the named ones */
  async rollBack(scope: TenantScope, importId: string, at: Date, keep: 'changed' | readonly string[]): Promise<RollbackResult> {
    const ids = [scope.tenantId, importId];
    await this.execute(scope, `
      SELECT 1 FROM workload w JOIN workload_import_outcome o ON o.tenant_id = w.tenant_id AND o.workload_id = w.id
       WHERE ${OF_IMPORT} AND o.outcome IN ('created', 'updated') ORDER BY w.id FOR UPDATE OF w`, ids);
    await this.execute(scope, `
      UPDATE workload_import_outcome o SET rollback = CASE WHEN ($3::uuid[] IS NULL AND w.version <> o.version_after) OR w.id = ANY ($3::uuid[]) OR w.withdrawn_at IS NOT NULL OR w.merged_into_id IS NOT NULL OR w.lifecycle = 'retired' THEN 'kept_changed_since'
                                                           WHEN o.outcome = 'created' THEN 'withdrawn' ELSE 'restored' END
        FROM workload w WHERE ${OF_IMPORT} AND o.outcome IN ('created', 'updated') AND w.tenant_id = o.tenant_id AND w.id = o.workload_id`, [...ids, keep === 'changed' ? null : [...keep]]);
    await this.execute(scope, `
      UPDATE owner_assignment a SET status = 'ended', version = a.version + 1
        ${IMPORTED} CROSS JOIN LATERAL jsonb_to_recordset(r.owners) AS p(id uuid)
       WHERE ${OF_IMPORT} AND o.rollback IN ('withdrawn', 'restored') AND a.tenant_id = $1 AND a.id = p.id AND a.status = 'proposed'`, ids);
    await this.execute(scope, `
      UPDATE workload w SET withdrawn_at = $3, version = w.version + 1, updated_at = $3 FROM workload_import_outcome o
       WHERE ${OF_IMPORT} AND o.rollback = 'withdrawn' AND w.tenant_id = o.tenant_id AND w.id = o.workload_id`, [...ids, at]);
    // Nobody answers for what is gone, and there is nothing to evaluate.
    await this.execute(scope, `
      UPDATE owner_assignment a SET status = 'ended', effective_to = CASE WHEN a.effective_from IS NULL THEN NULL ELSE greatest(a.effective_from, $3) END, version = a.version + 1 FROM workload_import_outcome o
       WHERE ${OF_IMPORT} AND o.rollback = 'withdrawn' AND a.tenant_id = o.tenant_id AND a.workload_id = o.workload_id AND a.status IN ('proposed', 'accepted', 'orphaned')`, [...ids, at]);
    await this.execute(scope, `DELETE FROM reevaluation_mark m USING workload_import_outcome o WHERE ${OF_IMPORT} AND o.rollback = 'withdrawn' AND m.tenant_id = o.tenant_id AND m.workload_id = o.workload_id`, ids);
    await this.execute(scope, `
      DELETE FROM workload_fact s USING workload_import_outcome o
       WHERE ${OF_IMPORT} AND o.rollback = 'restored' AND s.tenant_id = o.tenant_id AND s.workload_id = o.workload_id AND s.provenance = 'declared'
         AND NOT EXISTS (SELECT 1 FROM jsonb_to_recordset(o.before -> 'facts') AS b(fact text) WHERE b.fact = s.fact)`, ids);
    await this.execute(scope, `
      UPDATE workload_fact s SET value = b.value, source = b.source, stated_at = b."statedAt", stated_by = b."statedBy"
        FROM workload_import_outcome o CROSS JOIN LATERAL jsonb_to_recordset(o.before -> 'facts') AS b(fact text, value text, source text, "statedAt" timestamptz, "statedBy" text)
       WHERE ${OF_IMPORT} AND o.rollback = 'restored' AND s.tenant_id = $1 AND s.workload_id = o.workload_id AND s.fact = b.fact AND s.provenance = 'declared'
         AND (s.value, s.source, s.stated_at) IS DISTINCT FROM (b.value, b.source, b."statedAt")`, ids);
    await this.execute(scope, `
      UPDATE workload w SET ${restored}, custom = o.before -> 'custom', processes_real_data_answered = (o.before ->> 'answered')::boolean, ${factsFromStatements}, version = w.version + 1, updated_at = $3
        FROM workload_import_outcome o CROSS JOIN LATERAL jsonb_to_record(o.before) AS b(${RECORD_COLUMNS}), workload t CROSS JOIN LATERAL ${EFFECTIVE.replaceAll('w.', 't.')} e
       WHERE ${OF_IMPORT} AND o.rollback = 'restored' AND w.tenant_id = $1 AND w.id = o.workload_id AND t.tenant_id = $1 AND t.id = o.workload_id`, [...ids, at]);
    const row = await this.row<{ withdrawn: number; restored: number; keptChangedSince: number }>(scope, `
      SELECT (count(*) FILTER (WHERE rollback = 'withdrawn'))::int AS withdrawn, (count(*) FILTER (WHERE rollback = 'restored'))::int AS restored,
             (count(*) FILTER (WHERE rollback = 'kept_changed_since'))::int AS "keptChangedSince"
        FROM workload_import_outcome o WHERE ${OF_IMPORT}`, ids);
    return row ?? { withdrawn: 0, restored: 0, keptChangedSince: 0 };
  }

  /** In slices, so that what the triggers of one statement hold stays bounded. */
  private async insertWorkloads(scope: TenantScope, importId: string, at: Date, onProgress: (rows: number) => void): Promise<void> {
    const slices = await this.rows<{ upTo: number; rows: number }>(scope, `
      SELECT max(line) AS "upTo", count(*)::int AS rows FROM (SELECT o.line, (row_number() OVER (ORDER BY o.line) - 1) / ${SLICE_ROWS} AS slice FROM workload_import_outcome o WHERE ${OF_IMPORT} AND o.reason = 'new') s
       GROUP BY slice ORDER BY 1`, [scope.tenantId, importId]);
    let after = 0;
    let written = 0;
    for (const { upTo, rows } of slices) {
      await this.execute(scope, `
        INSERT INTO workload (tenant_id, id, key, ${COLUMNS.join(', ')}, ${factColumns}, processes_real_data_answered, custom, import_id, registered_at, updated_at)
        SELECT $1, o.workload_id, o.workload_key, ${inserted}, ${insertedFacts}, r.data ? 'realDataAnswered', r.data -> 'custom', $2, $3, $3
          ${IMPORTED} CROSS JOIN LATERAL ${SAID} WHERE ${OF_IMPORT} AND o.reason = 'new' AND o.line > $4 AND o.line <= $5 ORDER BY o.line`, [scope.tenantId, importId, at, after, upTo]);
      after = upTo;
      written += rows;
      onProgress(written);
    }
  }

  /** Named owners become proposals; whoever answers already stays until the proposed one accepts. */
  private async proposeOwners(scope: TenantScope, importId: string, at: Date): Promise<void> {
    const wanted = `
      ${IMPORTED} CROSS JOIN LATERAL jsonb_to_recordset(r.owners) AS p(id uuid, role text, email text)
      LEFT JOIN member m ON m.tenant_id = $1 AND lower(m.email) = p.email AND m.status = 'active'
     WHERE ${OF_IMPORT} AND o.outcome IN ('created', 'updated') AND r.owners <> '[]'
       AND NOT EXISTS (SELECT 1 FROM owner_assignment a LEFT JOIN member am ON am.tenant_id = $1 AND am.id = a.member_id
                        WHERE a.tenant_id = $1 AND a.workload_id = o.workload_id AND a.role = p.role AND a.position = 'owner' AND a.status <> 'ended' AND lower(coalesce(am.email, a.invited_email)) = p.email)`;
    await this.execute(scope, `
      UPDATE owner_assignment a SET status = 'ended', version = a.version + 1 FROM (SELECT o.workload_id, p.role ${wanted}) x
       WHERE a.tenant_id = $1 AND a.workload_id = x.workload_id AND a.role = x.role AND a.position = 'owner' AND a.status = 'proposed'`, [scope.tenantId, importId]);
    await this.execute(scope, `
      INSERT INTO owner_assignment (tenant_id, id, workload_id, role, member_id, invited_email, status, proposed_at)
      SELECT $1, p.id, o.workload_id, p.role, m.id, CASE WHEN m.id IS NULL THEN p.email END, 'proposed', $3 ${wanted}`, [scope.tenantId, importId, at]);
  }
}
