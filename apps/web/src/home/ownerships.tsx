import { useLingui } from '@lingui/react/macro';
import { Block } from './block.js';
import { ownershipPage, type Home, type Ownership } from './home.queries.js';
import { OwnershipRow } from './ownership-row.js';

/** Ownerships that wait for the person's answer: proposed ones to accept or decline, or accepted ones to affirm again. */
export function Ownerships({ block, status }: { block: NonNullable<Home['ownershipsToAccept']>; status: 'proposed' | 'accepted' }) {
  const { t } = useLingui();
  const row = (ownership: Ownership) => <OwnershipRow key={ownership.id} ownership={ownership} status={status} />;
  return <Block title={status === 'proposed' ? t`You are asked to answer for` : t`Affirm that you still answer for`} count={block.count} shown={block.items.length} all={{ pages: ownershipPage(status), row }}>{block.items.map(row)}</Block>;
}
