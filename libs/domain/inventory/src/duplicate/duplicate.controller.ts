import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { ApiProblems, CurrentCaller, RequirePermission } from '@roster/platform-http';
import { DuplicatesDto } from '../workload/workload.dto.js';
import { WorkloadService } from '../workload/workload.service.js';

const LONGEST = { name: 500, team: 200, repository: 2_000, interface: 2_000 } as const;
const MOST_REFERENCES = 20;

/** Likely duplicates of something that is not registered yet. */
@ApiTags('Workloads')
@Controller('workloads/duplicates')
export class DuplicateController {
  constructor(private readonly workloads: WorkloadService) {}

  /** So that a person sees what is there before they register it again. */
  @Get()
  @RequirePermission('inventory:workload:read')
  @ApiOperation({ summary: 'Find likely duplicates of a name', description: 'Before registering: similar name in the team, same repository or interface; with a score from 0 to 1, most likely first. Nothing is stored.' })
  @ApiQuery({ name: 'name', required: true, type: String, description: 'Name it will have.' })
  @ApiQuery({ name: 'team', required: false, type: String, description: 'Owning team; a similar name counts within the team only.' })
  @ApiQuery({ name: 'repository', required: false, type: String, isArray: true, description: 'Repository; may be repeated.' })
  @ApiQuery({ name: 'interface', required: false, type: String, isArray: true, description: 'Interface or endpoint; may be repeated.' })
  @ApiOkResponse({ type: DuplicatesDto })
  @ApiProblems('PLATFORM_REQUEST_INVALID')
  async find(@CurrentCaller() caller: Caller, @Query() query: Record<string, string | string[]>): Promise<DuplicatesDto> {
    const strange = Object.keys(query).filter((name) => !Object.hasOwn(LONGEST, name));
    const errors = [...strange.map((name) => wrong(name, 'expected name, team, repository and interface only')), ...Object.entries(LONGEST).flatMap(([name, longest]) => listOf(query[name]).filter((value) => value.length > longest).map(() => wrong(name, `expected at most ${longest} characters`)))];
    const [name = ''] = listOf(query['name']);
    if (name.trim() === '') errors.push(wrong('name', 'expected a name'));
    if (listOf(query['repository']).length + listOf(query['interface']).length > MOST_REFERENCES) errors.push(wrong('repository', `expected at most ${MOST_REFERENCES} repositories and interfaces`));
    if (errors.length > 0) throw problem('PLATFORM_REQUEST_INVALID', 'The question is not valid.', { errors });
    return this.workloads.duplicatesOfProspect(caller, { name: name.trim(), team: (listOf(query['team'])[0] ?? '').trim(), repositories: listOf(query['repository']), interfaces: listOf(query['interface']) });
  }
}

const listOf = (value: string | string[] | undefined): readonly string[] => (value === undefined ? [] : typeof value === 'string' ? [value] : value);
const wrong = (path: string, message: string) => ({ path, code: 'invalid', message });
