import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { MeaningBadge, useRelationWords } from '@roster/ui';
import type { ReactNode } from 'react';
import type { ItemClash } from '../../forms/list-merge.js';
import { ConflictDialog, VersionsDialog, type Side, type Versions } from '../../forms/versions.js';
import { useComponentWords } from './component-words.js';
import type { Parts } from './part.js';

type FieldsOf<Item> = { readonly [Field in keyof Item & string]-?: { readonly label: string; show(value: NonNullable<Item[Field]>): ReactNode } };

function usePartFields(): { readonly [Part in keyof Parts]: FieldsOf<Parts[Part]> } {
  const { t } = useLingui();
  const { types, lockIn, access } = useComponentWords();
  const relation = useRelationWords();
  const text = (value: string): ReactNode => value;
  return {
    components: {
      type: { label: t`Type`, show: (value) => types[value] }, provider: { label: t`Provider`, show: text }, name: { label: t`Name`, show: text }, version: { label: t`Pinned version`, show: text }, hosting: { label: t`Hosting`, show: text },
      lockIn: { label: t`Lock-in`, show: (value) => lockIn[value].word }, reference: { label: t`Where it is described`, show: text }, usage: { label: t`What this workload uses it for`, show: text },
    },
    relations: { type: { label: t`How`, show: (value) => relation(value, 'outgoing') }, workload: { label: t`Which workload`, show: text }, note: { label: t`Note`, show: text } },
    toolGrants: { name: { label: t`Tool`, show: text }, access: { label: t`Access`, show: (value) => access[value] }, scope: { label: t`On what`, show: (value) => (value === '' ? t`everything the tool reaches` : value) } },
  };
}

/**
 * Somebody else did something else to the same component, relation or grant: both versions, field by field.
 * @param onSettle gets what stays; null when one's own change is dropped
 */
export function PartClash<Part extends keyof Parts>({ part, clash, onSettle }: { part: Part; clash: ItemClash<Parts[Part]>; onSettle: (kept: Side | Readonly<Record<string, Side>> | null) => void }) {
  const { t } = useLingui();
  const fields = usePartFields()[part];
  const { before, theirs, mine } = clash;
  const shown = (item: Parts[Part] | null, field: keyof Parts[Part] & string): ReactNode => {
    const value = item?.[field];
    return item === null ? '' : value === null || value === undefined ? <MeaningBadge meaning="unknown" plain>{t`Not recorded`}</MeaningBadge> : fields[field].show(value);
  };
  const versions = (names: readonly (keyof Parts[Part] & string)[]): Versions[] => names.map((name) => ({ name, label: fields[name].label, before: shown(before, name), theirs: shown(theirs, name), mine: shown(mine, name) }));
  if (theirs !== null && mine !== null) return <ConflictDialog fields={versions(clash.fields)} onSettle={onSettle} />;
  const all = Object.keys(fields) as (keyof Parts[Part] & string)[];
  return (
    <VersionsDialog
      fields={versions(all.filter((name) => [before, theirs, mine].some((item) => (item?.[name] ?? '') !== '')))} onClose={() => onSettle(null)}
      lead={theirs === null ? <Trans>Somebody else took it away while you were changing it. Nothing is lost: choose what shall stand.</Trans> : <Trans>Somebody else changed it while you were taking it away. Nothing is lost: choose what shall stand.</Trans>}
    >
      <Button variant="default" onClick={() => onSettle(null)}>{t`Drop my change`}</Button>
      <Button onClick={() => onSettle('mine')}>{theirs === null ? t`Declare mine again` : t`Take it away`}</Button>
    </VersionsDialog>
  );
}
