import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import type { DuplicateDto } from '../workload/workload.dto.js';
import { DuplicateRepository, type CandidateRow } from './duplicate.repository.js';
import { duplicateScore, LIKELY_DUPLICATE, type DuplicateCandidate } from './duplicate-score.js';

/** Likely duplicates of a workload, most likely first (domain.md section 3). */
@Injectable()
export class DuplicateService {
  constructor(private readonly repository: DuplicateRepository) {}

  async of(scope: TenantScope, workloadId: string): Promise<DuplicateDto[]> {
    const found = await this.repository.candidates(scope, workloadId);
    if (!found) return [];
    return likely(found.self, found.others);
  }

  /** Before it is registered: by its name within its team and by what it refers to. */
  async ofProspect(scope: TenantScope, prospect: Prospect): Promise<DuplicateDto[]> {
    const { repositories, interfaces, others } = await this.repository.alikeTo(scope, prospect);
    return likely({ name: prospect.name, team: prospect.team === '' ? null : prospect.team, purpose: null, models: [], repositories, interfaces }, others);
  }
}

/** Something that somebody is about to register. */
export interface Prospect {
  readonly name: string;
  /** '' while nobody said. */
  readonly team: string;
  readonly repositories: readonly string[];
  readonly interfaces: readonly string[];
}

function likely(self: DuplicateCandidate, others: readonly CandidateRow[]): DuplicateDto[] {
  return others
    .map((other) => ({ key: other.key, name: other.name, team: other.team, ...duplicateScore(self, other) }))
    .filter(({ score }) => score >= LIKELY_DUPLICATE)
    .sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1))
    .map(({ reasons, ...duplicate }) => ({ ...duplicate, reasons: [...reasons] }));
}
