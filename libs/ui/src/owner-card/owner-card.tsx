import { useLingui } from '@lingui/react/macro';
import type { OwnerStatus } from '@roster/contracts';
import type { ReactNode } from 'react';
import { Instant } from '../format/instant.js';
import { MeaningBadge, type Meaning } from '../status/meaning.js';
import { Person } from '../text/text.js';
import classes from './owner-card.module.css';

/** Somebody who answers in a role, is asked to, or did. */
export interface OwnerPerson {
  readonly id: string;
  readonly name: string | null;
  readonly email: string;
  readonly status: OwnerStatus;
  /** RFC 3339 */
  readonly proposedAt: string;
  readonly effectiveFrom: string | null;
  readonly effectiveTo: string | null;
  readonly reaffirmDueAt: string | null;
  readonly reaffirmOverdue: boolean;
  readonly note: string | null;
  /** An invited person has not joined yet. */
  readonly joined: boolean;
}

/** Words and meaning of an ownership status; only accepted ownership counts (domain.md section 4). */
export function useOwnerStatusWords(): Record<OwnerStatus, { word: string; meaning: Meaning }> {
  const { t } = useLingui();
  return {
    proposed: { word: t`Asked`, meaning: 'attention' }, accepted: { word: t`Accepted`, meaning: 'met' }, declined: { word: t`Declined`, meaning: 'broken' }, orphaned: { word: t`Orphaned`, meaning: 'broken' }, ended: { word: t`Ended`, meaning: 'neutral' },
  };
}

/** The word of an ownership status with its meaning. */
export function OwnerStatusMark({ status, plain = false }: { status: OwnerStatus; plain?: boolean }) {
  const words = useOwnerStatusWords();
  return <MeaningBadge meaning={words[status].meaning} plain={plain}>{words[status].word}</MeaningBadge>;
}

export interface OwnerCardProps {
  /** Name of the role, or number and name of the domain. */
  readonly title: ReactNode;
  /** What the role answers for. */
  readonly purpose?: ReactNode;
  readonly people: readonly OwnerPerson[];
  readonly deputies: readonly OwnerPerson[];
  /** Shown when nobody answers and nobody is asked. */
  readonly empty: ReactNode;
  readonly actions?: ReactNode;
  /** Acts of one person's entry, such as accepting. */
  readonly actsOf?: (person: OwnerPerson, position: 'owner' | 'deputy') => ReactNode;
}

/** Who answers for one role or domain: the owner, whoever is asked, the deputy, and what is wrong with it. */
export function OwnerCard({ title, purpose, people, deputies, empty, actions, actsOf }: OwnerCardProps) {
  const { t } = useLingui();
  return (
    <article className={classes.card}>
      <header className={classes.head}>
        <h3 className={classes.title}>{title}</h3>
        {purpose ? <p className={classes.purpose}>{purpose}</p> : null}
      </header>
      <div className={classes.body}>
        {people.length === 0 ? <p className={classes.empty}><span className={`${classes.gap} r-hatched`} aria-hidden />{empty}</p> : people.map((person) => <Entry key={person.id} person={person} acts={actsOf?.(person, 'owner')} />)}
        {deputies.map((person) => <Entry key={person.id} person={person} label={t`Deputy`} acts={actsOf?.(person, 'deputy')} />)}
      </div>
      {actions ? <footer className={`${classes.acts} r-no-print`}>{actions}</footer> : null}
    </article>
  );
}

function Entry({ person, label, acts }: { person: OwnerPerson; label?: string; acts?: ReactNode }) {
  const { t } = useLingui();
  return (
    <div className={classes.entry}>
      <div className={classes.who}>
        {label ? <span className={classes.label}>{label}</span> : null}
        <Person name={person.name ?? person.email} status={person.status === 'orphaned' ? 'orphaned' : person.joined ? 'active' : 'invited'} />
        <OwnerStatusMark status={person.status} />
        {person.joined ? null : <MeaningBadge meaning="information" plain>{t`Invited, not joined yet`}</MeaningBadge>}
      </div>
      <p className={classes.facts}>
        {person.name ? <span className={classes.mail}>{person.email}</span> : null}
        {person.status === 'proposed' ? <span>{t`asked`} <Instant at={person.proposedAt} only="relative" /></span> : null}
        {person.effectiveFrom && person.status === 'accepted' ? <span>{t`since`} <Instant at={person.effectiveFrom} only="day" relative={false} /></span> : null}
        {person.status === 'orphaned' ? <span>{t`left the organization; nobody answers in their place`}</span> : null}
        {person.reaffirmDueAt && person.status === 'accepted' ? (
          <span className={person.reaffirmOverdue ? classes.late : undefined}>{person.reaffirmOverdue ? t`re-affirmation overdue since` : t`to be re-affirmed by`} <Instant at={person.reaffirmDueAt} only="day" relative={false} /></span>
        ) : null}
        {person.note ? <q className={classes.note}>{person.note}</q> : null}
      </p>
      {acts ? <div className={`${classes.entryActs} r-no-print`}>{acts}</div> : null}
    </div>
  );
}
