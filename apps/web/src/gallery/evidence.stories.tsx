import { EVIDENCE_STATUSES, EvidenceStatusMark, FileDrop, TransferList, VersionTimeline, type TimelineVersion, type TransferStatus, type TransferView } from '@roster/ui';

const nothing = (): void => undefined;
const HASH = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
const transfer = (status: TransferStatus, sent: number): TransferView => ({
  id: status, name: `penetration-test-${status}.pdf`, size: 8_400_000, sent, status, sha256: status === 'done' ? HASH : null,
  problem: status === 'failed' ? { kind: 'problem', title: 'The file is refused', detail: 'The file is named like a PDF, but its content is not recognised. Give it the extension of its content, or export it again.' } : null,
});
const VERSIONS: readonly TimelineVersion[] = [
  { version: 3, status: 'submitted', source: 'certificate-2026.pdf', size: 214_000, sha256: HASH, submittedAt: '2026-05-02T09:00:00Z', submittedBy: 'Ada Lovelace', decision: null, notes: 'Renewal for another year.' },
  { version: 2, status: 'accepted', source: 'certificate-2025.pdf', size: 201_000, sha256: HASH, submittedAt: '2025-05-04T09:00:00Z', submittedBy: 'Ada Lovelace', decision: { decision: 'accepted', at: '2025-05-05T09:00:00Z', by: 'Grace Hopper', comment: 'Matches the register of the issuer.' }, notes: null },
  { version: 1, status: 'rejected', source: 'https://example.com/certificate', size: null, sha256: null, submittedAt: '2025-05-01T09:00:00Z', submittedBy: 'Ada Lovelace', decision: { decision: 'rejected', at: '2025-05-02T09:00:00Z', by: 'Grace Hopper', comment: 'The address asks for a password.' }, notes: null },
];

export const stories = [
  { name: 'Evidence: status', render: () => <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>{EVIDENCE_STATUSES.map((status) => <EvidenceStatusMark key={status} status={status} />)}</div> },
  { name: 'Evidence: file drop', render: () => <FileDrop label="Files of the evidence" hint="PDF, images or text" onFiles={nothing} /> },
  { name: 'Evidence: file drop, compact', render: () => <FileDrop compact many={false} label="File to compare" onFiles={nothing} /> },
  {
    name: 'Evidence: transfers', render: () => (
      <TransferList label="Files" onPause={nothing} onResume={nothing} onRemove={nothing}
        transfers={[transfer('waiting', 0), transfer('sending', 3_100_000), transfer('paused', 3_100_000), transfer('offline', 5_000_000), transfer('checking', 8_400_000), transfer('done', 8_400_000), transfer('failed', 8_400_000)]} />
    ),
  },
  { name: 'Evidence: versions', render: () => <VersionTimeline versions={VERSIONS} speaking={2} shown={3} onShow={nothing} /> },
];
