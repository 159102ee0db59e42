import { Anchor } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { COVERAGE_ICONS, MeaningBadge, Panel, useFormat } from '@roster/ui';
import type { Coverage, Criterion } from '../tabs.queries.js';
import classes from './evidence.module.css';

/** What the tier still needs, by domain, and why each domain needs it (domain.md section 5, required set per tier). */
export function MissingPanel({ coverage, onOpen }: { coverage: Coverage; onOpen: (key: string) => void }) {
  const { t } = useLingui();
  const { required, domains, tier, tierIsSet } = coverage;
  const needed = new Set(required.missing);
  const open = domains.map((domain) => ({ domain, criteria: domain.criteria.filter(({ key }) => needed.has(key)) })).filter(({ criteria }) => criteria.length > 0);
  const tiers = { low: t`low`, medium: t`medium`, high: t`high`, critical: t`critical` };
  const tierName = tiers[tier];
  const count = required.missing.length;
  return (
    <Panel
      title={count === 0 ? t`Nothing is missing for the risk tier` : <Plural value={count} one="# criterion is missing for the risk tier" other="# criteria are missing for the risk tier" />}
      description={tierIsSet ? <Trans>This is a shortest way to the required set of the {tierName} tier; other criteria of the same domain count as well.</Trans> : <Trans>No risk tier is set, so everything the critical tier needs is required. Setting a tier may shorten this list.</Trans>}
    >
      {count === 0 ? <MeaningBadge meaning="met"><Trans>Every domain has what its tier needs.</Trans></MeaningBadge> : (
        <ul className={classes.missing}>
          {open.map(({ domain, criteria }) => {
            const { total } = domain.required;
            return (
              <li key={domain.id}>
                <h3>{domain.id} {domain.name}</h3>
                <p className={classes.dim}>
                  {domain.blocking ? <Trans>Needed in full, because the workload executes tools or might.</Trans> : domain.freeze ? <Trans>Needs {total} here; an open gap in this domain also freezes scope expansion.</Trans> : <Trans>Needs {total} here.</Trans>}
                </p>
                <ul className={classes.needs}>{criteria.map((criterion) => <Need key={criterion.key} criterion={criterion} onOpen={onOpen} />)}</ul>
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}

function Need({ criterion, onOpen }: { criterion: Criterion; onOpen: (key: string) => void }) {
  const { t } = useLingui();
  const format = useFormat();
  const Icon = COVERAGE_ICONS[criterion.status];
  const name = `${criterion.id} ${criterion.title}`;
  const since = criterion.evidence.find(({ expiresAt }) => expiresAt)?.expiresAt;
  const day = since ? format.day(since) : '';
  return (
    <li className={classes.need}>
      <Icon size={15} aria-hidden className={classes.needIcon} />
      <Anchor component="button" type="button" size="sm" onClick={() => onOpen(criterion.key)}>
        {criterion.status === 'submitted' ? t`Waiting for a decision: evidence for ${name}`
          : criterion.status === 'expired' && since ? t`Expired on ${day}: evidence for ${name}`
            : criterion.status === 'rejected' ? t`Rejected: evidence for ${name}` : t`Missing: accepted evidence for ${name}`}
      </Anchor>
    </li>
  );
}
