import { Trans, useLingui } from '@lingui/react/macro';
import { EvidenceKindIcon, EvidenceStatusMark, Instant, Panel, useEvidenceKindWords, VersionTimeline, type TimelineVersion } from '@roster/ui';
import { useSuspenseQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { ActButton } from '../session/act-button.js';
import { useCommands } from '../shell/commands.js';
import { Page } from '../shell/page.js';
import { DecisionDialog } from './decision-dialog.js';
import { EvidenceLinks } from './evidence-links.js';
import { evidenceQuery, type EvidenceVersion } from './evidence.queries.js';
import { useVersionRefusal } from './four-eyes.js';
import { VerifyFile } from './verify-file.js';
import { VersionPanel } from './version-panel.js';
import classes from './evidence-detail.module.css';

/** Dialogs with forms are loaded when the first of them is asked for. */
const AddLinksDialog = lazy(() => import('./add-links-dialog.js'));
const NewVersionDialog = lazy(() => import('./new-version-dialog.js'));

type Open = 'version' | 'renew' | 'links' | 'accept' | 'reject';

/** One item of evidence: what it is, whether it counts, what it supports, and every version with its hash and decision. */
export function EvidenceDetail({ id }: { id: string }) {
  const { t } = useLingui();
  const { data: evidence } = useSuspenseQuery(evidenceQuery(id));
  const kinds = useEvidenceKindWords();
  const [shownNumber, setShown] = useState<number | null>(null);
  const [open, setOpen] = useState<Open | null>(null);
  const refusalOf = useVersionRefusal();
  const shown = evidence.versions.find(({ version }) => version === shownNumber) ?? evidence.latest;
  const refusal = refusalOf(shown);
  const undecided = shown.status === 'submitted' || shown.status === 'quarantined';
  const { expiresAt } = evidence;
  const hashes = useMemo(() => new Map(evidence.versions.flatMap(({ version, sha256 }) => (sha256 === null ? [] : [[version, sha256] as const]))), [evidence.versions]);
  useCommands(useMemo(() => [
    { id: 'evidence.version', label: t`Submit a new version`, group: t`This evidence`, keys: ['n'], permission: 'evidence:item:submit' as const, run: () => setOpen('version') },
    { id: 'evidence.links', label: t`Link to more workloads and criteria`, group: t`This evidence`, keys: ['l'], permission: 'evidence:item:submit' as const, run: () => setOpen('links') },
    ...(undecided && refusal === null ? [
      { id: 'evidence.accept', label: t`Accept evidence`, group: t`This evidence`, keys: ['a'], permission: 'evidence:version:review' as const, run: () => setOpen('accept') },
      { id: 'evidence.reject', label: t`Reject evidence`, group: t`This evidence`, keys: ['r'], permission: 'evidence:version:review' as const, run: () => setOpen('reject') },
    ] : []),
  ], [t, undecided, refusal]));
  return (
    <Page title={evidence.title} to={`/evidence/${id}`} crumbs={[{ label: t`Evidence`, to: '/evidence' }]}
      meta={<><EvidenceStatusMark status={evidence.status} /><span className={classes.kind}><EvidenceKindIcon kind={evidence.kind} /> {kinds[evidence.kind]}</span>{expiresAt === null ? null : <span><Trans>Counts until</Trans> <Instant at={expiresAt} /></span>}</>}
      actions={<>
        {undecided ? (
          <>
            <ActButton permission="evidence:version:review" unless={refusal} onClick={() => setOpen('accept')}>{t`Accept evidence`}</ActButton>
            <ActButton permission="evidence:version:review" unless={refusal} variant="default" onClick={() => setOpen('reject')}>{t`Reject evidence`}</ActButton>
          </>
        ) : null}
        {expiresAt !== null ? <ActButton permission="evidence:item:submit" variant={undecided ? 'default' : 'filled'} onClick={() => setOpen('renew')}>{t`Renew`}</ActButton> : null}
        <ActButton permission="evidence:item:submit" variant="default" onClick={() => setOpen('version')}>{t`New version`}</ActButton>
      </>}>
      <div className={classes.layout}>
        <div className={classes.main}>
          <VersionPanel evidence={evidence} version={shown} />
          <Panel title={t`What it supports`} flush actions={<ActButton permission="evidence:item:submit" size="compact-sm" variant="default" onClick={() => setOpen('links')}>{t`Link to more`}</ActButton>}>
            <EvidenceLinks evidence={evidence} />
          </Panel>
        </div>
        <div className={classes.side}>
          <Panel title={t`Versions`} flush>
            <VersionTimeline versions={evidence.versions.map(toTimeline)} speaking={evidence.status === 'expired' ? null : evidence.acceptedVersion} shown={shown.version} onShow={setShown} />
          </Panel>
          {hashes.size > 0 ? <Panel title={t`Is my file this one?`}><VerifyFile key={shown.version} version={shown.version} versions={hashes} /></Panel> : null}
        </div>
      </div>
      <Suspense fallback={null}>
        {open === 'version' || open === 'renew' ? <NewVersionDialog evidence={evidence} renew={open === 'renew'} onClose={() => setOpen(null)} /> : null}
        {open === 'links' ? <AddLinksDialog itemId={id} onClose={() => setOpen(null)} /> : null}
      </Suspense>
      {open === 'accept' || open === 'reject' ? (
        <DecisionDialog pending={{ itemId: id, title: evidence.title, decision: open, about: { version: shown.version, waitingLinks: evidence.links.filter(({ status }) => status === 'proposed').length } }} onClose={() => setOpen(null)} onDecided={() => setOpen(null)} />
      ) : null}
    </Page>
  );
}

const toTimeline = ({ version, status, fileName, url, size, sha256, submittedAt, submittedBy, decision, notes }: EvidenceVersion): TimelineVersion => ({
  version, status, source: fileName ?? url ?? '', size, sha256, submittedAt, submittedBy: submittedBy.name, notes,
  decision: decision === null ? null : { decision: decision.decision === 'accepted' ? 'accepted' : 'rejected', at: decision.at, by: decision.by.name, comment: decision.comment },
});
