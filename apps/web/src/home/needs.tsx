import { Trans, useLingui } from '@lingui/react/macro';
import type { Schemas } from '@roster/api-client';
import { useGapWords, Instant, MeaningBadge, ReviewStateMark, RiskTierMark, StageBadge, useEvidenceKindWords, useFormat, useOwnerRoleWords, useStageName } from '@roster/ui';
import { IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { standingOf } from '../reviews/review-standing.js';
import { useMe } from '../session/me.js';
import { editionQuery, gapNamesOf } from '../workload/workload.queries.js';
import { SeverityMark } from '../reviews/severity-mark.js';
import { Block, Row, RowLine } from './block.js';
import { exceptionPage, orphanPage, type Home, type Orphan } from './home.queries.js';
import classes from './home.module.css';
import { Ownerships } from './ownerships.js';

type Named = Schemas['HomeWorkloadDto'];

/** Everything that waits for the person, the pressing first. What does not wait is said in one line: an empty page would not tell whether anybody looked. */
export function Needs({ home }: { home: Home }) {
  const { t } = useLingui();
  const blocks: { name: string; block: { count: number } | null; shown: ReactNode }[] = [
    { name: t`overdue reviews`, block: home.reviewsOverdue, shown: <Reviews title={t`Overdue reviews`} block={home.reviewsOverdue} /> },
    { name: t`reviews to sign off`, block: home.reviewsToSignOff, shown: <Reviews title={t`Reviews for your sign-off`} block={home.reviewsToSignOff} /> },
    { name: t`ownerships to accept`, block: home.ownershipsToAccept, shown: home.ownershipsToAccept ? <Ownerships block={home.ownershipsToAccept} status="proposed" /> : null },
    { name: t`actions due`, block: home.actions, shown: <Actions block={home.actions} /> },
    { name: t`evidence to decide`, block: home.evidenceToDecide, shown: <Evidence block={home.evidenceToDecide} /> },
    { name: t`exceptions to decide`, block: home.exceptionsToDecide, shown: <Exceptions block={home.exceptionsToDecide} /> },
    { name: t`stages that fall`, block: home.falls, shown: <Falls block={home.falls} days={home.horizonDays} /> },
    { name: t`reviews due within a week`, block: home.reviewsDue, shown: <Reviews title={t`Reviews due within a week`} block={home.reviewsDue} /> },
    { name: t`owners who left`, block: home.orphanedOwners, shown: <Orphans block={home.orphanedOwners} /> },
    { name: t`workloads without a risk owner`, block: home.unowned, shown: <Unowned block={home.unowned} /> },
    { name: t`frozen workloads`, block: home.frozen, shown: <Standings title={t`Frozen: their scope must not grow`} block={home.frozen} /> },
    { name: t`workloads on the way to the next stage`, block: home.nextStage, shown: <Standings title={t`On the way to the next stage`} block={home.nextStage} /> },
    { name: t`ownerships to affirm`, block: home.ownershipsToAffirm, shown: home.ownershipsToAffirm ? <Ownerships block={home.ownershipsToAffirm} status="accepted" /> : null },
  ];
  const waiting = blocks.filter(({ block }) => block !== null && block.count > 0);
  const clear = blocks.filter(({ block }) => block !== null && block.count === 0).map(({ name }) => name);
  const list = new Intl.ListFormat(useFormat().locale, { type: 'conjunction' }).format(clear);
  return (
    <>
      {waiting.map(({ name, shown }) => <div key={name}>{shown}</div>)}
      {clear.length > 0 ? <p className={classes.clear}><IconCircleCheck size={16} aria-hidden className={classes.clearIcon} /><span>{waiting.length === 0 ? <strong>{t`Nothing waits for you.`} </strong> : null}<Trans>Looked at, and clear: {list}.</Trans></span></p> : null}
    </>
  );
}

const Name = ({ workload }: { workload: Named }) => <><span className={classes.key}>{workload.key}</span> {workload.name}</>;

function Reviews({ title, block }: { title: string; block: Home['reviewsDue'] }) {
  const { now } = useFormat();
  if (!block) return null;
  return <Block title={title} count={block.count} shown={block.items.length} rows={block.rows}>{block.items.map((review) => <Row key={review.id} to={`/reviews/${review.id}`} label={<Name workload={review.workload} />} of={<><ReviewStateMark state={standingOf(review, now.getTime())} plain /> <RiskTierMark tier={review.riskTier} /></>} meta={<Instant at={review.dueAt} only="relative" />} />)}</Block>;
}

function Actions({ block }: { block: Home['actions'] }) {
  const { t } = useLingui();
  if (!block) return null;
  return <Block title={t`Your actions due`} count={block.count} shown={block.items.length} rows={block.rows}>{block.items.map((action) => <Row key={action.id} to={`/actions/${action.id}`} label={action.title} of={<><SeverityMark severity={action.severity} /> <span className={classes.key}>{action.workload.key}</span></>} meta={action.overdue ? <MeaningBadge meaning="broken" plain><Instant at={action.dueAt} only="relative" /></MeaningBadge> : <Instant at={action.dueAt} only="relative" />} />)}</Block>;
}

function Evidence({ block }: { block: Home['evidenceToDecide'] }) {
  const { t } = useLingui();
  const kinds = useEvidenceKindWords() as Readonly<Record<string, string>>;
  if (!block) return null;
  return (
    <Block title={t`Evidence to decide`} count={block.count} shown={block.items.length} rows={block.rows}>
      {block.items.map((item) => {
        const [kind, version, by] = [kinds[item.kind] ?? item.kind, item.version, item.submittedBy];
        return <Row key={item.id} to={`/evidence/${item.id}`} label={item.title} of={by ? <Trans>{kind}, version {version}, from {by}</Trans> : <Trans>{kind}, version {version}</Trans>} meta={<Instant at={item.waitingSince} only="relative" />} />;
      })}
    </Block>
  );
}

function Exceptions({ block }: { block: Home['exceptionsToDecide'] }) {
  const { t } = useLingui();
  if (!block) return null;
  const row = ({ id, workload, kind, of, by, at }: { id: string; workload: Named; kind: string; of: string; by: string | null; at: string }) =>
    <Row key={id} to={`/workloads/${workload.key}/evidence`} label={<Name workload={workload} />} of={<>{kind === 'exception' ? t`Exception` : t`Not applicable`} · {of}{by ? ` · ${by}` : ''}</>} meta={<Instant at={at} only="relative" />} />;
  return (
    <Block
      title={t`Exceptions to decide`} count={block.count} shown={block.items.length}
      all={{ pages: exceptionPage(block.rows), row: (item: Schemas['ExceptionDto']) => row({ ...item, of: item.criterion, by: item.requestedBy.name, at: item.requestedAt }) }}
    >
      {block.items.map((item) => row({ ...item, of: item.requirement, by: item.requestedBy, at: item.requestedAt }))}
    </Block>
  );
}

function Falls({ block, days }: { block: Home['falls']; days: number }) {
  const { t } = useLingui();
  const stage = useStageName();
  if (!block) return null;
  return (
    <Block title={t`Stages that fall within ${days} days`} count={block.count} shown={block.items.length} rows={block.rows}>
      {block.items.map((fall) => {
        const to = fall.to ? stage(fall.to, fall.hardening) : null;
        return <Row key={fall.workload.id} to={`/workloads/${fall.workload.key}`} label={<Name workload={fall.workload} />} of={<><StageBadge stage={fall.from} /> {to ? <Trans>falls to {to}</Trans> : null}</>} meta={<Instant at={fall.fallsAt} only="relative" />} />;
      })}
    </Block>
  );
}

function Orphans({ block }: { block: Home['orphanedOwners'] }) {
  const { t } = useLingui();
  const roles = useOwnerRoleWords() as Readonly<Record<string, string>>;
  if (!block) return null;
  const row = (slot: Orphan) => {
    const [role, left] = [slot.domain ?? roles[slot.role] ?? slot.role, slot.left];
    return <Row key={`${slot.workload.id} ${slot.role} ${slot.domain ?? ''}`} to={`/workloads/${slot.workload.key}/owners`} label={<Name workload={slot.workload} />} of={left ? <Trans>{role}: {left} left, nobody is asked</Trans> : <Trans>{role}: nobody is asked</Trans>} meta={<Instant at={slot.since} only="relative" />} />;
  };
  return <Block title={t`Owners who left`} count={block.count} shown={block.items.length} all={{ pages: orphanPage, row }}>{block.items.map(row)}</Block>;
}

function Unowned({ block }: { block: Home['unowned'] }) {
  const { t } = useLingui();
  if (!block) return null;
  return <Block title={t`Without a risk owner`} count={block.count} shown={block.items.length} rows={block.rows}>{block.items.map((workload) => <Row key={workload.id} to={`/workloads/${workload.key}/owners`} label={<Name workload={workload} />} />)}</Block>;
}

/** Workloads with the first gaps that stand in their way. */
function Standings({ title, block }: { title: string; block: Home['frozen'] }) {
  const { organization } = useMe();
  const edition = useQuery({ ...editionQuery(organization.edition), enabled: block !== null && block.items.length > 0 }).data;
  const words = useGapWords(useMemo(() => gapNamesOf(edition), [edition]));
  if (!block) return null;
  return (
    <Block title={title} count={block.count} shown={block.items.length} rows={block.rows}>
      {block.items.map((one) => {
        const more = one.gapCount - one.gaps.length;
        return (
          <li key={one.workload.id} className={classes.standingRow}>
            <RowLine to={`/workloads/${one.workload.key}`} label={<Name workload={one.workload} />} meta={<StageBadge stage={one.stage} hardening={one.hardening} undetermined={one.undetermined} frozen={one.frozen} />} />
            {one.gaps.length > 0 ? <ul className={classes.gaps}>{one.gaps.map((gap) => <li key={`${gap.fact} ${gap.message}`}>{words(gap)}</li>)}{more > 0 ? <li className={classes.dim}><Trans>and {more} more</Trans></li> : null}</ul> : null}
          </li>
        );
      })}
    </Block>
  );
}
