import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { GAP_ACTION_KINDS } from '@roster/classification';
import type { Caller } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { ApiListQuery, ApiProblems, CurrentCaller, readListQuery, RequirePermission, type ListSpec, type Page } from '@roster/platform-http';
import { HomeDto, HomeGapsPageDto, HomeOrphanPageDto, HomeOwnershipPageDto, type HomeGapsDto, type HomeOrphanDto, type HomeOwnershipDto } from './home.dto.js';
import { HomeService } from './home.service.js';

const OWNERSHIPS: ListSpec = { filters: ['status'], sorts: ['at'], oneWay: true };

const ORPHANS: ListSpec = { filters: [], sorts: ['since'], oneWay: true };
const GAPS: ListSpec = { filters: ['kind', 'workload'], sorts: ['key'], oneWay: true, uncounted: true };

@ApiTags('Home')
@Controller('home')
export class HomeController {
  constructor(private readonly home: HomeService) {}

  /** What needs the caller, by what they may do and what they own. */
  @Get()
  @RequirePermission('inventory:workload:read')
  @ApiOperation({ summary: 'Read what needs you', description: 'Blocks with a count, the first rows and the list of all of them. It follows from your permissions and from what you own; a block you may not see is null.' })
  @ApiOkResponse({ type: HomeDto })
  read(@CurrentCaller() caller: Caller): Promise<HomeDto> {
    return this.home.read(caller);
  }

  /** Ownerships of the caller that ask for an answer. */
  @Get('ownerships')
  @RequirePermission('inventory:owner:respond')
  @ApiOperation({ summary: 'List ownerships that wait for your answer', description: 'filter[status]=proposed (default): to accept or decline; filter[status]=accepted: to affirm again within 14 days. Oldest first.' })
  @ApiListQuery(OWNERSHIPS)
  @ApiOkResponse({ type: HomeOwnershipPageDto })
  @ApiProblems('PLATFORM_REQUEST_INVALID', 'PLATFORM_CURSOR_INVALID')
  ownerships(@CurrentCaller() caller: Caller, @Query() raw: Record<string, string | string[]>): Promise<Page<HomeOwnershipDto>> {
    const query = readListQuery(raw, OWNERSHIPS);
    const [status = 'proposed', ...more] = query.filters.get('status') ?? [];
    if (more.length > 0 || (status !== 'proposed' && status !== 'accepted')) {
      throw problem('PLATFORM_REQUEST_INVALID', 'The list cannot be read like this.', { errors: [{ path: 'filter[status]', code: 'not_one_of', message: 'expected proposed or accepted, once' }] });
    }
    return this.home.ownerships(caller, status, query);
  }

  /** Slots whose owner left and that nobody answers for. */
  @Get('orphaned-owners')
  @RequirePermission('inventory:owner:assign')
  @ApiOperation({ summary: 'List what nobody answers for since its owner left', description: 'Roles and domains whose owner left and for which nobody is asked: of the workloads you are risk owner of and of those without one, everybody\'s when you are an accepted owner of none. The longest without an owner first.' })
  @ApiListQuery(ORPHANS)
  @ApiOkResponse({ type: HomeOrphanPageDto })
  @ApiProblems('PLATFORM_REQUEST_INVALID', 'PLATFORM_CURSOR_INVALID')
  orphanedOwners(@CurrentCaller() caller: Caller, @Query() raw: Record<string, string | string[]>): Promise<Page<HomeOrphanDto>> {
    return this.home.orphanedOwners(caller, readListQuery(raw, ORPHANS));
  }

  /** What stands between the caller's workloads and the next stage. */
  @Get('gaps')
  @RequirePermission('classification:result:read')
  @ApiOperation({ summary: 'List what stands in the way of your workloads', description: 'Experiments and Pilots you are an accepted owner of (everybody\'s when you own none), by key, each with its gaps to the next stage. filter[kind] keeps gaps by what closes them, such as assign_owner or submit_evidence; filter[workload] keeps one workload by its key.' })
  @ApiListQuery(GAPS)
  @ApiOkResponse({ type: HomeGapsPageDto })
  @ApiProblems('PLATFORM_REQUEST_INVALID', 'PLATFORM_CURSOR_INVALID')
  gaps(@CurrentCaller() caller: Caller, @Query() raw: Record<string, string | string[]>): Promise<Page<HomeGapsDto>> {
    const query = readListQuery(raw, GAPS);
    const [workload = null, ...more] = query.filters.get('workload') ?? [];
    const kinds = query.filters.get('kind') ?? [];
    const unknown = kinds.find((kind) => !(GAP_ACTION_KINDS as readonly string[]).includes(kind));
    const errors = [
      ...(more.length > 0 ? [{ path: 'filter[workload]', code: 'repeated', message: 'expected once' }] : []),
      ...(unknown === undefined ? [] : [{ path: 'filter[kind]', code: 'not_one_of', message: `expected one of ${GAP_ACTION_KINDS.join(', ')}` }]),
    ];
    if (errors.length > 0) throw problem('PLATFORM_REQUEST_INVALID', 'The list cannot be read like this.', { errors });
    return this.home.gaps(caller, { kinds, workload }, query);
  }
}
