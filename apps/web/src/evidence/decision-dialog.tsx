import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { EvidenceStatusMark, Instant, KeyHint, ProblemAlert } from '@roster/ui';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client.js';
import { OUTLIVES_PAGE } from '../api/leaving.js';
import { isConflict, shownProblem } from '../api/problem.js';
import { useDraftValues } from '../forms/use-draft.js';
import { VersionsTable } from '../forms/versions.js';
import { toast } from '../shell/toast.js';
import { useEvidenceChanged, type Evidence } from './evidence.queries.js';
import { LinkStatusMark } from './link-status-mark.js';

export interface PendingDecision {
  readonly itemId: string;
  readonly title: string;
  readonly decision: 'accept' | 'reject';
  /** What is decided: a version with the number of links that are accepted along with it, or one link to what `name` says. */
  readonly about: { readonly version: number; readonly waitingLinks: number } | { readonly linkId: string; readonly name: string };
}

const send = ({ itemId, decision, about }: PendingDecision, comment: string | null): Promise<Evidence> => ('version' in about
  ? bodyOf(api.POST('/api/v1/evidence/{id}/versions/{version}/decision', { ...OUTLIVES_PAGE, params: { path: { id: itemId, version: String(about.version) } }, body: { decision, comment } }))
  : bodyOf(api.POST('/api/v1/evidence/{id}/links/{linkId}/decision', { ...OUTLIVES_PAGE, params: { path: { id: itemId, linkId: about.linkId } }, body: { decision, comment } })));

/**
 * Asks before a decision, which is final: a reason is needed to reject, a comment may go with accepting. Once sent it arrives, also when the page
 * is closed at once. Where somebody else was faster, both decisions are shown.
 */
export function DecisionDialog({ pending, onClose, onDecided }: { pending: PendingDecision; onClose: () => void; onDecided: () => void }) {
  const { t } = useLingui();
  const changed = useEvidenceChanged();
  const [missing, setMissing] = useState(false);
  const [theirs, setTheirs] = useState<Evidence | null>(null);
  const { itemId, title, decision, about } = pending;
  const { values: { comment }, set, clear } = useDraftValues(`decision:${itemId}:${'version' in about ? about.version : about.linkId}:${decision}`, { comment: '' });
  const accept = decision === 'accept';
  const said = comment.trim() === '' ? null : comment.trim();
  const decide = useMutation({
    mutationFn: () => send(pending, said),
    onSuccess: async () => {
      clear();
      toast.done({ message: accept ? t`Accepted: ${title}` : t`Rejected: ${title}` });
      onDecided();
      await changed();
    },
    onError: async (error) => {
      if (isConflict(error)) setTheirs(await bodyOf(api.GET('/api/v1/evidence/{id}', { params: { path: { id: itemId } } })));
    },
  });
  const go = (): void => {
    if (!accept && said === null) setMissing(true);
    else if (!decide.isPending) decide.mutate();
  };
  const seen = (): void => {
    clear();
    onDecided();
    void changed();
  };
  if (theirs !== null) {
    return (
      <Modal opened onClose={seen} size="lg" title={t`Somebody else has decided already`} closeButtonProps={{ 'aria-label': t`Close` }}>
        <Stack gap="sm">
          <div><strong>{title}</strong></div>
          <Decisions evidence={theirs} pending={pending} comment={said} />
          <Group justify="flex-end"><Button data-autofocus onClick={seen}>{t`Go on`}</Button></Group>
        </Stack>
      </Modal>
    );
  }
  const version = 'version' in about ? about.version : 0;
  const links = 'version' in about ? about.waitingLinks : 0;
  const name = 'version' in about ? '' : about.name;
  return (
    <Modal opened onClose={onClose} title={'version' in about ? (accept ? t`Accept version ${version}` : t`Reject version ${version}`) : accept ? t`Accept link` : t`Reject link`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <form noValidate onSubmit={(event) => { event.preventDefault(); go(); }} onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); go(); } }}>
        <Stack gap="sm">
          <div><strong>{title}</strong></div>
          {'linkId' in about
            ? (accept ? <div><Trans>It counts for {name} from now on.</Trans></div> : <div><Trans>It does not count for {name}. Whoever made the link reads the reason. The evidence itself stays as it is.</Trans></div>)
            : accept
              ? (links > 0 ? <div><Trans>It counts from now on for what it is linked to: {links} waiting links are accepted too, except those you made. The decision is final.</Trans></div> : <div><Trans>It counts from now on. The decision is final.</Trans></div>)
              : <div><Trans>It does not count. The submitter reads the reason and can submit another version. The decision is final.</Trans></div>}
          <Textarea label={accept ? t`Comment` : t`Reason`} required={!accept} value={comment} maxLength={4_000} error={missing && said === null ? t`Say why it is rejected.` : undefined} onChange={(event) => set({ comment: event.currentTarget.value })} {...(accept ? {} : { 'data-autofocus': true })} />
          {decide.error ? <ProblemAlert problem={shownProblem(decide.error)} compact /> : null}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>{t`Cancel`}</Button>
            <Button type="submit" color={accept ? undefined : 'red.9'} loading={decide.isPending} rightSection={<KeyHint keys={accept ? ['↵'] : ['mod', '↵']} />} {...(accept ? { 'data-autofocus': true } : {})}>{'linkId' in about ? (accept ? t`Accept link` : t`Reject link`) : accept ? t`Accept evidence` : t`Reject evidence`}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** What somebody else decided beside what one was about to. */
function Decisions({ evidence, pending: { about, decision }, comment }: { evidence: Evidence; pending: PendingDecision; comment: string | null }) {
  const { t } = useLingui();
  const isVersion = 'version' in about;
  const version = isVersion ? evidence.versions.find((one) => one.version === about.version) : undefined;
  const link = isVersion ? undefined : evidence.links.find(({ id }) => id === about.linkId);
  const made = isVersion ? version?.decision : link?.decision;
  const wanted = decision === 'accept' ? 'accepted' : 'rejected';
  return (
    <VersionsTable fields={[
      {
        name: 'decision', label: t`Decision`, before: isVersion ? <EvidenceStatusMark status="submitted" plain /> : <LinkStatusMark status="proposed" />,
        theirs: version ? <EvidenceStatusMark status={version.status} plain /> : link ? <LinkStatusMark status={link.status} /> : t`Removed`, mine: isVersion ? <EvidenceStatusMark status={wanted} plain /> : <LinkStatusMark status={wanted} />,
      },
      { name: 'comment', label: decision === 'accept' ? t`Comment` : t`Reason`, before: '', theirs: made?.comment ?? '', mine: comment ?? '' },
      { name: 'by', label: t`By`, before: '', theirs: made ? <>{made.by.name} <Instant at={made.at} /></> : '', mine: t`you` },
    ]} />
  );
}
