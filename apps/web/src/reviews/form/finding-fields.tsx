import { ActionIcon, Select, Textarea, TextInput, Tooltip } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconTrash } from '@tabler/icons-react';
import { SEVERITIES, useSeverityWords } from '../review-words.js';
import type { ReviewQuestion } from '../reviews.queries.js';
import { MemberSelect } from './member-select.js';
import type { DraftFinding } from './review-draft.js';
import classes from './review-form.module.css';

/**
 * One finding: what, how serious, where, who does it by when.
 * @param errorOf the message of a field of the form, by its name
 */
export function FindingFields({ finding, number, questions, today, idOf, errorOf, onChange, onRemove }: {
  finding: DraftFinding; number: number; questions: readonly ReviewQuestion[]; today: string; idOf: (field: string) => string; errorOf: (field: string) => string | null; onChange: (finding: DraftFinding) => void; onRemove: () => void;
}) {
  const { t } = useLingui();
  const severities = useSeverityWords();
  const { key } = finding;
  const domains = questions.flatMap(({ domainId, domainName }) => (domainId === null ? [] : [{ value: domainId, label: `${domainId} ${domainName ?? ''}` }]));
  return (
    <fieldset className={classes.finding}>
      <legend className={classes.legend}><Trans>Finding {number}</Trans></legend>
      <div className={classes.findingRow}>
        <TextInput id={idOf(`title:${key}`)} className={classes.grow} label={t`What was found and is to be done`} required maxLength={300} value={finding.title} error={errorOf(`title:${key}`)} onChange={(event) => onChange({ ...finding, title: event.currentTarget.value })} />
        <Select label={t`Severity`} w={120} allowDeselect={false} value={finding.severity} data={SEVERITIES.map((value) => ({ value, label: severities[value] }))} onChange={(value) => { const severity = SEVERITIES.find((one) => one === value); if (severity) onChange({ ...finding, severity }); }} />
        <Tooltip label={t`Remove this finding`}><ActionIcon className={classes.remove} variant="default" size={30} aria-label={t`Remove finding ${number}`} onClick={onRemove}><IconTrash size={15} /></ActionIcon></Tooltip>
      </div>
      <div className={classes.findingRow}>
        <MemberSelect id={idOf(`owner:${key}`)} label={t`Who does it`} required known={{ id: finding.ownerMemberId, name: finding.ownerName }} error={errorOf(`owner:${key}`)} onChange={(ownerMemberId, ownerName) => onChange({ ...finding, ownerMemberId, ownerName })} />
        <TextInput id={idOf(`due:${key}`)} type="date" label={t`By the end of`} required min={today} w={160} value={finding.dueDay} error={errorOf(`due:${key}`)} onChange={(event) => onChange({ ...finding, dueDay: event.currentTarget.value })} />
        <Select label={t`Domain`} clearable placeholder={t`General`} data={domains} value={finding.domainId === '' ? null : finding.domainId} error={errorOf(`domain:${key}`)} onChange={(value) => onChange({ ...finding, domainId: value ?? '' })} />
      </div>
      <Textarea label={t`More about it`} autosize minRows={1} maxLength={10_000} value={finding.detail} onChange={(event) => onChange({ ...finding, detail: event.currentTarget.value })} />
    </fieldset>
  );
}
