import { Button, Select } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { OWNER_ROLES } from '@roster/contracts';
import { CardSkeleton, ConfirmDialog, Instant, MeaningBadge, OwnerCard, OwnerStatusMark, Panel, Person, ProblemAlert, useFormat } from '@roster/ui';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { shownProblem } from '../../api/problem.js';
import { ActButton } from '../../session/act-button.js';
import { useMe } from '../../session/me.js';
import { toast } from '../../shell/toast.js';
import { useWorkload } from '../../workload/workload-context.js';
import { editionQuery, useWorkloadChanged } from '../../workload/workload.queries.js';
import { assessableEditionsQuery, ownersQuery, type Owner } from '../tabs.queries.js';
import { isOwnerRole, standingIn, toPerson, useRoleWords, type OwnerSlot } from './owner-slot.js';
import { answerOwnership, endOwnership } from './owner.mutations.js';
import classes from './owners.module.css';

const AssignOwnerDialog = lazy(() => import('../../workload/acts/assign-owner-dialog.js'));
const DeclineDialog = lazy(() => import('./decline-dialog.js'));

interface Wanted { readonly act: 'propose' | 'decline' | 'end'; readonly slot: OwnerSlot; readonly name: string; readonly position: Owner['position'] }

/** Who answers for the workload: its roles, and its domains by edition (domain.md section 4). */
export function OwnersTab() {
  const { t } = useLingui();
  const me = useMe();
  const { workload, asOf, retired } = useWorkload();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as { edition?: string };
  const roles = useRoleWords();
  const owners = useQuery(ownersQuery(workload.key, asOf));
  const { data: editions = [] } = useQuery(assessableEditionsQuery);
  const editionId = search.edition ?? me.organization.edition;
  const edition = useQuery(editionQuery(editionId));
  const changed = useWorkloadChanged(workload.key);
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const accept = useMutation({
    mutationFn: ({ slot, position }: { slot: OwnerSlot; position: Owner['position'] }) => answerOwnership(workload.key, slot, 'accept', position, null),
    onSuccess: async () => { await changed(); toast.done({ message: t`You answer for it now. The workload is evaluated again.` }); },
    onError: toast.failed,
  });
  const end = useMutation({
    mutationFn: ({ slot, position }: Wanted) => endOwnership(workload.key, slot, position),
    onSuccess: async () => { setWanted(null); await changed(); toast.done({ message: t`Ended. The workload is evaluated again.` }); },
    onError: (error) => { setWanted(null); toast.failed(error); },
  });
  if (owners.error) return <ProblemAlert problem={shownProblem(owners.error)} onRetry={() => void owners.refetch()} />;
  if (!owners.data) return <div className={classes.cards}><CardSkeleton lines={3} /><CardSkeleton lines={3} /><CardSkeleton lines={3} /></div>;
  const all = owners.data;
  const refusal = retired ? t`The workload is retired; its owners are history.` : null;

  const card = (slot: OwnerSlot, name: string, purpose?: string) => {
    const people = standingIn(all, slot, 'owner');
    const deputies = standingIn(all, slot, 'deputy');
    const of = (id: string): Owner | undefined => [...people, ...deputies].find((owner) => owner.id === id);
    return (
      <OwnerCard
        key={name} title={name} purpose={purpose} people={people.map(toPerson)} deputies={deputies.map(toPerson)} empty={t`Nobody answers for this, and nobody is asked.`}
        actsOf={({ id, status }, position) => {
          const owner = of(id);
          const mine = owner !== undefined && (owner.memberId === me.member.id || (owner.memberId === null && owner.email.toLowerCase() === me.user.email.toLowerCase()));
          if (mine && status === 'proposed') {
            return (
              <>
                <ActButton permission="inventory:owner:respond" unless={refusal} size="compact-sm" loading={accept.isPending} onClick={() => accept.mutate({ slot, position })}>{t`Accept`}</ActButton>
                <ActButton permission="inventory:owner:respond" unless={refusal} size="compact-sm" variant="default" onClick={() => setWanted({ act: 'decline', slot, name, position })}>{t`Decline`}</ActButton>
              </>
            );
          }
          if (mine && status === 'accepted') return <ActButton permission="inventory:owner:respond" unless={refusal} size="compact-sm" variant={owner.reaffirmOverdue ? 'filled' : 'default'} onClick={() => accept.mutate({ slot, position })}>{t`Re-affirm`}</ActButton>;
          if (status === 'orphaned') {
            return <MeaningBadge meaning="broken">{workload.riskOwner?.name ? t`Task of the risk owner: find a successor` : t`To be done: find a successor`}</MeaningBadge>;
          }
          return null;
        }}
        actions={(
          <>
            <ActButton permission="inventory:owner:assign" unless={refusal} variant="default" size="compact-sm" onClick={() => setWanted({ act: 'propose', slot, name, position: 'owner' })}>{people.length === 0 ? t`Propose an owner` : t`Propose a successor`}</ActButton>
            {deputies.length === 0 ? <ActButton permission="inventory:owner:assign" unless={refusal} variant="subtle" size="compact-sm" onClick={() => setWanted({ act: 'propose', slot, name, position: 'deputy' })}>{t`Add a deputy`}</ActButton> : null}
            {people.some(({ status }) => status !== 'orphaned') ? <ActButton permission="inventory:owner:assign" unless={refusal} variant="subtle" color="gray" size="compact-sm" onClick={() => setWanted({ act: 'end', slot, name, position: 'owner' })}>{t`End`}</ActButton> : null}
            {deputies.length > 0 ? <ActButton permission="inventory:owner:assign" unless={refusal} variant="subtle" color="gray" size="compact-sm" onClick={() => setWanted({ act: 'end', slot, name, position: 'deputy' })}>{t`End the deputy`}</ActButton> : null}
          </>
        )}
      />
    );
  };
  const wantedName = wanted?.name ?? '';
  return (
    <div className={classes.tab}>
      <Panel title={t`Roles`} description={t`Only an owner who has accepted and is still a member counts.`}>
        <div className={classes.cards}>{OWNER_ROLES.map((role) => card({ kind: 'role', role }, roles[role].name, roles[role].purpose))}</div>
      </Panel>
      <Panel
        title={t`Domain owners`} description={t`An owner and a deputy for each domain of a framework edition.`}
        actions={<Select aria-label={t`Edition`} size="xs" w={280} allowDeselect={false} value={editionId} data={editions.map(({ id, title }) => ({ value: id, label: title }))} onChange={(value) => void navigate({ to: '.', search: ((previous: Record<string, unknown>) => ({ ...previous, edition: value ?? undefined })) as never, replace: true, resetScroll: false })} />}
      >
        {edition.error ? <ProblemAlert problem={shownProblem(edition.error)} onRetry={() => void edition.refetch()} compact /> : null}
        {edition.data ? <div className={classes.cards}>{edition.data.domains.map((domain) => card({ kind: 'domain', edition: editionId, domain: domain.id }, `${domain.id} ${domain.name}`))}</div> : edition.error ? null : <CardSkeleton lines={4} />}
      </Panel>
      <Former owners={all} domainName={(key) => edition.data?.domains.find((domain) => domain.key === key)?.name ?? null} />
      <Suspense fallback={null}>{wanted?.act === 'propose' ? <AssignOwnerDialog slot={wanted.slot} name={wanted.name} position={wanted.position} onClose={() => setWanted(null)} /> : null}</Suspense>
      <Suspense fallback={null}>
        {wanted?.act === 'decline' ? (
          <DeclineDialog
            workloadKey={workload.key} what={wanted.position === 'deputy' ? t`${wantedName}, deputy` : wantedName} draft={`${workload.id}:${JSON.stringify(wanted.slot)}:${wanted.position}`}
            decline={(note) => answerOwnership(workload.key, wanted.slot, 'decline', wanted.position, note)} onClose={() => setWanted(null)}
            onDeclined={() => { setWanted(null); toast.done({ message: t`You have declined. Whoever proposed you will see it.` }); void changed(); }}
          />
        ) : null}
      </Suspense>
      <ConfirmDialog
        opened={wanted?.act === 'end'} title={t`End: ${wantedName}`} act={t`End it`} onClose={() => setWanted(null)} onConfirm={() => { if (wanted) end.mutate(wanted); }} busy={end.isPending} danger
      >
        <Trans>Whoever answers for this, or is asked to, is relieved without a successor. The stage may fall. The history stays.</Trans>
      </ConfirmDialog>
    </div>
  );
}

