import { Anchor, Button, Group, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { EVIDENCE_KINDS, type EvidenceKind } from '@roster/contracts';
import { RosterProblem } from '@roster/api-client';
import { FileDrop, ProblemAlert, TransferList, useEvidenceKindWords, useFormat, type ShownProblem } from '@roster/ui';
import { Link } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useRef, useState, type ClipboardEvent } from 'react';
import { shownProblem } from '../api/problem.js';
import { useDraft } from '../forms/use-draft.js';
import { ActButton } from '../session/act-button.js';
import { toast } from '../shell/toast.js';
import { emptyDraft, kindOfFile, linksOf, MAX_LINKS, titleOfFile, type EvidenceDraft } from './evidence-draft.js';
import { useEvidenceChanged } from './evidence.queries.js';
import { LinkPicker } from './link-picker.js';
import { PeriodFields } from './period-fields.js';
import { submitEvidence, type EvidenceSource, type SubmittedEvidence } from './submit-evidence.js';
import { useTransfers } from './use-transfers.js';
import classes from './evidence-form.module.css';

const NO_FILES: readonly File[] = [];
const isAddress = (text: string): boolean => /^https?:\/\/\S+$/i.test(text.trim());

export interface AttachEvidenceProps {
  /** Workload the evidence is about; more can be added in the form. */
  readonly workload?: string;
  /** Criteria that are chosen at first, `<edition>/<id>`. */
  readonly criteria?: readonly string[];
  /** Edition whose criteria are offered; default: the organization's. */
  readonly edition?: string;
  /** Default: what the first file looks like. */
  readonly kind?: EvidenceKind;
  /** Files that were dropped or chosen elsewhere; they start by themselves. */
  readonly files?: readonly File[];
  /** Names the draft; forms about different things must not share one. Default: the workload. */
  readonly draftKey?: string;
  /** Offers to give everything up, and is called once it is. What arrived is given up at the service too. */
  readonly onDiscard?: () => void;
  /** Called once everything in the form was submitted, which the person was told. */
  readonly onDone: (submitted: readonly SubmittedEvidence[]) => void;
}

/**
 * Submits evidence: many files or one address, with kind, period, expiry, and links to many workloads and criteria at once. Files are sent in
 * pieces while the rest is entered; what was entered, and what arrived, survives a reload.
 */
