import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { buildTrailEntry, MAX_ENTRY_BYTES, type TrailCircumstances } from './trail-entry.js';

const circumstances: TrailCircumstances = {
  id: '019a0000-0000-7000-8000-000000000001', tenantId: '019a0000-0000-7000-8000-00000000000a', at: new Date(Date.UTC(2026, 4, 1, 12)),
  actor: { type: 'api_key', id: 'k1', name: 'CI key', onBehalfOf: 'm1' }, requestId: 'r1', salt: Buffer.alloc(16, 7),
};
const event = {
  action: 'inventory.workload.changed', object: { type: 'workload', id: 'w1', version: 3 }, workloadId: 'w1', reason: 'rotated password=hunter22',
  payload: { name: { from: 'a', to: 'b' }, apiKey: 'roster_x' },
};

describe('buildTrailEntry', () => {
  it('writes one canonical line with the digest of what it discloses', () => {
    const { entry, disclosure } = buildTrailEntry(event, circumstances);
    expect(disclosure).toBe('{"actorName":"CI key","payload":{"apiKey":"[redacted]","name":{"from":"a","to":"b"}},"salt":"BwcHBwcHBwcHBwcHBwcHBw=="}');
    const digest = createHash('sha256').update(disclosure).digest('hex');
    expect(entry).toBe('{"action":"inventory.workload.changed","actor":{"id":"k1","onBehalfOf":"m1","type":"api_key"},"at":"2026-05-01T12:00:00.000Z",'
      + '"id":"019a0000-0000-7000-8000-000000000001","object":{"id":"w1","type":"workload","version":3},'
      + `"payloadDigest":"sha256:${digest}","reason":"rotated password=[redacted]","requestId":"r1","tenant":"019a0000-0000-7000-8000-00000000000a","v":1,"workload":"w1"}`);
  });

  it('gives the same payload another digest under another salt', () => {
    const other = buildTrailEntry(event, { ...circumstances, salt: Buffer.alloc(16, 8) });
    expect(other.entry).not.toBe(buildTrailEntry(event, circumstances).entry);
  });

  it.each(['workload.changed', 'Inventory.workload.changed', 'inventory.workload.changed.twice', ''])('refuses the action %p', (action) => {
    expect(() => buildTrailEntry({ ...event, action }, circumstances)).toThrow('area.noun.verbed');
  });

  it('takes a payload of any size but not an entry beyond the format', () => {
    expect(() => buildTrailEntry({ ...event, payload: { text: 'x'.repeat(MAX_ENTRY_BYTES * 2) } }, circumstances)).not.toThrow();
    expect(() => buildTrailEntry({ ...event, reason: 'x'.repeat(MAX_ENTRY_BYTES) }, circumstances)).toThrow(String(MAX_ENTRY_BYTES));
  });
});
