import { useLingui } from '@lingui/react/macro';
import { OWNER_ROLES } from '@roster/contracts';
import { DefinitionList, MeaningBadge, Panel, Person, useOwnerRoleWords } from '@roster/ui';
import { ActButton } from '../../session/act-button.js';
import { useActs } from '../acts/acts.js';
import { useWorkload } from '../workload-context.js';
import classes from './overview.module.css';

/** Who answers for it, role by role; nobody is said out loud. */
export function OwnersPanel() {
  const { t } = useLingui();
  const { workload, retired } = useWorkload();
  const roles = useOwnerRoleWords();
  const open = useActs();
  return (
    <Panel title={t`Owners`}>
      <DefinitionList items={OWNER_ROLES.map((role) => {
        const people = workload.owners.filter((owner) => owner.role === role && owner.domain === null);
        const name = roles[role];
        return {
          key: role, term: name,
          value: (
            <div className={classes.people}>
              {people.map((owner) => (
                <span key={`${owner.email} ${owner.position}`} className={classes.person}>
                  <Person name={owner.name ?? owner.email} status={owner.status === 'orphaned' ? 'orphaned' : 'active'} />
                  {owner.position === 'deputy' ? <span className={classes.dim}>{t`deputy`}</span> : null}
                  {owner.status === 'proposed' ? <MeaningBadge meaning="attention" plain>{t`asked, not accepted`}</MeaningBadge> : null}
                </span>
              ))}
              {people.length === 0 ? <span className={classes.person}><Person name={null} /> {retired ? null : <span className="r-no-print"><ActButton permission="inventory:owner:assign" variant="subtle" size="compact-xs" aria-label={t`Assign owner: ${name}`} onClick={() => open({ act: 'assign-owner', role })}>{t`Assign`}</ActButton></span>}</span> : null}
            </div>
          ),
        };
      })} />
    </Panel>
  );
}