export function AttachEvidence({ workload, criteria, edition, kind, files = NO_FILES, draftKey, onDiscard, onDone }: AttachEvidenceProps) {
  const { t } = useLingui();
  const { timeZone } = useFormat();
  const kindWords = useEvidenceKindWords();
  const changed = useEvidenceChanged();
  const [first] = files;
  const likely = kind ?? (first === undefined ? undefined : kindOfFile(first));
  const stored = useDraft<EvidenceDraft>(`evidence:${draftKey ?? workload ?? 'new'}`, emptyDraft({ ...(workload === undefined ? {} : { workloads: [workload] }), ...(criteria === undefined ? {} : { criteria }), ...(likely === undefined ? {} : { kind: likely }) }));
  // What the caller asked for now goes before what was asked for last time.
  const [draft, setDraft] = useState<EvidenceDraft>(() => ({ ...stored.values, ...(criteria === undefined || criteria.length === 0 ? {} : { criteria }), ...(kind === undefined ? {} : { kind }), ...(first === undefined ? {} : { source: 'files' as const }) }));
  const { transfers, queue } = useTransfers(draft.arrived, files);
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [busy, setBusy] = useState(false);
  const [submitted, setSubmitted] = useState<readonly SubmittedEvidence[]>([]);

  const arrivedNow = transfers.flatMap(({ uploadId, name, size, sha256 }) => (uploadId === null || sha256 === null ? [] : [{ uploadId, name, size, sha256 }]));
  const keepArrived = JSON.stringify(arrivedNow.map(({ uploadId }) => uploadId));
  // What was submitted is no draft any more, also when its files leave the list after it.
  const finished = useRef(false);
  const keep = useEffectEvent(() => { if (!finished.current && (keepArrived !== '[]' || draft.arrived.length > 0)) stored.keep({ ...draft, arrived: arrivedNow }); });
  useEffect(() => keep(), [keepArrived]);
  const set = (change: Partial<EvidenceDraft>): void => {
    const next = { ...draft, ...change };
    setDraft(next);
    setErrors({});
    setProblem(null);
    finished.current = false;
    stored.keep({ ...next, arrived: arrivedNow });
  };
  const titleOf = (name: string): string => draft.titles[name] ?? titleOfFile(name);
  const ready = transfers.filter(({ status }) => status === 'done');
  const unfinished = transfers.filter(({ status }) => status !== 'done' && status !== 'failed').length;
  const failed = transfers.filter(({ status }) => status === 'failed').length;
  const count = draft.source === 'link' ? 1 : transfers.length - failed;

  const refusal = draft.source === 'link'
    ? (draft.url.trim() === '' ? t`Enter the address first.` : draft.linkTitle.trim() === '' ? t`Enter a title first.` : null)
    : transfers.length - failed === 0 ? t`Add a file first.`
      : unfinished > 0 ? t`Wait until the files have arrived.`
        : ready.some(({ name }) => titleOf(name).trim() === '') ? t`Give every file a title.` : null;
  const blocked = refusal ?? (linksOf(draft).length > MAX_LINKS ? t`Choose fewer links.` : null);

  const submit = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    setErrors({});
    const done: SubmittedEvidence[] = [];
    try {
      const sources: { title: string; source: EvidenceSource; transfer: string | null }[] = draft.source === 'link'
        ? [{ title: draft.linkTitle, source: { url: draft.url.trim() }, transfer: null }]
        : ready.flatMap(({ id, name, uploadId }) => (uploadId === null ? [] : [{ title: titleOf(name), source: { upload: uploadId }, transfer: id }]));
      for (const { title, source, transfer } of sources) {
        done.push(await submitEvidence(draft, title, source, timeZone));
        if (transfer !== null) queue.remove(transfer, true);
      }
      finished.current = true;
      stored.clear();
      await changed();
      const all = [...submitted, ...done];
      const number = all.length;
      toast.done({ message: number === 1 ? t`Evidence submitted. It counts once somebody else has accepted it.` : t`${number} items of evidence submitted. They count once somebody else has accepted them.` });
      onDone(all);
    } catch (error) {
      if (error instanceof RosterProblem && error.errors.length > 0) setErrors(Object.fromEntries(error.errors.map(({ path, message }) => [path, message])));
      setProblem(shownProblem(error));
    } finally {
      setSubmitted((before) => [...before, ...done]);
      setBusy(false);
    }
  };

  const discard = (): void => {
    finished.current = true;
    for (const { id } of transfers) queue.remove(id);
    stored.clear();
    onDiscard?.();
  };

  /** An address on the clipboard becomes the source, wherever in the empty form it is pasted. */
  const onPaste = (event: ClipboardEvent<HTMLFormElement>): void => {
    if (event.defaultPrevented || (event.target instanceof HTMLElement && event.target.closest('input, textarea') !== null)) return;
    const pasted = [...event.clipboardData.files];
    const text = event.clipboardData.getData('text/plain');
    if (pasted.length > 0) {
      set({ source: 'files' });
      queue.add(pasted);
    } else if (isAddress(text)) set({ source: 'link', url: text.trim(), kind: draft.kind === 'document' ? 'link' : draft.kind });
    else return;
    event.preventDefault();
  };
  const linkErrors = Object.entries(errors).filter(([path]) => path.startsWith('links')).map(([, message]) => message);
  return (
    <form className={classes.form} aria-label={t`Attach evidence`} noValidate onPaste={onPaste} onSubmit={(event) => { event.preventDefault(); if (blocked === null && !busy) void submit(); }}>
      {stored.restored ? <p className={classes.note} role="status"><Trans>This is a draft of yours. Files that had not arrived have to be added again; they go on from where they were.</Trans></p> : null}
      <div className={classes.source}>
        <SegmentedControl className={classes.tabs} size="xs" aria-label={t`What the evidence is`} value={draft.source} onChange={(source) => set({ source: source === 'link' ? 'link' : 'files', kind: source === 'link' && draft.kind === 'document' ? 'link' : source === 'files' && draft.kind === 'link' ? 'document' : draft.kind })}
          data={[{ value: 'files', label: t`Files` }, { value: 'link', label: t`Address` }]} />
        {draft.source === 'files' ? (
          <>
            <FileDrop label={t`Files of the evidence`} hint={t`PDF, PNG, JPEG, WebP, Word, Excel, ZIP, CSV, JSON, Markdown or text. Sending starts at once and survives a lost connection.`} onFiles={(more) => queue.add(more)} />
            {transfers.length > 0 ? (
              <TransferList label={t`Files`} transfers={transfers} onPause={(id) => queue.pause(id)} onResume={(id) => queue.resume(id)} onRemove={(id) => queue.remove(id)}
                detail={({ name, status }) => (status === 'failed' ? null : <TextInput size="xs" data-autofocus aria-label={t`Title of ${name}`} value={titleOf(name)} maxLength={300} onChange={(event) => set({ titles: { ...draft.titles, [name]: event.currentTarget.value } })} />)} />
            ) : null}
          </>
        ) : (
          <div className={classes.pair}>
            <TextInput type="url" label={t`Address`} placeholder="https://" value={draft.url} error={errors['url']} onChange={(event) => set({ url: event.currentTarget.value })} />
            <TextInput label={t`Title`} value={draft.linkTitle} error={errors['title']} maxLength={300} onChange={(event) => set({ linkTitle: event.currentTarget.value })} />
          </div>
        )}
      </div>
      <Select label={t`Kind`} data={EVIDENCE_KINDS.map((value) => ({ value, label: kindWords[value] }))} value={draft.kind} allowDeselect={false} maw={320} onChange={(value) => { if (value !== null) set({ kind: value }); }} />
      <fieldset className={classes.fieldset}>
        <legend className={classes.legend}><Trans>What it supports</Trans></legend>
        <LinkPicker workloads={draft.workloads} criteria={draft.criteria} edition={edition} errors={linkErrors} onChange={(links) => set(links)} />
      </fieldset>
      <PeriodFields period={draft} errors={errors} onChange={(period) => set(period)} />
      <Textarea label={t`Notes for the reviewer`} value={draft.notes} maxLength={10_000} error={errors['notes']} onChange={(event) => set({ notes: event.currentTarget.value })} />
      {problem ? <ProblemAlert problem={problem} /> : null}
      {submitted.length > 0 ? (
        <ul className={classes.done} aria-label={t`Submitted`}>
          {submitted.map(({ id, title }) => <li key={id}><Anchor component={Link} to={`/evidence/${id}`} size="sm">{title}</Anchor> <span className={classes.note}>{t`Submitted`}</span></li>)}
        </ul>
      ) : null}
      <div className={classes.foot}>
        <span className={classes.note}><Trans>Somebody other than you has to accept it before it counts.</Trans></span>
        <Group gap="xs">
          {onDiscard === undefined ? null : <Button variant="default" disabled={busy} onClick={discard}>{t`Discard`}</Button>}
          <ActButton type="submit" permission="evidence:item:submit" unless={blocked} loading={busy}><Plural value={Math.max(1, count)} one="Submit evidence" other="Submit # items of evidence" /></ActButton>
        </Group>
      </div>
    </form>
  );
}
