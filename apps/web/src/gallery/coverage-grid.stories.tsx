import { COVERAGE_STATUSES } from '@roster/contracts';
import { CoverageGrid, CoverageLegend, type GridDomain } from '@roster/ui';
import { useState, type ReactNode } from 'react';

const TITLES = ['Name the purpose', 'Keep inputs apart', 'Validate what comes in', 'Watch for drift', 'Keep a record of what was refused'];
const domain = (id: string, name: string, shift: number, more: Partial<GridDomain> = {}): GridDomain => ({
  id, name, requiredMet: shift === 0, required: { met: shift === 0 ? 3 : 1, total: 3 }, freeze: false, blocking: false, ...more,
  criteria: TITLES.map((title, index) => {
    const status = COVERAGE_STATUSES[(index + shift) % COVERAGE_STATUSES.length] ?? 'missing';
    const backed = status === 'satisfied' || status === 'submitted' || status === 'expired';
    return {
      id: `${id}.${index + 1}`, key: `psf-1.1/${id}.${index + 1}`, title, wordingVerified: index !== 3, status, expiresAt: status === 'satisfied' ? '2026-12-31T00:00:00Z' : null,
      evidence: backed ? [{ itemId: `${id}-${index}`, version: 1, title: 'Report', expiresAt: null }] : [],
    };
  }),
});
const DOMAINS = [domain('PSF-1', 'Input governance', 0), domain('PSF-3', 'Data protection', 1, { freeze: true }), domain('PSF-7', 'Security', 4, { freeze: true, blocking: true })];
const MISSING = DOMAINS.flatMap(({ criteria }) => criteria).filter(({ status }) => status === 'missing' || status === 'expired').map(({ key }) => key);

function Grid({ attach }: { attach: boolean }) {
  const [open, setOpen] = useState<string | null>('psf-1.1/PSF-1.2');
  const [selected, setSelected] = useState<string[]>(['psf-1.1/PSF-3.1']);
  return <><CoverageLegend domains={DOMAINS} /><CoverageGrid label="Criteria by domain" domains={DOMAINS} missing={MISSING} open={open} onOpen={setOpen} selected={selected} onSelectedChange={setSelected} onAttach={attach ? () => undefined : undefined} /></>;
}

export const stories: readonly { name: string; render: () => ReactNode }[] = [
  { name: 'Coverage grid, every status', render: () => <Grid attach /> },
  { name: 'Coverage grid, read only', render: () => <Grid attach={false} /> },
  { name: 'Coverage grid, a domain without criteria', render: () => <CoverageGrid label="Empty domain" domains={[{ ...domain('PSF-9', 'Reserved', 0), criteria: [], required: { met: 0, total: 0 } }]} missing={[]} open={null} onOpen={() => undefined} selected={[]} onSelectedChange={() => undefined} /> },
];
