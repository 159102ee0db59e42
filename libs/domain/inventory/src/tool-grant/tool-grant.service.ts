import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import { Clock, type Caller } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { ScopeGuard } from '../scope-expansion/scope-guard.js';
import { newToolGrants } from '../scope-expansion/scope-expansion.js';
import { WorkloadEditing } from '../workload/workload-editing.js';
import { WorkloadLookup } from '../workload/workload-lookup.js';
import { WorkloadTouch } from '../workload/workload-touch.js';
import type { ReplaceToolGrantsDto, ToolGrantsDto } from './tool-grant.dto.js';
import { grantText, ToolGrantRepository } from './tool-grant.repository.js';

/** What tools a workload may use (domain.md section 3). */
@Injectable()
export class ToolGrantService {
  constructor(
    private readonly access: Access, private readonly lookup: WorkloadLookup, private readonly editing: WorkloadEditing, private readonly grants: ToolGrantRepository, private readonly guard: ScopeGuard,
    private readonly touch: WorkloadTouch, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  /** @throws INVENTORY_WORKLOAD_NOT_FOUND */
  async list(caller: Caller, key: string, asOf: Date | null): Promise<ToolGrantsDto> {
    const scope = this.access.authorise(caller, 'inventory:workload:read');
    return { items: await this.grants.list(scope, (await this.lookup.require(scope, key)).id, asOf) };
  }

  /**
   * @param expected version of the workload the change is based on; null for whatever is there
   * @throws INVENTORY_WORKLOAD_FROZEN when a grant would be added or widened during a freeze; as for a change of the workload
   */
  replace(caller: Caller, key: string, { grants }: ReplaceToolGrantsDto, expected: number | null): Promise<ToolGrantsDto> {
    const scope = this.access.authorise(caller, 'inventory:workload:update');
    const wanted = grants.map(({ name, access, scope: on }) => ({ name: name.trim(), access, scope: (on ?? '').trim() }));
    const errors = wanted.flatMap(({ name, scope: on }, index) => [
      ...(name === '' ? [{ path: `grants[${index}].name`, code: 'blank', message: 'expected text that is not blank' }] : []),
      ...(wanted.findIndex((other) => other.name === name && other.scope === on) < index ? [{ path: `grants[${index}]`, code: 'repeated', message: 'expected each tool and scope once' }] : []),
    ]);
    if (errors.length > 0) throw problem('PLATFORM_REQUEST_INVALID', 'Some fields are not valid. Nothing was changed.', { errors });
    return this.unitOfWork.run(scope, async () => {
      const workload = await this.editing.editable(scope, key, expected);
      const before = await this.grants.list(scope, workload.id);
      const from = before.map(grantText);
      const to = wanted.map(grantText).sort();
      if (JSON.stringify([...from].sort()) !== JSON.stringify(to)) {
        await this.guard.assertAllowed(scope, workload, newToolGrants(from, to, workload.facts.executesTools));
        await this.touch.touch(scope, workload, [{ field: 'toolGrants', from, to }]);
        await this.grants.replace(scope, workload.id, wanted, this.clock.now());
      }
      return { items: await this.grants.list(scope, workload.id) };
    });
  }
}
