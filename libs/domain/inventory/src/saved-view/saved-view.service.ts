import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import { Clock, isId, newId, type Caller, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { assertVersion } from '@roster/platform-http';
import { canonicalJson, Trail } from '@roster/trail';
import { readWorkloadFilters } from '../workload/workload-list.js';
import { BUILT_IN_VIEWS } from './built-in-view.js';
import type { CreateSavedViewDto, SavedViewDto, SavedViewsDto, UpdateSavedViewDto, ViewColumnDto } from './saved-view.dto.js';
import { builtInViewDto, savedViewDto } from './saved-view.mapper.js';
import { SavedViewRepository, type SavedViewRow, type ViewContent } from './saved-view.repository.js';
import { readViewQuery } from './view-query.js';

/** Most views of one person, and most shared views of an organization: a list that is shown whole. */
export const MAX_PERSONAL_VIEWS = 100;
export const MAX_SHARED_VIEWS = 200;
const SHARE = 'inventory:view:share';

/** Views that people keep of the inventory: the query of the list with how it is shown. A personal view is nobody else's. */
@Injectable()
export class SavedViewService {
  constructor(
    private readonly access: Access, private readonly views: SavedViewRepository, private readonly trail: Trail, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  /** Built-in views, the caller's own, and shared ones. */
  async list(caller: Caller): Promise<SavedViewsDto> {
    const scope = this.access.authorise(caller, 'inventory:workload:read');
    const rows = await this.views.visible(scope, caller.memberId);
    return { items: [...BUILT_IN_VIEWS.map(builtInViewDto), ...rows.map((row) => this.show(row, caller))] };
  }

  /** @throws INVENTORY_VIEW_NOT_FOUND, also for a personal view of somebody else */
  async get(caller: Caller, id: string): Promise<SavedViewDto> {
    const scope = this.access.authorise(caller, 'inventory:workload:read');
    const builtIn = BUILT_IN_VIEWS.find((view) => view.id === id);
    return builtIn ? builtInViewDto(builtIn) : this.show(await this.require(scope, id, caller), caller);
  }

  /** @throws PLATFORM_REQUEST_INVALID, INVENTORY_VIEW_LIMIT_REACHED, ACCESS_PERMISSION_MISSING when it is to be shared */
  create(caller: Caller, body: CreateSavedViewDto): Promise<SavedViewDto> {
    const shared = body.shared ?? false;
    const scope = this.access.authorise(caller, shared ? SHARE : 'inventory:workload:read');
    const content: ViewContent = {
      name: body.name.trim(), description: body.description ?? null, ...this.queryOf(caller, body.query, body.sort), columns: columnsOf(body.columns ?? []), density: body.density ?? 'compact', shared,
    };
    return this.unitOfWork.run(scope, async () => {
      await this.assertRoom(scope, caller, shared);
      const at = this.clock.now();
      const id = newId(at);
      await this.views.insert(scope, { ...content, id, ownerMemberId: caller.memberId, at });
      await this.trail.record(scope, { action: 'inventory.saved-view.created', object: { type: 'saved_view', id, version: 1 }, payload: recordOf(content) });
      return this.show(await this.require(scope, id, caller), caller);
    });
  }

  /**
   * @param expected version the change is based on; null for whatever is there
   * @throws INVENTORY_VIEW_NOT_FOUND, INVENTORY_VIEW_BUILT_IN, INVENTORY_VIEW_NOT_YOURS, ACCESS_PERMISSION_MISSING, PLATFORM_REQUEST_INVALID, PLATFORM_PRECONDITION_FAILED, PLATFORM_VERSION_CONFLICT
   */
  update(caller: Caller, id: string, body: UpdateSavedViewDto, expected: number | null): Promise<SavedViewDto> {
    const scope = this.access.authorise(caller, 'inventory:workload:read');
    return this.unitOfWork.run(scope, async () => {
      const before = await this.changeable(scope, id, caller);
      assertVersion(expected, before.version);
      const shared = body.shared ?? before.shared;
      if (shared !== before.shared) {
        this.access.authorise(caller, SHARE);
        // A personal view is its maker's: nobody can put one into somebody else's list, or lose sight of what they just changed.
        if (!shared && before.ownerMemberId !== caller.memberId) {
          throw problem('INVENTORY_VIEW_NOT_YOURS', `${before.ownerName} made this view, so only they can make it personal again. Save a copy of your own, or delete it if nobody needs it.`);
        }
        await this.assertRoom(scope, caller, shared);
      }
      const content: ViewContent = {
        name: body.name?.trim() ?? before.name, description: body.description === undefined ? before.description : body.description,
        ...(body.query === undefined && body.sort === undefined ? { query: before.query, sort: before.sort } : this.queryOf(caller, body.query ?? before.query, body.sort ?? before.sort)),
        columns: body.columns === undefined ? before.columns : columnsOf(body.columns), density: body.density ?? before.density, shared,
      };
      if ((await this.views.update(scope, before, content, this.clock.now())) === 0) throw conflict(before);
      await this.trail.record(scope, { action: 'inventory.saved-view.changed', object: { type: 'saved_view', id, version: before.version + 1 }, payload: { before: recordOf(before), after: recordOf(content) } });
      return this.show(await this.require(scope, id, caller), caller);
    });
  }

  /** @throws INVENTORY_VIEW_NOT_FOUND, INVENTORY_VIEW_BUILT_IN, ACCESS_PERMISSION_MISSING, PLATFORM_PRECONDITION_FAILED, PLATFORM_VERSION_CONFLICT */
  remove(caller: Caller, id: string, expected: number | null): Promise<void> {
    const scope = this.access.authorise(caller, 'inventory:workload:read');
    return this.unitOfWork.run(scope, async () => {
      const before = await this.changeable(scope, id, caller);
      assertVersion(expected, before.version);
      if ((await this.views.delete(scope, before)) === 0) throw conflict(before);
      await this.trail.record(scope, { action: 'inventory.saved-view.deleted', object: { type: 'saved_view', id }, payload: recordOf(before) });
    });
  }

  private show(row: SavedViewRow, caller: Caller): SavedViewDto {
    return savedViewDto(row, caller.memberId, caller.permissions.has(SHARE));
  }

  /** The query in one spelling, checked as the list would. */
  private queryOf(caller: Caller, query: string, sort: string | undefined): { query: string; sort: string } {
    const read = readViewQuery(query, sort);
    readWorkloadFilters(read.list, { now: this.clock.now(), me: caller.memberId });
    return { query: read.query, sort: read.sort };
  }

  private async assertRoom(scope: TenantScope, caller: Caller, shared: boolean): Promise<void> {
    const { own, shared: together } = await this.views.counts(scope, caller.memberId);
    if (shared ? together >= MAX_SHARED_VIEWS : own >= MAX_PERSONAL_VIEWS) {
      throw problem('INVENTORY_VIEW_LIMIT_REACHED', shared ? `The organization has ${together} shared views, which is the most. Delete one that nobody needs.` : `You have ${own} views, which is the most. Delete one that you do not need.`);
    }
  }

  private async changeable(scope: TenantScope, id: string, caller: Caller): Promise<SavedViewRow> {
    if (BUILT_IN_VIEWS.some((view) => view.id === id)) throw problem('INVENTORY_VIEW_BUILT_IN', 'This view comes with the product. Save a copy of your own and change that.');
    const view = await this.require(scope, id, caller);
    if (view.shared) this.access.authorise(caller, SHARE);
    return view;
  }

  private async require(scope: TenantScope, id: string, caller: Caller): Promise<SavedViewRow> {
    const row = isId(id) ? await this.views.find(scope, id, caller.memberId) : null;
    if (!row) throw problem('INVENTORY_VIEW_NOT_FOUND', `There is no view ${JSON.stringify(id.slice(0, 80))}.`);
    return row;
  }
}

/** What the trail says of a view. A personal one is nobody else's, and whoever reads the trail is somebody else: its digest shows that it changed, and not what it says. */
function recordOf({ name, description, query, sort, columns, density, shared }: ViewContent): Record<string, unknown> {
  const content = { name, description, query, sort, columns: columns.map(({ id, width, pinned }) => ({ id, width, pinned })), density };
  return shared ? { ...content, shared } : { shared, digest: createHash('sha256').update(canonicalJson(content)).digest('hex') };
}

/** @throws PLATFORM_REQUEST_INVALID when a column stands there twice */
function columnsOf(columns: readonly ViewColumnDto[]): ViewContent['columns'] {
  const twice = columns.flatMap(({ id }, index) => (columns.findIndex((one) => one.id === id) < index ? [{ path: `columns[${index}].id`, code: 'repeated', message: 'expected each column once' }] : []));
  if (twice.length > 0) throw problem('PLATFORM_REQUEST_INVALID', 'Some columns are not valid.', { errors: twice });
  return columns.map(({ id, width, pinned }) => ({ id, width: width ?? null, pinned: pinned ?? false }));
}

const conflict = (before: SavedViewRow): Error =>
  problem('PLATFORM_VERSION_CONFLICT', 'Somebody else changed the view at the same time. Read it again.', { extensions: { expectedVersion: before.version } });
