import { HistoryDiff, OwnerCard, type OwnerPerson } from '@roster/ui';
import type { ReactNode } from 'react';

const person = (id: string, status: OwnerPerson['status'], more: Partial<OwnerPerson> = {}): OwnerPerson => ({
  id, status, name: 'Grace Hopper', email: 'grace@example.com', proposedAt: '2026-04-20T09:00:00Z', effectiveFrom: status === 'accepted' ? '2026-04-21T09:00:00Z' : null, effectiveTo: null,
  reaffirmDueAt: status === 'accepted' ? '2026-10-18T09:00:00Z' : null, reaffirmOverdue: false, note: null, joined: true, ...more,
});
const card = (people: OwnerPerson[], deputies: OwnerPerson[] = []): ReactNode => <div style={{ maxInlineSize: 340 }}><OwnerCard title="On call" purpose="Is paged when it misbehaves." people={people} deputies={deputies} empty="Nobody answers for this, and nobody is asked." /></div>;

export const stories: readonly { name: string; render: () => ReactNode }[] = [
  { name: 'Owner, accepted with a deputy', render: () => card([person('1', 'accepted')], [person('2', 'accepted', { name: 'Linus Pauling', email: 'linus@example.com' })]) },
  { name: 'Owner, asked and not joined', render: () => card([person('1', 'proposed', { name: null, joined: false })]) },
  { name: 'Owner, re-affirmation overdue', render: () => card([person('1', 'accepted', { reaffirmOverdue: true })]) },
  { name: 'Owner, orphaned', render: () => card([person('1', 'orphaned')]) },
  { name: 'Owner, nobody', render: () => card([]) },
  {
    name: 'Changes field by field', render: () => (
      <HistoryDiff nameOf={(field) => field} changes={[
        { field: 'Risk tier', from: null, to: 'high' }, { field: 'Handles personal data', from: 'unknown', to: 'yes' }, { field: 'Executes tools', from: 'no', to: 'unknown' }, { field: 'Tags', from: ['beta'], to: ['beta', 'customer'] },
        { field: 'Description', from: 'Short.', to: 'A long text that says a great deal about what the workload does and for whom, and goes on for longer than a line should, so that the page shows the beginning of it and offers the rest to whoever wants to read all of it.' },
      ]} />
    ),
  },
];
