import { createHash } from 'node:crypto';
import type { Actor } from '@roster/platform-context';
import { leafHash } from '@roster/pack-verify';
import { asBuffer } from './as-buffer.js';
import { canonicalJson, type JsonValue } from './canonical-json.js';
import { redact } from './redaction.js';

/** One thing that happened, as the caller tells it. */
export interface TrailEvent {
  /** `area.noun.verbed`, such as `inventory.workload.changed`. */
  readonly action: string;
  /** What it happened to; `version` is the one after the change. */
  readonly object: { readonly type: string; readonly id: string; readonly version?: number };
  /** The workload it belongs to, so that its history and packs find it. */
  readonly workloadId?: string | null;
  /** Why, in the words of the person who did it. */
  readonly reason?: string | null;
  /** What changed. Secrets are removed before anything is stored. */
  readonly payload: Readonly<Record<string, unknown>>;
}

/** What the caller does not say but the entry needs. */
export interface TrailCircumstances {
  readonly id: string;
  readonly tenantId: string;
  readonly at: Date;
  readonly actor: Actor;
  readonly requestId: string | null;
  /** 16 random bytes: nobody can guess a short payload from its digest. */
  readonly salt: Uint8Array;
}

/** An entry ready to be stored: the exact texts that are hashed, and the columns that are searched. */
export interface TrailEntryRecord {
  readonly id: string;
  readonly at: Date;
  readonly action: string;
  readonly actorType: Actor['type'];
  readonly actorId: string;
  readonly objectType: string;
  readonly objectId: string;
  readonly workloadId: string | null;
  /** Canonical JSON (RFC 8785). Its bytes are the leaf of the tree. */
  readonly entry: string;
  /** Canonical JSON of payload, name of the actor and salt. The entry holds its SHA-256, so it can be disclosed or withheld. */
  readonly disclosure: string;
}

const ACTION = /^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/;
/** The limit of tlog-tiles: larger entries would not fit the public log formats. */
export const MAX_ENTRY_BYTES = 65_535;

/**
 * Builds an entry: redacts, canonicalises, digests. Pure.
 * @throws TypeError when the action is not `area.noun.verbed`, the payload is not JSON, or the entry is larger than 65,535 bytes
 */
export const buildTrailEntry = (event: TrailEvent, { id, tenantId, at, actor, requestId, salt }: TrailCircumstances): TrailEntryRecord => {
  if (!ACTION.test(event.action)) throw new TypeError(`The action ${JSON.stringify(event.action)} is not of the form area.noun.verbed`);
  const disclosure = canonicalJson({
    actorName: redact(actor.name),
    payload: redact(event.payload),
    salt: Buffer.from(salt).toString('base64'),
  });
  const reason = event.reason ?? null;
  const fields: JsonValue = {
    v: 1,
    id,
    at: at.toISOString(),
    tenant: tenantId,
    actor: { type: actor.type, id: actor.id, ...(actor.type === 'api_key' ? { onBehalfOf: actor.onBehalfOf } : {}) },
    action: event.action,
    object: { type: event.object.type, id: event.object.id, ...(event.object.version === undefined ? {} : { version: event.object.version }) },
    workload: event.workloadId ?? null,
    reason: reason === null ? null : redact(reason),
    payloadDigest: `sha256:${createHash('sha256').update(disclosure, 'utf8').digest('hex')}`,
    requestId,
  };
  const entry = canonicalJson(fields);
  const bytes = Buffer.byteLength(entry, 'utf8');
  if (bytes > MAX_ENTRY_BYTES) throw new TypeError(`The trail entry has ${bytes} bytes, at most ${MAX_ENTRY_BYTES} are allowed; a long text belongs in the payload`);
  return {
    id, at, action: event.action, actorType: actor.type, actorId: actor.id,
    objectType: event.object.type, objectId: event.object.id, workloadId: event.workloadId ?? null, entry, disclosure,
  };
};

/** Hash of an entry as it stands in the tree. */
export const trailLeafHash = (entry: string): Buffer => asBuffer(leafHash(Buffer.from(entry, 'utf8')));
