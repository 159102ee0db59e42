import { createHash, randomBytes } from 'node:crypto';
import { beforeAll } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { form } from '../e2e/person.js';
import { colleagues } from './colleagues.js';
import type { WebPerson } from './web-person.js';

export interface Item { readonly id: string; readonly title: string; readonly status: string; readonly linkCount: number; readonly version: number; readonly latest: { readonly sha256: string | null; readonly previewHref: string | null } }
export interface EvidenceFile { readonly name: string; readonly type: string; readonly content: string | Buffer }

export const MIB = 1024 * 1024;
export const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
/** A text of so many bytes that is like no other. */
export const textFile = (bytes: number): Buffer => Buffer.from(randomBytes(bytes / 2).toString('hex'));
/** Gives files to the page's field for them. */
export const choose = (page: Page, files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> => page.locator('input[type=file]').setInputFiles(files);

/** Submits a document through the API. @returns its id */
export async function submit(by: WebPerson, title: string, fields: Record<string, unknown> = {}, file?: EvidenceFile): Promise<string> {
  const { name, type, content } = file ?? { name: 'report.txt', type: 'text/plain', content: `${title} ${randomBytes(4).toString('hex')}` };
  return (await by.api.must<{ id: string }>(201, 'POST', '/evidence', form(name, type, content, { kind: 'document', title, ...fields }))).id;
}

/** Two admins and the workloads CLAIMS-TRIAGE and RETURN-CODES; there while the tests of a suite run. */
export interface EvidencePeople {
  readonly browser: Browser;
  /** Signed up: an admin. */
  readonly ada: WebPerson;
  /** An admin too: evidence is decided by somebody else than its submitter. */
  readonly grace: WebPerson;
  /** The edition of the organization, `psf-1.1`. */
  readonly edition: string;
  /** An item as the API tells it now. */
  readonly read: (id: string) => Promise<Item>;
  /** The first item that a search finds. */
  readonly found: (title: string) => Promise<Item | undefined>;
}

/** Prepares an organization without evidence for the suite it is called in. */
export function usingEvidence(): EvidencePeople {
  const here = colleagues('admin');
  let edition = '';
  beforeAll(async () => {
    ({ edition } = await here.ada.api.get<{ edition: string }>('/organization'));
    for (const key of ['CLAIMS-TRIAGE', 'RETURN-CODES']) await here.ada.api.must(201, 'POST', '/workloads', { key, name: `Workload ${key.toLowerCase()}`, kind: 'agent', purpose: 'Answers customers', team: 'Support', processesRealData: 'yes', riskOwner: here.ada.email });
  }, 60_000);
  return {
    get browser() { return here.browser; }, get ada() { return here.ada; }, get grace() { return here.grace; }, get edition() { return edition; },
    read: (id) => here.ada.api.get<Item>(`/evidence/${id}`),
    found: async (title) => (await here.ada.api.get<{ items: Item[] }>(`/evidence?q=${encodeURIComponent(title)}`)).items[0],
  };
}
