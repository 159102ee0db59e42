import { Injectable } from '@nestjs/common';
import { FreezeGaps } from '@roster/inventory';
import type { TenantScope } from '@roster/platform-context';
import { ClassificationRepository } from '../classification/classification.repository.js';
import { ClassificationService } from '../classification/classification.service.js';
import { Freshness } from '../classification/freshness.js';

/** Tells the inventory whether the scope of a workload may grow, from the freshest result. */
@Injectable()
export class CurrentFreeze extends FreezeGaps {
  constructor(private readonly classifications: ClassificationService, private readonly freshness: Freshness, private readonly results: ClassificationRepository) {
    super();
  }

  async inForce(scope: TenantScope, workload: { readonly id: string; readonly key: string }): Promise<readonly object[] | null> {
    const { freeze } = await this.classifications.current(scope, workload);
    return freeze.frozen ? freeze.gaps : null;
  }

  async frozenAmong(scope: TenantScope, workloadIds: readonly string[]): Promise<ReadonlySet<string>> {
    await this.freshness.ensureAll(scope, workloadIds);
    return new Set(await this.results.frozenAmong(scope, workloadIds));
  }
}
