import { Checkbox, NumberInput, Select, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { RISK_TIERS, type Cadence, type RiskTier } from '@roster/contracts';
import { Panel, RiskTierMark } from '@roster/ui';
import { useId, useState, type ReactNode } from 'react';
import { useMay } from '../../session/may.js';
import { Page } from '../../shell/page.js';
import { toast } from '../../shell/toast.js';
import { ImpactConfirm } from '../impact/impact-confirm.js';
import { ImpactPanel } from '../impact/impact-panel.js';
import { useImpactPreview } from '../impact/use-impact-preview.js';
import { LoadedOrganization } from '../loaded-organization.js';
import { SaveBar } from '../save-bar.js';
import { SettingsConflict } from '../settings-conflict.js';
import type { Organization } from '../settings.queries.js';
import { useSettingsForm } from '../use-settings-form.js';
import { consequencesOf, policyEdit, policyValues, readDays, type PolicyValues } from './policy-values.js';
import { usePolicyWords } from './policy-words.js';
import classes from '../settings.module.css';

/** What a tier asks for, how often is reviewed, and when people are told. */
export function PoliciesPage() {
  const { t } = useLingui();
  return (
    <Page title={t`Policies`} to="/settings/policies" crumbs={[{ label: t`Settings`, to: '/settings' }]} description={t`What each risk tier must prove, how often workloads are reviewed, and when people are warned. A workload without a risk tier is treated as critical.`}>
      <LoadedOrganization>{(organization) => <PolicyForm organization={organization} />}</LoadedOrganization>
    </Page>
  );
}

function PolicyForm({ organization }: { organization: Organization }) {
  const { t } = useLingui();
  const words = usePolicyWords();
  const { allowed } = useMay('access:organization:manage');
  const form = useSettingsForm<PolicyValues>({ name: 'policies', organization, read: policyValues, write: policyEdit, onSaved: () => toast.done({ message: t`The policies are saved. Workloads are evaluated again.` }) });
  const { values, set } = form;
  const off = !allowed;
  const keys = form.pending.map(({ key }) => key);
  const evaluate = useMay('classification:result:evaluate');
  const preview = useImpactPreview(evaluate.allowed ? form.edit : null, organization.version);
  const [confirming, setConfirming] = useState(false);
  const number = (key: keyof PolicyValues & string, min: number, max: number, suffix: string, named: Partial<Named> & { 'aria-label'?: string }) => (
    <NumberInput {...named} className={classes.narrow} size="xs" min={min} max={max} clampBehavior="strict" allowDecimal={false} suffix={suffix === '' ? '' : ` ${suffix}`} disabled={off} value={Number(values[key])} onChange={(value) => { if (typeof value === 'number' && value >= min) set(key, value as never); }} />
  );
  const cadence = (key: keyof PolicyValues & string, named: Named) => <CadenceSelect named={named} value={values[key] as Cadence} disabled={off} onChange={(value) => set(key, value as never)} />;
  return (
    <>
      <Panel title={t`Required sets`} description={t`How much of the framework edition has to be proven before a workload of a tier may count as production, and how long a kill-switch drill counts.`} flush>
        <div className={classes.scroll} tabIndex={0} role="region" aria-label={t`Required sets`}>
          <table className={`${classes.table} ${classes.middle}`}>
            <thead><tr><th scope="col">{t`Risk tier`}</th><th scope="col">{t`Criteria per domain`}</th><th scope="col">{t`Freeze domains in full`}</th><th scope="col">{t`Kill-switch drill counts`}</th></tr></thead>
            <tbody>{RISK_TIERS.map((tier) => {
              const name = words.tier(tier);
              return (
                <tr key={tier}>
                  <th scope="row"><RiskTierMark tier={tier} /></th>
                  <td><Select aria-label={words.label(`minPerDomain.${tier}`)} size="xs" className={classes.narrow} allowDeselect={false} disabled={off} value={String(values[`minPerDomain.${tier}`])} data={[...Array.from({ length: 10 }, (_, n) => ({ value: String(n), label: words.value('minPerDomain', n) })), { value: 'all', label: t`every criterion` }]} onChange={(value) => { if (value) set(`minPerDomain.${tier}`, (value === 'all' ? 'all' : Number(value)) as never); }} /></td>
                  <td><Checkbox aria-label={t`${name}: freeze domains in full`} disabled={off} checked={values[`allOfFreezeDomains.${tier}`] === true} onChange={(event) => set(`allOfFreezeDomains.${tier}`, event.currentTarget.checked as never)} /></td>
                  <td>{number(`killSwitchValidityDays.${tier}`, 1, 730, t`days`, { 'aria-label': words.label(`killSwitchValidityDays.${tier}`) })}</td>
                </tr>
              );
            })}</tbody>
          </table>
        </div>
      </Panel>
      <Panel title={t`Kill switch`}>
        <Setting label={words.label('killSwitchMaxSeconds')} hint={t`A drill passes when the workload is disabled within this time. May be stricter than 300 seconds, never laxer.`}>{(named) => number('killSwitchMaxSeconds', 10, 300, t`seconds`, named)}</Setting>
      </Panel>
      <Panel title={t`Review cadence`} description={t`How often a workload is reviewed after it went live. Due times are in the time zone of the organization.`}>
        <div className={classes.fields}>
          {RISK_TIERS.map((tier) => <Setting key={tier} label={words.label(`productionCadence.${tier}`)}>{(named) => cadence(`productionCadence.${tier}`, named)}</Setting>)}
          <Setting label={words.label('pilotWithPiiOrTools')}>{(named) => cadence('pilotWithPiiOrTools', named)}</Setting>
          <Setting label={words.label('hardeningPilot')}>{(named) => cadence('hardeningPilot', named)}</Setting>
          <Setting label={words.label('dueAtLocalTime')}>{(named) => <TextInput {...named} className={classes.narrow} size="xs" type="time" disabled={off} value={String(values.dueAtLocalTime)} onChange={(event) => { if (event.currentTarget.value) set('dueAtLocalTime', event.currentTarget.value as never); }} />}</Setting>
          <Setting label={words.label('escalateEveryDays')}>{(named) => number('escalateEveryDays', 1, 30, t`days`, named)}</Setting>
          <Setting label={words.label('reminderDaysBefore')} hint={t`Days, separated by commas.`}>{(named) => <DaysInput named={named} most={90} disabled={off} value={values.reminderDaysBefore as readonly number[]} onChange={(days) => set('reminderDaysBefore', days as never)} />}</Setting>
        </div>
        <SignOff value={values.signOffTiers as readonly RiskTier[]} disabled={off} onChange={(tiers) => set('signOffTiers', tiers as never)} />
      </Panel>
      <Panel title={t`Thresholds`}>
        <div className={classes.fields}>
          <Setting label={words.label('ownerReaffirmDays')} hint={t`So many days after they last affirmed.`}>{(named) => number('ownerReaffirmDays', 30, 730, t`days`, named)}</Setting>
          <Setting label={words.label('scaledMinProductionWorkloads')}>{(named) => number('scaledMinProductionWorkloads', 2, 1_000, '', named)}</Setting>
          <Setting label={words.label('freezeBreakGlassMaxDays')} hint={t`At most 14 days.`}>{(named) => number('freezeBreakGlassMaxDays', 1, 14, t`days`, named)}</Setting>
          <Setting label={words.label('decayHorizonDays')} hint={t`So many days ahead.`}>{(named) => number('decayHorizonDays', 1, 365, t`days`, named)}</Setting>
          <Setting label={words.label('evidenceWarnDays')} hint={t`Days, separated by commas.`}>{(named) => <DaysInput named={named} most={365} disabled={off} value={values.evidenceWarnDays as readonly number[]} onChange={(days) => set('evidenceWarnDays', days as never)} />}</Setting>
        </div>
      </Panel>
      {keys.length === 0 ? null : <ImpactPanel preview={preview} why={evaluate.why}><Besides keys={keys} /></ImpactPanel>}
      <SaveBar
        changes={form.pending.map(({ key, before, mine }) => {
          const [label, from, to] = [words.label(key), words.value(key, before), words.value(key, mine)];
          return { key, words: <Trans><strong>{label}</strong>: {from} → {to}</Trans> };
        })}
        restored={form.restored} saving={form.saving} error={form.error} onSave={() => setConfirming(true)} onDiscard={form.discard} act={t`Save policies`}
      />
      <ImpactConfirm opened={confirming} title={t`Save policies`} act={t`Save policies`} preview={preview} busy={form.saving} onConfirm={() => { setConfirming(false); form.save(); }} onClose={() => setConfirming(false)} />
      {form.conflict ? (
        <SettingsConflict conflicts={form.pending.map(({ key, mine }) => ({ key, name: words.label(key), before: words.value(key, form.conflict?.before[key]), mine: words.value(key, mine), theirs: words.value(key, form.conflict?.theirs[key]) }))} busy={form.saving} onMine={form.conflict.saveMine} onTheirs={form.conflict.takeTheirs} onClose={form.conflict.close} />
      ) : null}
    </>
  );
}

/** The description is as wide as its words, not as its field. */
const WIDE = { description: { inlineSize: 'max-content', maxInlineSize: 'min(60ch, 80vw)' } } as const;
interface Named { readonly id: string; readonly description: string | undefined; readonly inputWrapperOrder: ('input' | 'description' | 'error')[]; readonly styles: typeof WIDE }

/** One setting: its label focuses the field, and its hint is read with it. */
function Setting({ label, hint, children }: { label: string; hint?: string; children: (named: Named) => ReactNode }) {
  const id = useId();
  return (
    <div><label htmlFor={id} className={classes.criterion}><span>{label}</span></label>{children({ id, description: hint, inputWrapperOrder: ['input', 'description', 'error'], styles: WIDE })}</div>
  );
}

function CadenceSelect({ value, named, disabled, onChange }: { value: Cadence; named: Named; disabled: boolean; onChange: (value: Cadence) => void }) {
  const words = usePolicyWords();
  const choices = (['monthly', 'quarterly', 'half_yearly', 'yearly'] as const).map((choice) => ({ value: choice as string, label: words.cadence(choice) }));
  // A rule of one's own, set through the API, stays choosable.
  const own = typeof value === 'string' ? [] : [{ value: value.rrule, label: words.cadence(value) }];
  return <Select {...named} size="xs" className={classes.narrow} allowDeselect={false} disabled={disabled} data={[...choices, ...own]} value={typeof value === 'string' ? value : value.rrule} onChange={(chosen) => { if (chosen) onChange(own.some((one) => one.value === chosen) ? value : chosen as Cadence); }} />;
}

function DaysInput({ named, most, value, disabled, onChange }: { named: Named; most: number; value: readonly number[]; disabled: boolean; onChange: (days: readonly number[]) => void }) {
  const { t } = useLingui();
  const [typed, setTyped] = useState<string | null>(null);
  const wrong = typed !== null && readDays(typed, most) === null;
  return (
    <TextInput
      {...named} size="xs" className={classes.narrow} disabled={disabled} value={typed ?? value.join(', ')} error={wrong ? t`Whole numbers from 1 to ${most}, each once.` : undefined}
      onChange={(event) => { const days = readDays(event.currentTarget.value, most); setTyped(event.currentTarget.value); if (days) onChange(days); }} onBlur={() => { if (!wrong) setTyped(null); }}
    />
  );
}

function SignOff({ value, disabled, onChange }: { value: readonly RiskTier[]; disabled: boolean; onChange: (tiers: readonly RiskTier[]) => void }) {
  const { t } = useLingui();
  const words = usePolicyWords();
  return (
    <Checkbox.Group label={t`Sign-off by a second person`} description={t`Reviews of these tiers are complete only when somebody else has signed them.`} mt="md" value={[...value]} onChange={(chosen) => onChange(RISK_TIERS.filter((tier) => chosen.includes(tier)))}>
      <div className={classes.row}>{RISK_TIERS.map((tier) => <Checkbox key={tier} size="xs" value={tier} disabled={disabled} label={words.tier(tier)} />)}</div>
    </Checkbox.Group>
  );
}

/** What saving leads to besides what is counted. */
function Besides({ keys }: { keys: readonly string[] }) {
  const { t } = useLingui();
  const consequences = consequencesOf(keys);
  return (
    <>
      {consequences.has('evaluation') ? <>{t`Workloads are evaluated again at once; each change of a stage stands in its timeline and in the trail.`} </> : null}
      {consequences.has('schedule') ? <>{t`Reviews that have begun, and those that somebody moved by hand, stay as they are.`} </> : null}
      {consequences.has('ownership') ? <>{t`The period counts from the day each owner last affirmed.`} </> : null}
      {consequences.has('reminders') ? <>{t`Reminders and warnings that were sent already are not sent again.`} </> : null}
      {consequences.has('forecast') ? <>{t`A break-glass in force keeps its end.`}</> : null}
    </>
  );
}
