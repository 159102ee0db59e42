import { useLingui } from '@lingui/react/macro';
import { ProblemAlert, TextSkeleton, useFormat } from '@roster/ui';
import { shownProblem } from '../api/problem.js';
import type { PackPreview as Preview } from './packs.queries.js';
import classes from './packs.module.css';

/** What a pack will hold, counted by the rules that build it. */
export function PackPreview({ preview, stale, error, waiting }: { preview: Preview | undefined; stale: boolean; error: Error | null; waiting: string | null }) {
  const { t } = useLingui();
  const format = useFormat();
  if (waiting !== null) return <p className={classes.dim}>{waiting}</p>;
  if (error) return <ProblemAlert problem={shownProblem(error)} compact />;
  if (!preview) return <TextSkeleton lines={4} />;
  const { leftOut } = preview;
  const reasons: readonly (readonly [number, string])[] = [
    [leftOut.outsideFilter, t`workloads outside the scope`], [leftOut.withdrawn, t`workloads whose import was rolled back`], [leftOut.merged, t`workloads merged into others`],
    [leftOut.registeredLater, t`workloads registered later`], [leftOut.addresses, t`addresses: no file is held`], [leftOut.quarantined, t`files whose checks are not finished`], [leftOut.refused, t`files that a check refused`],
  ];
  const entries = format.number(preview.trailEntries);
  const shown = reasons.filter(([count]) => count > 0);
  return (
    <div aria-live="polite" aria-busy={stale}>
      <dl className={classes.sum}>
        <dt>{format.number(preview.workloads)}</dt><dd>{t`workloads`}</dd>
        <dt>{format.number(preview.evidenceFiles)}</dt><dd>{t`evidence files`}</dd>
        <dt>{format.bytes(preview.evidenceBytes)}</dt><dd>{t`of evidence; documents come on top`}</dd>
        <dt>{preview.trailEntriesCapped ? t`over ${entries}` : entries}</dt><dd>{preview.trailEntriesCapped ? t`trail entries, each with its proof; more are not counted beforehand` : t`trail entries, each with its proof`}</dd>
      </dl>
      <p className={classes.busy}>{stale ? t`Counting…` : null}</p>
      {shown.length > 0 ? (
        <div className={classes.left}>
          {t`Left out, and listed in the pack with the reason:`}
          <ul>{shown.map(([count, reason]) => <li key={reason}>{format.number(count)} {reason}</li>)}</ul>
        </div>
      ) : null}
    </div>
  );
}
