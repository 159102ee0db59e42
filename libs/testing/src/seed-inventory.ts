import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { newId } from '@roster/platform-context';
import { FileStorage } from '@roster/platform-storage';
import { Client } from 'pg';
import type { TestDatabase } from './test-database.js';
import type { TestOrganization } from './test-organization.js';

export interface SeedInventoryOptions {
  /** How many workloads; keys are `<prefix>-1` and so on. */
  readonly workloads: number;
  readonly prefix?: string;
  /** Accepted evidence files per workload, each linked to its own requirement. */
  readonly evidencePerWorkload: number;
  /** Bytes of each evidence file. */
  readonly evidenceBytes?: number;
  /** Requirement keys that evidence is linked to in turn. */
  readonly requirements: readonly string[];
  readonly edition: string;
  /** The instant at which all of it was recorded. */
  readonly at: Date;
}

export interface SeededInventory {
  readonly workloads: readonly { readonly id: string; readonly key: string }[];
  readonly evidence: readonly { readonly itemId: string; readonly storageKey: string; readonly sha256: string }[];
}

/**
 * Fills an organization with workloads, owners and accepted evidence files in one transaction, for tests and measurements of what reads them.
 * What comes into being through use cases is tested where these live.
 */
export async function seedInventory(database: TestDatabase, storageUrl: string, org: TestOrganization, options: SeedInventoryOptions): Promise<SeededInventory> {
  const { workloads: count, prefix = 'BOT', evidencePerWorkload, evidenceBytes = 1_024, requirements, edition, at } = options;
  const [submitter, reviewer] = org.members;
  if (submitter === undefined || reviewer === undefined) throw new Error('Two members are needed: one submits, the other accepts');
  const storage = FileStorage.fromUrl(storageUrl);
  const actor = (member: typeof submitter): string => JSON.stringify({ type: 'member', id: member.id, name: member.name });
  const workloads = Array.from({ length: count }, (_, n) => ({ id: newId(at), key: `${prefix}-${n + 1}` }));
  const files: { itemId: string; versionSha: string; storageKey: string; workloadId: string; requirement: string; title: string }[] = [];
  for (const [n, { id, key }] of workloads.entries()) {
    for (let i = 0; i < evidencePerWorkload; i += 1) {
      const head = Buffer.from(`Evidence ${i + 1} of ${key}\n`);
      const bytes = Buffer.concat([head, Buffer.alloc(Math.max(0, evidenceBytes - head.length), `${n}.${i} `)]);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const storageKey = `${org.tenantId}/evidence/${sha256}`;
      const spooled = await storage.spool(Readable.from([bytes]), bytes.length);
      await storage.put(storageKey, spooled, 'text/plain');
      await spooled.discard();
      files.push({ itemId: newId(at), versionSha: sha256, storageKey, workloadId: id, requirement: requirements[(n + i) % requirements.length] ?? '', title: `Evidence ${i + 1} of ${key}` });
    }
  }
  const client = new Client({ connectionString: database.adminUrl });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query(`SELECT set_config('app.tenant_id', $1, true), set_config('app.now', $2, true), set_config('app.actor', $3, true)`, [org.tenantId, at.toISOString(), actor(submitter)]);
    await client.query(
      `INSERT INTO workload (tenant_id, id, key, name, kind, purpose, team, processes_real_data, processes_real_data_answered, handles_pii, executes_tools, risk_tier, registered_at, updated_at)
       SELECT $1, w.id, w.key, 'Workload ' || w.key, 'agent', 'Answers customers', 'Support', 'yes', true, 'unknown', 'no', 'low', $4, $4 FROM unnest($2::uuid[], $3::text[]) w(id, key)`,
      [org.tenantId, workloads.map(({ id }) => id), workloads.map(({ key }) => key), at]);
    await client.query(
      `INSERT INTO owner_assignment (tenant_id, id, workload_id, role, member_id, status, proposed_at, effective_from, responded_at, reaffirm_due_at)
       SELECT $1, gen_random_uuid(), w.id, r.role, $3, 'accepted', $4, $4, $4, $4::timestamptz + interval '180 days' FROM unnest($2::uuid[]) w(id), unnest(ARRAY['risk_owner', 'on_call']) r(role)`,
      [org.tenantId, workloads.map(({ id }) => id), submitter.id, at]);
    await client.query(
      `INSERT INTO evidence_blob (tenant_id, sha256, size, storage_key, scan_status, created_at) SELECT DISTINCT $1::uuid, f.sha, $4::bigint, f.key, 'not_scanned', $5::timestamptz FROM unnest($2::text[], $3::text[]) f(sha, key)`,
      [org.tenantId, files.map(({ versionSha }) => versionSha), files.map(({ storageKey }) => storageKey), evidenceBytes, at]);
    await client.query(
      `INSERT INTO evidence_item (tenant_id, id, kind, title, created_at, updated_at) SELECT $1, f.id, 'document', f.title, $4, $4 FROM unnest($2::uuid[], $3::text[]) f(id, title)`,
      [org.tenantId, files.map(({ itemId }) => itemId), files.map(({ title }) => title), at]);
    await client.query(
      `INSERT INTO evidence_version (tenant_id, item_id, version, sha256, file_name, media_type, submitted_at, submitter_member_id, status, checked_at, decided_at, decided_by, decider_member_id)
       SELECT $1, f.id, 1, f.sha, 'Proof of control.txt', 'text/plain', $4, $5, 'accepted', $4, $4, $7::jsonb, $6 FROM unnest($2::uuid[], $3::text[]) f(id, sha)`,
      [org.tenantId, files.map(({ itemId }) => itemId), files.map(({ versionSha }) => versionSha), at, submitter.id, reviewer.id, actor(reviewer)]);
    await client.query(
      `INSERT INTO evidence_link (tenant_id, id, item_id, workload_id, edition, requirement_key, status, proposed_at, proposer_member_id, decided_at, decided_by, decider_member_id)
       SELECT $1, gen_random_uuid(), f.item, f.workload, $5, f.requirement, 'accepted', $6, $7, $6, $9::jsonb, $8 FROM unnest($2::uuid[], $3::uuid[], $4::text[]) f(item, workload, requirement)`,
      [org.tenantId, files.map(({ itemId }) => itemId), files.map(({ workloadId }) => workloadId), files.map(({ requirement }) => requirement), edition, at, submitter.id, reviewer.id, actor(reviewer)]);
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
  return { workloads, evidence: files.map(({ itemId, storageKey, versionSha }) => ({ itemId, storageKey, sha256: versionSha })) };
}
