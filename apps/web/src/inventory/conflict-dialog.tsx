import { Button, Group, Modal, Stack } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Instant } from '@roster/ui';
import { useState } from 'react';
import classes from './conflict-dialog.module.css';
import type { WorkloadChange } from './inventory.queries.js';
import { useFieldWords } from './field-words.js';
import { useWorkloadFieldNames } from './workload-fields.js';

/** Two people changed the same fields: what one wants, what the other has saved. */
export interface FieldConflict {
  readonly key: string;
  readonly name: string;
  /** Only fields that both changed. */
  readonly fields: readonly { readonly field: keyof WorkloadChange; readonly before: unknown; readonly mine: unknown; readonly theirs: unknown }[];
  readonly theirsAt: string;
}

export type Choice = 'mine' | 'theirs';

/**
 * Both versions side by side, a choice per field. Nothing is preselected: who merges decides.
 * @param onSettle gets the choices, or null when the person keeps everything as it is saved
 */
export function ConflictDialog({ conflict, onSettle }: { conflict: FieldConflict; onSettle: (choices: Readonly<Record<string, Choice>> | null) => void }) {
  const { t } = useLingui();
  const names = useWorkloadFieldNames();
  const words = useFieldWords();
  const [choices, setChoices] = useState<Readonly<Record<string, Choice>>>({});
  const { key } = conflict;
  const complete = conflict.fields.every(({ field }) => choices[field] !== undefined);
  return (
    <Modal opened onClose={() => onSettle(null)} size="lg" title={t`${key} was changed meanwhile`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <Stack gap="md">
        <p className={classes.intro}><Trans>Somebody else saved another value while you were editing. Nothing of yours is lost: choose which one stays.</Trans> <Instant at={conflict.theirsAt} /></p>
        {conflict.fields.map(({ field, before, mine, theirs }) => (
          <fieldset key={field} className={classes.field}>
            <legend>{names[field] ?? field}</legend>
            <p className={classes.before}><Trans>Before: {words(field, before)}</Trans></p>
            {([['mine', t`Yours`, mine], ['theirs', t`Saved by somebody else`, theirs]] as const).map(([choice, label, value]) => (
              <label key={choice} className={`${classes.option} ${choices[field] === choice ? classes.chosen : ''}`}>
                <input type="radio" name={`conflict-${field}`} checked={choices[field] === choice} onChange={() => setChoices({ ...choices, [field]: choice })} />
                <span className={classes.label}>{label}</span>
                <span className={classes.value}>{words(field, value)}</span>
              </label>
            ))}
          </fieldset>
        ))}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => onSettle(null)}><Trans>Keep what is saved</Trans></Button>
          <Button disabled={!complete} onClick={() => onSettle(choices)}><Trans>Apply my choice</Trans></Button>
        </Group>
      </Stack>
    </Modal>
  );
}
