/** A view that every organization has. */
export interface BuiltInView {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly query: string;
  readonly sort: string;
}

/**
 * Views that come with the product (domain.md sections 4, 5, 6 and 8). "With PII or tools" means that it is not known to have neither:
 * unknown never passes. Experiments owe no evidence yet.
 */
export const BUILT_IN_VIEWS: readonly BuiltInView[] = [
  { id: 'all', name: 'All', description: 'Every workload.', query: '', sort: '-updatedAt' },
  { id: 'mine', name: 'Mine', description: 'Where you are an owner, are asked to be one, or registered it.', query: 'filter[mine]=true', sort: '-updatedAt' },
  { id: 'unowned', name: 'Unowned', description: 'Without a risk owner.', query: 'filter[unowned]=true&filter[lifecycle][ne]=retired', sort: '-updatedAt' },
  { id: 'overdue', name: 'Overdue', description: 'The next review is overdue.', query: 'filter[nextReviewDueAt][lt]=now&filter[lifecycle][ne]=retired', sort: 'nextReviewDueAt' },
  {
    id: 'missing-evidence', name: 'Missing evidence', description: 'The required set of the risk tier asks for more evidence. Experiments are left out.',
    query: 'filter[missingEvidence][gte]=1&filter[stage][ne]=experiment&filter[lifecycle][ne]=retired', sort: '-updatedAt',
  },
  { id: 'pilot-pii-or-tools', name: 'Pilot with PII or tools', description: 'Pilots that handle personal data or execute tools, or might.', query: 'filter[stage]=pilot&filter[piiOrTools][ne]=no&filter[lifecycle][ne]=retired', sort: '-updatedAt' },
  { id: 'falling', name: 'Falling within 30 days', description: 'The stage falls within 30 days if nobody does anything.', query: 'filter[fallsAt][lte]=now%2B30d&filter[lifecycle][ne]=retired', sort: 'fallsAt' },
];
