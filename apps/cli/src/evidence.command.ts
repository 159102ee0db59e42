import { basename } from 'node:path';
import { bodyOf, type RosterClient, type Schemas } from '@roster/api-client';
import { Complaint, EXIT } from './complaint.js';
import { requireFile } from './local-file.js';
import type { Output } from './output.js';
import { fileForm } from './upload.js';

export interface AddEvidenceOptions {
  readonly kind: Schemas['SubmitEvidenceDto']['kind'];
  readonly title?: string;
  readonly workload: string[];
  readonly criterion: string[];
  readonly effectiveFrom?: string;
  readonly effectiveTo?: string;
  readonly expires?: string;
  readonly notes?: string;
  readonly sha256?: string;
}

/** `roster evidence add`: a file is streamed, an address is recorded; it counts once somebody else has accepted it. */
export async function addEvidence(client: RosterClient, source: string, options: AddEvidenceOptions, output: Output): Promise<number> {
  const isAddress = /^https?:\/\//.test(source);
  if (!isAddress) await requireFile(source);
  if (options.criterion.length > 0 && options.workload.length === 0) throw new Complaint('A criterion needs the workload it is about.', 'Add --workload KEY.', EXIT.usage);
  const fields: Schemas['SubmitEvidenceDto'] = {
    kind: options.kind, title: options.title ?? basename(source), effectiveFrom: options.effectiveFrom, effectiveTo: options.effectiveTo, expiresAt: options.expires, notes: options.notes, sha256: options.sha256,
    links: options.workload.flatMap((workload) => (options.criterion.length === 0 ? [{ workload }] : options.criterion.map((criterion) => ({ workload, criterion })))),
  };
  const bar = output.progress('Uploading');
  try {
    const added = isAddress
      ? await bodyOf(client.POST('/api/v1/evidence', { body: { ...fields, url: source } }))
      : await upload(client, source, fields, (done, total) => bar.update(done, total, 'bytes'));
    bar.stop();
    output.result(added, () => `Submitted as ${added.id} version ${added.version}${added.sha256 ? `, SHA-256 ${added.sha256}` : ''}.\n${
      added.status === 'quarantined' ? 'It waits for the virus scanner, then for a decision.' : 'It counts once somebody other than you has accepted it.'}`);
    return EXIT.ok;
  } finally {
    bar.stop();
  }
}

async function upload(client: RosterClient, file: string, fields: Schemas['SubmitEvidenceDto'], onProgress: (done: number, total: number) => void): Promise<Schemas['SubmittedEvidenceDto']> {
  const { links, ...texts } = fields;
  const form = await fileForm(file, { ...(texts as Record<string, string | undefined>), links: JSON.stringify(links) }, onProgress);
  return bodyOf(client.POST('/api/v1/evidence', { body: fields, bodySerializer: () => form.body, headers: form.headers, duplex: form.duplex }));
}
