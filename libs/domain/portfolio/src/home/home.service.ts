import { Injectable } from '@nestjs/common';
import { Access, OrganizationQuery } from '@roster/access';
import { ClassificationQuery, type ClassificationDto } from '@roster/classification';
import type { Permission } from '@roster/contracts';
import { Clock, type Caller, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { cursorOf, encodeCursor, toPage, type ListQuery, type Page } from '@roster/platform-http';
import { PUBLISHED_PUNCTUALITY, punctualityRows, ReviewQuery } from '@roster/reviews';
import { concentrationRows, funnelRows, listOf, LIVING } from '../figure-rows.js';
import { PortfolioRepository } from '../portfolio.repository.js';
import type { HomeDto, HomeGapsDto, HomeOrphanDto, HomeOwnershipDto, HomeStandingDto, HomeSummaryDto } from './home.dto.js';
import { HomeRepository, type Block, type HomeOrphanRow, type HomeStageRow, type HomeWorkloadRow, type Whose } from './home.repository.js';

const DAY = 86_400_000;
/** Rows of a block. */
const FIRST = 5;
const FIRST_GAPS = 3;
const SOON_DAYS = 7;
const AFFIRM_DAYS = 14;
/** Workloads whose gaps are read at once, and at most for one page. */
const LOOKED_AT = 25;
const MOST_LOOKED_AT = 250;
const TOP = 3;

const OPEN_REVIEWS = ['scheduled', 'due', 'in_progress'].map((status) => `filter[status]=${status}`);

/**
 * What needs a person (issue: home per person). It follows from what they may do and what they own; no role is asked for. Each block has its
 * count, its first rows and the list of all of them, read in one snapshot.
 */
@Injectable()
export class HomeService {
  constructor(
    private readonly access: Access, private readonly home: HomeRepository, private readonly portfolio: PortfolioRepository, private readonly classifications: ClassificationQuery,
    private readonly reviews: ReviewQuery, private readonly organizations: OrganizationQuery, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  /** @throws ACCESS_PERMISSION_MISSING for somebody who may not even read workloads */
  read(caller: Caller): Promise<HomeDto> {
    const scope = this.access.authorise(caller, 'inventory:workload:read');
    const now = this.clock.now();
    const ahead = (days: number): Date => new Date(now.getTime() + days * DAY);
    const me = caller.memberId;
    /** A block for whoever holds a permission. */
    const may = <T>(permission: Permission, block: () => Promise<T>): Promise<T | null> => (caller.permissions.has(permission) ? block() : Promise.resolve(null));
    return this.unitOfWork.run(scope, async () => {
      const { decayHorizonDays } = (await this.organizations.settings(scope)).thresholds;
      await this.home.readFromMemory(scope);
      const whose = await this.whose(scope, me);
      const owns = whose !== 'organization';
      const owned = this.home.owned(scope, me, ahead(decayHorizonDays));
      const ownReviews = owns ? ['filter[owner]=me'] : [];
      const mine = owns ? ['filter[accountable]=me'] : [];
      return {
        whose: owns ? 'mine' : 'organization', horizonDays: decayHorizonDays,
        reviewsOverdue: await may('reviews:review:read', async () => blockOf(await this.home.reviews(scope, whose, true, now, now, FIRST), listOf('reviews', ...OPEN_REVIEWS, 'filter[overdue]=true', ...ownReviews), withWorkload)),
        reviewsDue: await may('reviews:review:read', async () => blockOf(await this.home.reviews(scope, whose, false, now, ahead(SOON_DAYS), FIRST),
          listOf('reviews', ...OPEN_REVIEWS, 'filter[overdue]=false', `filter[dueBefore]=${new Date(ahead(SOON_DAYS).getTime() + 1).toISOString()}`, ...ownReviews), withWorkload)),
        reviewsToSignOff: await may('reviews:review:sign-off', async () => blockOf(await this.home.reviewsToSignOff(scope, me, now, FIRST), listOf('reviews', 'filter[signOffBy]=me'), withWorkload)),
        evidenceToDecide: await may('evidence:version:review', async () => blockOf(await this.home.evidenceToDecide(scope, me, FIRST), listOf('evidence', 'filter[awaiting]=my_decision', 'sort=updatedAt'), (row) => row)),
        exceptionsToDecide: await may('evidence:exception:approve', async () => blockOf(await this.home.exceptionsToDecide(scope, me, FIRST), listOf('exceptions', 'filter[awaiting]=my_decision'), withWorkload)),
        ownershipsToAccept: await may('inventory:owner:respond', async () => blockOf(await this.home.ownerships(scope, me, 'proposed', now, FIRST), listOf('home/ownerships', 'filter[status]=proposed'), withWorkload)),
        ownershipsToAffirm: await may('inventory:owner:respond', async () => blockOf(await this.home.ownerships(scope, me, 'accepted', ahead(AFFIRM_DAYS), FIRST), listOf('home/ownerships', 'filter[status]=accepted'), withWorkload)),
        orphanedOwners: await may('inventory:owner:assign', async () => blockOf(await this.home.orphaned(scope, whose, FIRST), listOf('home/orphaned-owners'), orphanOf)),
        unowned: await may('inventory:owner:assign', async () => blockOf(await this.home.unowned(scope, FIRST), listOf('workloads', 'filter[unowned]=true', LIVING), (row) => withWorkload(row).workload)),
        falls: await may('classification:result:read', async () => blockOf(await this.home.falls(scope, whose, ahead(decayHorizonDays), FIRST, owned),
          listOf('workloads', `filter[fallsAt][lte]=now%2B${decayHorizonDays}d`, LIVING, ...mine, 'sort=fallsAt'), withWorkload)),
        actions: await may('reviews:review:read', async () => blockOf(await this.home.actions(scope, me, now, ahead(SOON_DAYS), FIRST), listOf('actions', 'filter[owner]=me', 'filter[status]=open', 'filter[status]=in_progress', `filter[dueBefore]=${new Date(ahead(SOON_DAYS).getTime() + 1).toISOString()}`), withWorkload)),
        nextStage: owns ? await may('classification:result:read', async () => this.standings(scope, now, await this.home.nextStage(scope, me, FIRST, owned),
          listOf('home/gaps'), ({ gaps }) => gaps)) : null,
        frozen: await may('classification:result:read', async () => this.standings(scope, now, await this.home.frozen(scope, whose, FIRST, owned), listOf('workloads', 'filter[frozen]=true', LIVING, ...mine), ({ freeze }) => freeze.gaps)),
        packs: await may('packs:pack:read', async () => blockOf(await this.home.packs(scope, FIRST), listOf('packs'), (row) => row)),
        summary: await may('portfolio:summary:read', () => this.summary(scope, now)),
      };
    }, 'REPEATABLE READ');
  }

  /** Ownerships of the caller that ask for an answer: proposed ones, or (accepted) those to be affirmed again within 14 days. */
  async ownerships(caller: Caller, status: 'proposed' | 'accepted', query: ListQuery): Promise<Page<HomeOwnershipDto>> {
    const scope = this.access.authorise(caller, 'inventory:owner:respond');
    const before = new Date(this.clock.now().getTime() + AFFIRM_DAYS * DAY);
    const { count, items } = await this.home.ownerships(scope, caller.memberId, status, before, query.limit + 1, cursorOf(query, ['instant', 'id']));
    return toPage(items, query, (row) => [row.at.toISOString(), row.id], withWorkload, query.count ? count : undefined);
  }

  /** Slots whose owner left and that nobody answers for: of the workloads the caller owns, or everybody's for those who own none. */
  orphanedOwners(caller: Caller, query: ListQuery): Promise<Page<HomeOrphanDto>> {
    const scope = this.access.authorise(caller, 'inventory:owner:assign');
    return this.unitOfWork.run(scope, async () => {
      const whose = await this.whose(scope, caller.memberId);
      const { count, items } = await this.home.orphaned(scope, whose, query.limit + 1, cursorOf(query, ['instant', 'id']));
      return toPage(items, query, ({ id, openSince }) => [openSince.toISOString(), id], orphanOf, query.count ? count : undefined);
    }, 'REPEATABLE READ');
  }

  /**
   * What stands between the caller's Experiments and Pilots and the next stage; everybody's for those who own none. Looks at a bounded number of
   * workloads a page, so that a rare kind of gap may give a short page.
   * @param filter kinds of task (`assign_owner`, `submit_evidence`, …; empty = all), and one workload by its key
   */
  gaps(caller: Caller, filter: { readonly kinds: readonly string[]; readonly workload: string | null }, query: ListQuery): Promise<Page<HomeGapsDto>> {
    const scope = this.access.authorise(caller, 'classification:result:read');
    return this.unitOfWork.run(scope, async () => {
      const now = this.clock.now();
      const whose = await this.whose(scope, caller.memberId);
      let after = cursorOf(query, ['text'])?.[0] ?? null;
      const items: HomeGapsDto[] = [];
      for (let looked = 0; looked < MOST_LOOKED_AT && items.length < query.limit; looked += LOOKED_AT) {
        const rows = await this.home.onTheWay(scope, whose, filter.workload, after, LOOKED_AT + 1);
        const traces = await this.classifications.tracesAsOf(scope, new Map(rows.slice(0, LOOKED_AT).map(({ workloadId, key }) => [workloadId, key])), now);
        for (const row of rows.slice(0, LOOKED_AT)) {
          if (items.length === query.limit) return { items, nextCursor: encodeCursor(query.sort, [after ?? '']) };
          after = row.key;
          const trace = traces.get(row.workloadId);
          const gaps = (trace?.gaps ?? []).filter(({ action }) => filter.kinds.length === 0 || filter.kinds.includes(action.kind));
          if (trace && gaps.length > 0) items.push({ ...withWorkload(row), edition: trace.edition, gaps });
        }
        if (rows.length <= LOOKED_AT) return { items, nextCursor: null };
      }
      return { items, nextCursor: encodeCursor(query.sort, [after ?? '']) };
    }, 'REPEATABLE READ');
  }

  /** Whose workloads home is about: the member's own, or everybody's for a member who is an accepted owner of none. */
  private async whose(scope: TenantScope, memberId: string): Promise<Whose> {
    return (await this.home.owns(scope, memberId)) ? { memberId } : 'organization';
  }

  /** Rows with what stands between them and the next stage, or freezes them. */
  private async standings(scope: TenantScope, now: Date, { count, items }: Block<HomeStageRow>, rows: string, gapsOf: (trace: ClassificationDto) => ClassificationDto['gaps']): Promise<{ count: number; rows: string; items: HomeStandingDto[] }> {
    const traces = await this.classifications.tracesAsOf(scope, new Map(items.map(({ workloadId, key }) => [workloadId, key])), now);
    return { count, rows, items: items.map((row) => {
      const trace = traces.get(row.workloadId);
      const gaps = trace ? gapsOf(trace) : [];
      return { ...withWorkload(row), gapCount: gaps.length, gaps: gaps.slice(0, FIRST_GAPS) };
    }) };
  }

  private async summary(scope: TenantScope, now: Date): Promise<HomeSummaryDto> {
    const funnel = (await this.portfolio.funnel(scope)).map((row) => ({ ...row, rows: funnelRows(row) }));
    const since = new Date(now.getTime() - 365 * DAY);
    const concentration = (await this.portfolio.concentration(scope, TOP)).map((row) => ({ ...row, rows: concentrationRows(row) }));
    return { funnel, concentration, punctuality: { ...await this.reviews.punctuality(scope, since, now), rows: punctualityRows(since, now), published: PUBLISHED_PUNCTUALITY.ratioBelow } };
  }
}

function withWorkload<Row extends HomeWorkloadRow>({ workloadId, key, name, ...row }: Row): Omit<Row, keyof HomeWorkloadRow> & { workload: { id: string; key: string; name: string } } {
  return { ...row, workload: { id: workloadId, key, name } };
}

function orphanOf({ id: _, openSince: __, ...row }: HomeOrphanRow): HomeOrphanDto {
  return withWorkload(row);
}

function blockOf<Row, Item>({ count, items }: Block<Row>, rows: string, map: (row: Row) => Item): { count: number; rows: string; items: Item[] } {
  return { count, rows, items: items.map(map) };
}
