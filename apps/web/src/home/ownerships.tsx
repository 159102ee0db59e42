import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useFormat } from '@roster/ui';
import { lazy, Suspense, useState } from 'react';
import { Block } from './block.js';
import type { Home } from './home.queries.js';
import { OwnershipRow } from './ownership-row.js';

const AllOwnerships = lazy(async () => ({ default: (await import('./all-ownerships.js')).AllOwnerships }));

/** Ownerships that wait for the person's answer: proposed ones to accept or decline, or accepted ones to affirm again. */
export function Ownerships({ block, status }: { block: NonNullable<Home['ownershipsToAccept']>; status: 'proposed' | 'accepted' }) {
  const { t } = useLingui();
  const format = useFormat();
  const [all, setAll] = useState(false);
  const title = status === 'proposed' ? t`You are asked to answer for` : t`Affirm that you still answer for`;
  const total = format.number(block.count);
  return (
    <>
      <Block title={title} count={block.count} shown={block.items.length} more={block.count > block.items.length ? <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}><Trans>Show all {total}</Trans></Button> : <span />}>
        {block.items.map((ownership) => <OwnershipRow key={ownership.id} ownership={ownership} status={status} />)}
      </Block>
      {all ? <Suspense><AllOwnerships title={title} status={status} onClose={() => setAll(false)} /></Suspense> : null}
    </>
  );
}
