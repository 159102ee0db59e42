import { ActionIcon, Anchor } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import type { Schemas } from '@roster/api-client';
import { CoverageMark, Instant, MeaningBadge } from '@roster/ui';
import { IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { ActButton } from '../../session/act-button.js';
import { useReturnFocus } from '../../shell/return-focus.js';
import { useWorkload } from '../../workload/workload-context.js';
import { keepAsOf } from '../../workload/workload-tabs.js';
import type { Criterion } from '../tabs.queries.js';
import classes from './evidence.module.css';

/** One criterion: what has to hold, where it stands and why, the evidence behind it, and what can be done. */
export function CriterionPanel({ criterion, edition, needed, onClose, onAttach, onLink, onExcept }: {
  criterion: Criterion; edition: Schemas['EditionDto'] | undefined; needed: boolean; onClose: () => void; onAttach: () => void; onLink: () => void; onExcept: (kind: 'exception' | 'not_applicable') => void;
}) {
  const { t } = useLingui();
  const { retired } = useWorkload();
  const head = useRef<HTMLElement>(null);
  useReturnFocus(head, true);
  useEffect(() => { head.current?.scrollIntoView({ block: 'nearest' }); }, [criterion.key]);
  const domain = edition?.domains.find(({ criteria }) => criteria.some(({ key }) => key === criterion.criterionKey));
  const statement = domain?.criteria.find(({ key }) => key === criterion.criterionKey)?.statement;
  const refusal = retired ? t`The workload is retired; its history stays as it is.` : null;
  return (
    <section ref={head} className={classes.criterion} aria-label={`${criterion.id} ${criterion.title}`}>
      <header className={classes.criterionHead}>
        <div>
          <p className={classes.domain}>{domain ? `${domain.id} ${domain.name}` : null}</p>
          <h2><span className={classes.id}>{criterion.id}</span> {criterion.title}</h2>
        </div>
        <ActionIcon aria-label={t`Close details`} onClick={onClose}><IconX size={16} /></ActionIcon>
      </header>
      <div className={classes.criterionBody}>
        <div className={classes.facts}>
          <p className={classes.marks}>
            <CoverageMark status={criterion.status} />
            {needed ? <MeaningBadge meaning="attention">{t`The risk tier needs this`}</MeaningBadge> : null}
            {criterion.wordingVerified ? null : <MeaningBadge meaning="information">{t`Wording not verified`}</MeaningBadge>}
          </p>
          {statement ? <p className={classes.statement}>{statement}</p> : null}
          <p className={classes.dim}>
            {criterion.status === 'missing' ? <Trans>Nothing was ever submitted for this, so nobody knows whether it holds.</Trans> : null}
            {criterion.status === 'submitted' ? <Trans>Submitted, and waiting for somebody other than the submitter to decide. Until then it does not count.</Trans> : null}
            {criterion.status === 'rejected' ? <Trans>What was submitted was rejected. Submit a new version, or other evidence.</Trans> : null}
            {criterion.status === 'expired' ? <Trans>What was accepted has expired and no longer counts.</Trans> : null}
            {criterion.status === 'waived' ? <Trans>Waived by an approved exception with an end.</Trans> : null}
            {criterion.status === 'not_applicable' ? <Trans>Does not apply to this workload; approved by a second person.</Trans> : null}
            {criterion.expiresAt ? <> <Trans>Changes by itself on</Trans> <Instant at={criterion.expiresAt} /></> : null}
          </p>
        </div>
        <div className={classes.items}>
          <h3><Trans>Evidence in place</Trans></h3>
          {criterion.evidence.length === 0 ? <p className={classes.none}>{criterion.status === 'waived' || criterion.status === 'not_applicable' ? t`None; an approved statement stands in for it.` : <MeaningBadge meaning="unknown">{t`None`}</MeaningBadge>}</p> : (
            <ul className={classes.list}>
              {criterion.evidence.map((item) => {
                const { version } = item;
                return (
                <li key={`${item.itemId} ${item.version}`}>
                  <Anchor component={Link} to={`/evidence/${item.itemId}`} search={keepAsOf as never}>{item.title}</Anchor>{' '}
                  <span className={classes.dim}><Trans>version {version}</Trans>{item.expiresAt ? <>, <Trans>expires</Trans> <Instant at={item.expiresAt} only="day" relative={false} /></> : null}</span>
                </li>
                );
              })}
            </ul>
          )}
        </div>
      </div>
      <footer className={`${classes.acts} r-no-print`}>
        <ActButton permission="evidence:item:submit" unless={refusal} onClick={onAttach}>{t`Attach a file`}</ActButton>
        <ActButton permission="evidence:item:submit" unless={refusal} variant="default" onClick={onLink}>{t`Link existing evidence`}</ActButton>
        <ActButton permission="evidence:exception:request" unless={refusal} variant="default" onClick={() => onExcept('exception')}>{t`Request an exception`}</ActButton>
        <ActButton permission="evidence:exception:request" unless={refusal} variant="default" onClick={() => onExcept('not_applicable')}>{t`State that it does not apply`}</ActButton>
      </footer>
    </section>
  );
}
