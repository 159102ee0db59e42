import { Button } from '@mantine/core';
import { CardSkeleton, DefinitionList, EmptyState, Instant, Panel, ProblemAlert, ProgressLine, TableSkeleton, TextSkeleton } from '@roster/ui';
import type { Story } from './gallery.js';

export const stories: readonly Story[] = [
  { name: 'A problem with its fields', render: () => <ProblemAlert onRetry={() => undefined} problem={{ kind: 'problem', title: 'The workload was not registered', detail: 'Two fields need attention. Nothing was changed.', code: 'PLATFORM_INPUT_INVALID', requestId: '0199aaaa-bbbb-7ccc-8ddd-eeeeffff0000', errors: [{ path: 'riskTier', message: 'expected one of low, medium, high, critical' }] }} /> },
  { name: 'Forbidden', render: () => <ProblemAlert problem={{ kind: 'forbidden', title: 'You may not do this', detail: 'It needs the permission packs:pack:build. An administrator of your organization can grant it under Settings, Members.' }} /> },
  { name: 'Nobody answers', render: () => <ProblemAlert onRetry={() => undefined} problem={{ kind: 'unreachable', title: 'Roster does not answer', detail: 'Nothing was changed and what you typed is kept. Check the connection and try again.' }} /> },
  { name: 'Empty', render: () => <EmptyState title="No evidence yet" action={<Button>Submit evidence</Button>}><p>Evidence shows that a criterion is met: a document, a test run, a drill. It counts once somebody else has accepted it.</p></EmptyState> },
  { name: 'On its way', render: () => <><TableSkeleton rows={4} /><TextSkeleton /><CardSkeleton /></> },
  { name: 'Progress', render: () => <><ProgressLine done={1_200} total={2_133} unit="rows" /><ProgressLine done={14} total={null} unit="files" /></> },
  { name: 'Panel with terms', render: () => <Panel title="Dates" description="When things happen"><DefinitionList items={[{ term: 'Registered', value: <Instant at="2026-05-10T12:00:00Z" /> }, { term: 'Next review', value: <Instant at="2026-12-24T08:00:00Z" /> }, { term: 'Retired', value: <Instant at={null} /> }]} /></Panel> },
];
