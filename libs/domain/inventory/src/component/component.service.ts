import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import { COMPONENT_TYPES } from '@roster/contracts';
import { Clock, type Caller } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { cursorOf, readListQuery, toPage, type ListSpec, type Page } from '@roster/platform-http';
import { WorkloadEditing } from '../workload/workload-editing.js';
import { WorkloadLookup } from '../workload/workload-lookup.js';
import { WorkloadTouch } from '../workload/workload-touch.js';
import type { ComponentDto, DeclaredComponentsDto, ReplaceComponentsDto } from './component.dto.js';
import { componentText, toComponentDto, toDeclaredComponentDto, toNamedComponent } from './component.mapper.js';
import { ComponentRepository } from './component.repository.js';

export const COMPONENT_LIST: ListSpec = { filters: ['type', 'shared'], sorts: ['id'] };

/** The AI bill of materials, shared between workloads (domain.md section 3). */
@Injectable()
export class ComponentService {
  constructor(
    private readonly access: Access, private readonly lookup: WorkloadLookup, private readonly editing: WorkloadEditing, private readonly components: ComponentRepository,
    private readonly touch: WorkloadTouch, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  /** @throws INVENTORY_WORKLOAD_NOT_FOUND */
  async of(caller: Caller, key: string, asOf: Date | null): Promise<DeclaredComponentsDto> {
    const scope = this.access.authorise(caller, 'inventory:workload:read');
    return { items: (await this.components.of(scope, (await this.lookup.require(scope, key)).id, asOf)).map(toDeclaredComponentDto) };
  }

  /** All components of the organization with how many workloads share them. @throws PLATFORM_REQUEST_INVALID, PLATFORM_CURSOR_INVALID */
  async list(caller: Caller, raw: Record<string, string | string[]>): Promise<Page<ComponentDto>> {
    const scope = this.access.authorise(caller, 'inventory:workload:read');
    const query = readListQuery(raw, COMPONENT_LIST);
    const types = query.filters.get('type') ?? null;
    const shared = query.filters.get('shared') ?? null;
    const wrong = [
      ...(types ?? []).filter((type) => !COMPONENT_TYPES.some((known) => known === type)).map(() => ({ path: 'filter[type]', code: 'not_one_of', message: `expected one of ${COMPONENT_TYPES.join(', ')}` })),
      ...(shared && (shared.length !== 1 || !['true', 'false'].includes(shared[0] ?? '')) ? [{ path: 'filter[shared]', code: 'not_boolean', message: 'expected true or false, once' }] : []),
    ];
    if (wrong.length > 0) throw problem('PLATFORM_REQUEST_INVALID', 'Some filters are not valid.', { errors: wrong });
    const [after = null] = cursorOf(query, ['id']) ?? [];
    const onlyShared = shared ? shared[0] === 'true' : null;
    const rows = await this.components.page(scope, { after, limit: query.limit, types, shared: onlyShared, descending: query.sort.descending });
    return toPage(rows, query, (row) => [row.id], toComponentDto, query.count ? await this.components.count(scope, types, onlyShared) : undefined);
  }

  /**
   * Makes the components of a workload exactly these.
   * @param expected version of the workload the change is based on; null for whatever is there
   * @throws as for a change of the workload
   */
  replace(caller: Caller, key: string, body: ReplaceComponentsDto, expected: number | null): Promise<DeclaredComponentsDto> {
    const scope = this.access.authorise(caller, 'inventory:workload:update');
    const wanted = body.components.map(toNamedComponent);
    const texts = wanted.map(componentText);
    const errors = wanted.flatMap(({ name }, index) => [
      ...(name === '' ? [{ path: `components[${index}].name`, code: 'blank', message: 'expected text that is not blank' }] : []),
      ...(texts.indexOf(texts[index] ?? '') < index ? [{ path: `components[${index}]`, code: 'repeated', message: 'expected each component (type, provider, name, version) once' }] : []),
    ]);
    if (errors.length > 0) throw problem('PLATFORM_REQUEST_INVALID', 'Some fields are not valid. Nothing was changed.', { errors });
    return this.unitOfWork.run(scope, async () => {
      const workload = await this.editing.editable(scope, key, expected);
      const before = await this.components.of(scope, workload.id);
      const now = this.clock.now();
      const from = before.map(componentText).sort();
      const to = [...texts].sort();
      if (JSON.stringify(from) !== JSON.stringify(to)) await this.touch.touch(scope, workload, [{ field: 'components', from, to }]);
      const ids = await this.components.ensure(scope, wanted, now);
      await this.components.declare(scope, workload.id, ids.map((id, index) => ({ id, usage: wanted[index]?.usage ?? null })), now);
      const after = await this.components.of(scope, workload.id);
      if (JSON.stringify(from) === JSON.stringify(to) && JSON.stringify(before) !== JSON.stringify(after)) {
        await this.touch.touch(scope, workload, [{ field: 'componentDetails', from: before.map(toComponentDto), to: after.map(toComponentDto) }]);
      }
      return { items: after.map(toDeclaredComponentDto) };
    });
  }
}
