import type { ImpactedWorkloadDto } from './impact-preview.dto.js';
import type { ListedImpactRow } from './impact-preview.repository.js';

/** The row with what its effect is about; what other effects would say is null. */
export function toImpactedWorkload(row: ListedImpactRow): ImpactedWorkloadDto {
  const dto: ImpactedWorkloadDto = { id: row.workloadId, key: row.workloadKey, name: row.workloadName, effect: row.effect, from: null, to: null, gapCount: null, coverage: null, drill: null, review: null, owners: null, fallsAt: null };
  switch (row.effect) {
    case 'stage': return { ...dto, ...row.detail };
    case 'coverage': return { ...dto, coverage: row.detail };
    case 'drill': return { ...dto, drill: row.detail };
    case 'ownership': return { ...dto, owners: row.detail.owners };
    case 'fall': return { ...dto, fallsAt: row.detail.fallsAt };
    default: return { ...dto, review: row.detail };
  }
}
