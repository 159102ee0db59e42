import { FACT_NAMES, factValue } from '../fact/fact-statement.js';
import type { StatementRow } from '../fact/workload-facts.repository.js';
import type { FactsDto, WorkloadDto, WorkloadItemDto } from './workload.dto.js';
import type { ItemRow } from './workload-item.repository.js';

/** A workload with the provenance of its facts. */
export function toWorkloadDto(row: ItemRow, statements: readonly StatementRow[]): WorkloadDto {
  const item = JSON.parse(row.json) as WorkloadItemDto;
  const facts = Object.fromEntries(FACT_NAMES.map((name) => {
    const said = statements.filter(({ fact }) => fact === name).map(({ value, provenance, source, at, by }) => ({ value, provenance, source, at, by }));
    return [name, factValue(said, item.registeredAt)];
  })) as unknown as FactsDto;
  return { ...item, facts };
}