const SHOWN = 20;

/** Who answered before, or said no. */
function Former({ owners, domainName }: { owners: readonly Owner[]; domainName: (key: string) => string | null }) {
  const { t } = useLingui();
  const format = useFormat();
  const roles = useRoleWords();
  const [all, setAll] = useState(false);
  const former = owners.filter(({ status }) => status === 'ended' || status === 'declined' || status === 'orphaned');
  if (former.length === 0) return null;
  const shown = all ? former : former.slice(0, SHOWN);
  const count = format.number(former.length);
  const part = format.number(shown.length);
  const nameOf = ({ domain, role }: Owner): string => (domain ? `${domain.slice(domain.indexOf('/') + 1)} ${domainName(domain) ?? domain.slice(0, domain.indexOf('/'))}` : isOwnerRole(role) ? roles[role].name : role);
  return (
    <Panel title={t`Before`} flush>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={t`Owners of the past`}>
        <table className={classes.table}>
          <thead><tr><th scope="col">{t`Who`}</th><th scope="col">{t`For what`}</th><th scope="col">{t`How it ended`}</th><th scope="col">{t`From`}</th><th scope="col">{t`Until`}</th><th scope="col">{t`What they said`}</th></tr></thead>
          <tbody>
            {shown.map((owner) => (
              <tr key={owner.id}>
                <td><Person name={owner.name ?? owner.email} status={owner.status === 'orphaned' ? 'orphaned' : 'active'} /></td>
                <td>{nameOf(owner)}{owner.position === 'deputy' ? <span className={classes.dim}> <Trans>deputy</Trans></span> : null}</td>
                <td><OwnerStatusMark status={owner.status} plain /></td>
                <td><Instant at={owner.effectiveFrom} only="day" relative={false} /></td>
                <td><Instant at={owner.effectiveTo ?? owner.respondedAt} only="day" relative={false} /></td>
                <td className={classes.note}>{owner.note}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {former.length > shown.length ? <p className={classes.more}><Trans>{part} of {count}</Trans> <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>{t`Show all`}</Button></p> : null}
    </Panel>
  );
}
