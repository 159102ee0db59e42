import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { useFormat } from '../format/format.js';
import { Instant } from '../format/instant.js';
import { Digest } from '../text/text.js';
import { EvidenceStatusMark, type EvidenceStatus } from './evidence-words.js';
import classes from './version-timeline.module.css';

/** One version of an item of evidence. */
export interface TimelineVersion {
  readonly version: number;
  readonly status: EvidenceStatus;
  /** File name or address. */
  readonly source: string;
  /** Bytes of a file; null for an address. */
  readonly size: number | null;
  readonly sha256: string | null;
  readonly submittedAt: string;
  readonly submittedBy: string;
  readonly decision: { readonly decision: 'accepted' | 'rejected'; readonly at: string; readonly by: string; readonly comment: string | null } | null;
  readonly notes: string | null;
}

/**
 * The versions of an item, newest first: what was submitted, its hash, by whom, and what was decided.
 * @param speaking number of the version that counts; null when none does
 * @param shown number of the version that is looked at
 * @param actions buttons of a version
 */
export function VersionTimeline({ versions, speaking, shown, onShow, actions }: { versions: readonly TimelineVersion[]; speaking: number | null; shown: number; onShow: (version: number) => void; actions?: (version: TimelineVersion) => ReactNode }) {
  const { t } = useLingui();
  const format = useFormat();
  return (
    <ol className={classes.timeline} aria-label={t`Versions, newest first`}>
      {versions.map((entry) => {
        const { version, status, source, size, sha256, submittedAt, submittedBy, decision, notes } = entry;
        const decider = decision?.by ?? '';
        return (
          <li key={version} className={`${classes.entry} ${version === shown ? classes.shown : ''}`}>
            <div className={classes.head}>
              <button type="button" className={classes.number} aria-current={version === shown ? 'true' : undefined} onClick={() => onShow(version)}><Trans>Version {version}</Trans></button>
              <EvidenceStatusMark status={status} />
              {version === speaking ? <span className={classes.speaking}>{t`Counts now`}</span> : null}
            </div>
            <div className={classes.source} title={source}>{source}{size === null ? null : <span className={classes.dim}> {format.bytes(size)}</span>}</div>
            {sha256 ? <div className={classes.line}><span className={classes.dim}>SHA-256</span> <Digest value={sha256} length={16} label={t`Copy SHA-256 of version ${version}`} /></div> : null}
            <div className={classes.line}><Trans>Submitted by {submittedBy}</Trans> <Instant at={submittedAt} /></div>
            {notes ? <p className={classes.quote}>{notes}</p> : null}
            {decision ? (
              <div className={classes.line}>{decision.decision === 'accepted' ? <Trans>Accepted by {decider}</Trans> : <Trans>Rejected by {decider}</Trans>} <Instant at={decision.at} /></div>
            ) : null}
            {decision?.comment ? <p className={classes.quote}>{decision.comment}</p> : null}
            {actions ? <div className={classes.actions}>{actions(entry)}</div> : null}
          </li>
        );
      })}
    </ol>
  );
}
