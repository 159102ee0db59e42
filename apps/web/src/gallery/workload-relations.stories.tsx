import { RelationGraph, type GraphRelation } from '@roster/ui';
import type { ReactNode } from 'react';

const WORKLOAD = { key: 'SUPPORT-BOT', name: 'Support assistant' };
const RELATIONS: readonly GraphRelation[] = [
  { type: 'calls', direction: 'incoming', workload: 'PORTAL', name: 'Customer portal' }, { type: 'feeds', direction: 'incoming', workload: 'TICKETS', name: 'Ticket classifier' },
  { type: 'calls', direction: 'outgoing', workload: 'SEARCH', name: 'Knowledge search' }, { type: 'feeds', direction: 'outgoing', workload: 'SEARCH', name: 'Knowledge search' },
  { type: 'shares_component', direction: 'incoming', workload: 'SALES-BOT', name: 'Sales assistant with an unusually long name that does not fit' }, { type: 'replaces', direction: 'outgoing', workload: 'OLD-BOT', name: 'Rule based assistant' },
];
const draw = (relations: readonly GraphRelation[]): ReactNode => <RelationGraph workload={WORKLOAD} relations={relations} hrefOf={(key) => `/workloads/${key}`} />;

export const stories: readonly { name: string; render: () => ReactNode }[] = [
  { name: 'Relations', render: () => draw(RELATIONS) },
  { name: 'Relations, one side only', render: () => draw(RELATIONS.slice(0, 1)) },
  { name: 'Relations, narrow', render: () => <div style={{ maxInlineSize: 380 }}>{draw(RELATIONS)}</div> },
];
