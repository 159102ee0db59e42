import type { CoverageDto } from './coverage.dto.js';
import type { CoverageAnswer } from './coverage.service.js';

export const toCoverage = ({ workload, edition, coverage, at }: CoverageAnswer): CoverageDto => ({
  workload, edition: edition.id, editionDigest: edition.digest, attribution: edition.attribution, at, tier: coverage.tier, tierIsSet: coverage.tierIsSet,
  required: coverage.required,
  domains: coverage.domains.map((domain) => ({
    ...domain, freeze: edition.freezeDomains.includes(domain.id), criteria: domain.criteria.map((criterion) => ({ ...criterion, id: criterion.key.slice(edition.id.length + 1) })),
  })),
  nextChangeAt: coverage.nextChangeAt,
});
