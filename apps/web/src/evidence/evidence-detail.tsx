import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { EvidenceKindIcon, EvidenceStatusMark, Instant, Panel, useEvidenceKindWords, VersionTimeline, type TimelineVersion } from '@roster/ui';
import { IconDownload } from '@tabler/icons-react';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { ActButton } from '../session/act-button.js';
import { useCommands } from '../shell/commands.js';
import { Page } from '../shell/page.js';
import { AddLinksDialog } from './add-links-dialog.js';
import { DecisionDialog } from './decision-dialog.js';
import { EvidenceLinks } from './evidence-links.js';
import { EvidencePreview } from './evidence-preview.js';
import { evidenceQuery, type Evidence, type EvidenceVersion } from './evidence.queries.js';
import { useVersionRefusal } from './four-eyes.js';
import { NewVersionDialog } from './new-version-dialog.js';
import { VerifyFile } from './verify-file.js';
import { VersionFacts } from './version-facts.js';
import classes from './evidence-detail.module.css';

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
      {open === 'version' || open === 'renew' ? <NewVersionDialog evidence={evidence} renew={open === 'renew'} onClose={() => setOpen(null)} /> : null}
      {open === 'links' ? <AddLinksDialog itemId={id} onClose={() => setOpen(null)} /> : null}
      {open === 'accept' || open === 'reject' ? (
        <DecisionDialog pending={{ itemId: id, title: evidence.title, version: shown.version, decision: open, waitingLinks: evidence.links.filter(({ status }) => status === 'proposed').length }} onClose={() => setOpen(null)} onDecided={() => setOpen(null)} />
      ) : null}
    </Page>
  );
}

/** A version to look at, with what it is. */
export function VersionPanel({ evidence, version }: { evidence: Evidence; version: EvidenceVersion }) {
  const { t } = useLingui();
  const { contentHref, fileName, status } = version;
  const number = version.version;
  return (
    <Panel title={t`Version ${number}`} flush actions={contentHref === null || status === 'quarantined' ? undefined : <Button component="a" href={contentHref} download={fileName ?? true} size="compact-sm" variant="default" leftSection={<IconDownload size={14} aria-hidden />}>{t`Download`}</Button>}>
      <EvidencePreview key={`${evidence.id} ${number}`} version={version} title={evidence.title} />
      <div className={classes.facts}><VersionFacts version={version} /></div>
    </Panel>
  );
}

const toTimeline = ({ version, status, fileName, url, size, sha256, submittedAt, submittedBy, decision, notes }: EvidenceVersion): TimelineVersion => ({
  version, status, source: fileName ?? url ?? '', size, sha256, submittedAt, submittedBy: submittedBy.name, notes,
  decision: decision === null ? null : { decision: decision.decision === 'accepted' ? 'accepted' : 'rejected', at: decision.at, by: decision.by.name, comment: decision.comment },
});
