import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import type { Permission } from '@roster/contracts';
import type { Caller } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { MAX_SEARCH_LENGTH, MAX_SEARCH_WORDS } from '@roster/platform-http';
import { HITS, type SearchResultDto } from './search.dto.js';
import { rankWorkloads } from './search-ranking.js';
import { SearchRepository } from './search.repository.js';

const PEOPLE: Permission = 'access:member:read';
const EVIDENCE: Permission = 'evidence:item:read';

/** One search over workloads, people and evidence, as far as the caller may see them. */
@Injectable()
export class SearchService {
  constructor(private readonly access: Access, private readonly found: SearchRepository) {}

  /** @throws PLATFORM_REQUEST_INVALID */
  async search(caller: Caller, raw: string | undefined): Promise<SearchResultDto> {
    const scope = this.access.authorise(caller, 'inventory:workload:read');
    const q = (raw ?? '').trim();
    if (q.length === 0 || q.length > MAX_SEARCH_LENGTH || q.split(/\s+/).length > MAX_SEARCH_WORDS) {
      throw problem('PLATFORM_REQUEST_INVALID', 'The search is not valid.', { errors: [{ path: 'q', code: 'out_of_range', message: `expected 1 to ${MAX_SEARCH_LENGTH} characters and at most ${MAX_SEARCH_WORDS} words` }] });
    }
    const may = (permission: Permission): boolean => caller.permissions.has(permission);
    const [workloads, people, evidence] = await Promise.all([
      this.found.workloads(scope, q), may(PEOPLE) ? this.found.members(scope, q, HITS) : null, may(EVIDENCE) ? this.found.evidence(scope, q, HITS) : null,
    ]);
    return {
      q, workloads: few(rankWorkloads(workloads, q)), people: people && few(people), evidence: evidence && few(evidence), withheld: [PEOPLE, EVIDENCE].filter((permission) => !may(permission)),
    };
  }
}

const few = <Hit>(hits: readonly Hit[]): { items: Hit[]; more: boolean } => ({ items: hits.slice(0, HITS), more: hits.length > HITS });
