import { Injectable } from '@nestjs/common';
import { FreezeGaps } from '@roster/inventory';
import type { TenantScope } from '@roster/platform-context';
import { ClassificationService } from '../classification/classification.service.js';

/** Tells the inventory whether the scope of a workload may grow, from the freshest result. */
@Injectable()
export class CurrentFreeze extends FreezeGaps {
  constructor(private readonly classifications: ClassificationService) {
    super();
  }

  async inForce(scope: TenantScope, workload: { readonly id: string; readonly key: string }): Promise<readonly object[] | null> {
    const { freeze } = await this.classifications.current(scope, workload);
    return freeze.frozen ? freeze.gaps : null;
  }
}
