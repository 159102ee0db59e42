import { describe, expect, it } from '@jest/globals';
import type { Owner } from '../tabs.queries.js';
import { standingIn } from './owner-slot.js';

const owner = (id: string, status: Owner['status'], more: Partial<Owner> = {}): Owner => ({
  id, status, role: 'on_call', domain: null, position: 'owner', memberId: id, name: id, email: `${id}@example.com`, proposedAt: '2026-01-01T00:00:00Z', proposedBy: { type: 'member', id: 'x', name: 'X' }, effectiveFrom: null,
  effectiveTo: null, respondedAt: null, note: null, reaffirmedAt: null, reaffirmDueAt: null, reaffirmOverdue: false, succeeds: null, ...more,
});
const ids = (owners: Owner[], position: Owner['position'] = 'owner') => standingIn(owners, { kind: 'role', role: 'on_call' }, position).map(({ id }) => id);

describe('who stands in a role', () => {
  it('shows who answers before who is asked, and nobody of the past', () => expect(ids([owner('asked', 'proposed'), owner('answers', 'accepted'), owner('left', 'ended'), owner('no', 'declined')])).toEqual(['answers', 'asked']));
  it('shows the last who left only while nobody answers', () => {
    const gone = [owner('first', 'orphaned'), owner('last', 'orphaned', { proposedAt: '2026-02-01T00:00:00Z' })];
    expect(ids(gone)).toEqual(['last']);
    expect(ids([...gone, owner('asked', 'proposed')])).toEqual(['last', 'asked']);
    expect(ids([...gone, owner('answers', 'accepted')])).toEqual(['answers']);
  });
  it('keeps deputies and domains apart', () => {
    const all = [owner('deputy', 'accepted', { position: 'deputy' }), owner('domain', 'accepted', { role: 'domain_owner', domain: 'psf-1.1/PSF-3' })];
    expect([ids(all), ids(all, 'deputy')]).toEqual([[], ['deputy']]);
    expect(standingIn(all, { kind: 'domain', edition: 'psf-1.1', domain: 'PSF-3' }, 'owner').map(({ id }) => id)).toEqual(['domain']);
  });
});
