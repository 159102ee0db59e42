import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { noEvidence, type CoverageInputs, type CoverageItem } from './coverage-inputs.js';
import { CoverageRepository } from './coverage.repository.js';

const instant = (text: string | null): string | null => (text === null ? null : new Date(text).toISOString());

/** Loads what coverage is computed from, for thousands of workloads in two statements. */
@Injectable()
export class CoverageQuery {
  constructor(private readonly repository: CoverageRepository) {}

  /**
   * @param workloadIds at most a few thousand; every one of them is in the answer, also those without any evidence
   * @param editionId links of this edition, and those that name the workload only
   * @param asOf as it was known at that instant; null = now
   */
  async load(scope: TenantScope, workloadIds: readonly string[], editionId: string, asOf: Date | null = null): Promise<Map<string, CoverageInputs>> {
    const found = new Map<string, CoverageInputs>(workloadIds.map((id) => [id, noEvidence(id)]));
    if (workloadIds.length === 0) return found;
    const rows = await this.repository.links(scope, workloadIds, editionId, asOf);
    const items = await this.items(scope, [...new Set(rows.flatMap((row) => (row.links ?? []).map(([itemId]) => itemId)))], asOf);
    for (const { workloadId, links, exceptions } of rows) {
      const own = new Map<string, CoverageItem>();
      for (const [itemId] of links ?? []) {
        const item = items.get(itemId);
        if (item) own.set(itemId, item);
      }
      found.set(workloadId, {
        workloadId, items: [...own.values()],
        links: (links ?? []).map(([itemId, key, status]) => ({ itemId, requirementKey: key === '' ? null : key, status })),
        exceptions: (exceptions ?? []).map(([id, kind, requirementKey, status, expiresAt]) => ({ id, kind, requirementKey, status, expiresAt: instant(expiresAt) })),
      });
    }
    return found;
  }

  private async items(scope: TenantScope, ids: readonly string[], asOf: Date | null): Promise<Map<string, CoverageItem>> {
    if (ids.length === 0) return new Map();
    const rows = await this.repository.items(scope, ids, asOf);
    return new Map(rows.map(({ itemId, kind, title, versions }) => [itemId, {
      itemId, kind, title, versions: versions.map(([version, status, effectiveFrom, expiresAt]) => ({ version, status, effectiveFrom: instant(effectiveFrom), expiresAt: instant(expiresAt) })),
    }]));
  }
}
