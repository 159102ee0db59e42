import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import type { DuplicateDto } from '../workload/workload.dto.js';
import { DuplicateRepository } from './duplicate.repository.js';
import { duplicateScore, LIKELY_DUPLICATE } from './duplicate-score.js';

/** Likely duplicates of a workload, most likely first (domain.md section 3). */
@Injectable()
export class DuplicateService {
  constructor(private readonly repository: DuplicateRepository) {}

  async of(scope: TenantScope, workloadId: string): Promise<DuplicateDto[]> {
    const found = await this.repository.candidates(scope, workloadId);
    if (!found) return [];
    return found.others
      .map((other) => ({ key: other.key, name: other.name, team: other.team, ...duplicateScore(found.self, other) }))
      .filter(({ score }) => score >= LIKELY_DUPLICATE)
      .sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1))
      .map(({ reasons, ...duplicate }) => ({ ...duplicate, reasons: [...reasons] }));
  }
}
