import { bodyOf } from '@roster/api-client';
import { api } from '../api/client.js';
import { endOfDay, startOfDay } from '../clock/calendar.js';
import { linksOf, type EvidenceDraft } from './evidence-draft.js';
import type { PeriodDays } from './period-fields.js';

/** What one item or version is made of. */
export type EvidenceSource = { readonly upload: string } | { readonly url: string };

export interface SubmittedEvidence {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  /** As computed by the service; null for an address. */
  readonly sha256: string | null;
}

async function periodOf(period: PeriodDays, timeZone: string): Promise<{ effectiveFrom: string | null; effectiveTo: string | null; expiresAt: string | null }> {
  return { effectiveFrom: await startOfDay(period.effectiveFrom, timeZone), effectiveTo: await endOfDay(period.trueUntil, timeZone), expiresAt: await endOfDay(period.countsUntil, timeZone) };
}

/** Submits one new item with all links of a draft. @param timeZone IANA name of the organization's zone @throws RosterProblem */
export async function submitEvidence(draft: EvidenceDraft, title: string, source: EvidenceSource, timeZone: string): Promise<SubmittedEvidence> {
  const body = { kind: draft.kind, title: title.trim(), ...source, ...(await periodOf(draft, timeZone)), notes: draft.notes.trim() === '' ? null : draft.notes.trim(), links: linksOf(draft) };
  const { id, version, sha256 } = await bodyOf(api.POST('/api/v1/evidence', { body }));
  return { id, version, title: body.title, sha256: sha256 ?? null };
}

/** Submits the next version of an item. @throws RosterProblem */
export async function submitVersion(itemId: string, period: PeriodDays, notes: string, source: EvidenceSource, timeZone: string): Promise<{ version: number }> {
  return bodyOf(api.POST('/api/v1/evidence/{id}/versions', { params: { path: { id: itemId } }, body: { ...source, ...(await periodOf(period, timeZone)), notes: notes.trim() === '' ? null : notes.trim() } }));
}
