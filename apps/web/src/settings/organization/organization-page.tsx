import { Select, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { DefinitionList, Instant, MeaningBadge, Panel, useFormat } from '@roster/ui';
import { useMemo, useState } from 'react';
import { useNow } from '../../clock/now.js';
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
import classes from '../settings.module.css';

interface Values extends Record<string, unknown> { readonly name: string; readonly timeZone: string }

/** What the organization is called and where its days begin. */
export function OrganizationPage() {
  const { t } = useLingui();
  return (
    <Page title={t`Organization`} to="/settings/organization" crumbs={[{ label: t`Settings`, to: '/settings' }]} description={t`Its name, and the time zone in which reviews fall due and days are counted.`}>
      <LoadedOrganization>{(organization) => <OrganizationForm organization={organization} />}</LoadedOrganization>
    </Page>
  );
}

function OrganizationForm({ organization }: { organization: Organization }) {
  const { t } = useLingui();
  const { allowed, why } = useMay('access:organization:manage');
  const now = useNow();
  const { locale } = useFormat();
  const form = useSettingsForm<Values>({
    name: 'organization', organization, read: ({ name, timeZone }) => ({ name, timeZone }), write: (changed) => changed, onSaved: () => toast.done({ message: t`The settings are saved.` }),
  });
  const evaluate = useMay('classification:result:evaluate');
  const zone = form.edit?.timeZone;
  const preview = useImpactPreview(evaluate.allowed && zone !== undefined ? { timeZone: zone } : null, organization.version);
  const [confirming, setConfirming] = useState(false);
  const zones = useMemo(() => [...new Set([organization.timeZone, 'UTC', ...Intl.supportedValuesOf('timeZone')])].sort(), [organization.timeZone]);
  const names: Readonly<Record<string, string>> = { name: t`Name`, timeZone: t`Time zone` };
  const clock = useMemo(() => new Intl.DateTimeFormat(locale, { timeZone: form.values.timeZone, weekday: 'long', hour: '2-digit', minute: '2-digit', timeZoneName: 'long' }).format(now), [locale, form.values.timeZone, now]);
  const missing = form.values.name.trim() === '';
  return (
    <>
      <Panel title={t`Name and time zone`}>
        <div className={classes.form}>
          <TextInput label={t`Name`} value={form.values.name} maxLength={200} disabled={!allowed} description={allowed ? undefined : why} error={missing ? t`Say what the organization is called.` : undefined} onChange={(event) => form.set('name', event.currentTarget.value)} />
          <Select label={t`Time zone`} searchable data={zones} value={form.values.timeZone} disabled={!allowed} allowDeselect={false} nothingFoundMessage={t`No such time zone`} description={<Trans>There it is now {clock}.</Trans>} onChange={(zone) => { if (zone) form.set('timeZone', zone); }} />
        </div>
      </Panel>
      <Panel title={t`About this organization`}>
        <DefinitionList items={[
          { term: t`Created`, value: <Instant at={organization.createdAt} /> }, { term: t`Framework edition`, value: <code>{organization.edition}</code> },
          ...(organization.demo ? [{ term: t`Kind`, value: <MeaningBadge meaning="information">{t`Demo: everything in it is made up`}</MeaningBadge> }] : []),
        ]} />
      </Panel>
      {zone === undefined ? null : <ImpactPanel preview={preview} why={evaluate.why}><Trans>Every date in Roster is shown in the new time zone. Reviews that have begun, and those that somebody moved by hand, stay as they are.</Trans></ImpactPanel>}
      <SaveBar
        changes={form.pending.map(({ key, before, mine }) => {
          const [label, from, to] = [names[key] ?? key, String(before), String(mine)];
          return { key, words: <Trans><strong>{label}</strong>: {from} → {to}</Trans> };
        })}
        restored={form.restored} saving={form.saving} error={missing ? null : form.error} onSave={() => { if (missing) return; if (zone === undefined) form.save(); else setConfirming(true); }} onDiscard={form.discard} act={t`Save settings`}
      />
      <ImpactConfirm opened={confirming} title={t`Change the time zone`} act={t`Save settings`} preview={preview} busy={form.saving} onConfirm={() => { setConfirming(false); form.save(); }} onClose={() => setConfirming(false)} />
      {form.conflict ? (
        <SettingsConflict conflicts={form.pending.map(({ key, mine }) => ({ key, name: names[key] ?? key, before: String(form.conflict?.before[key]), mine: String(mine), theirs: String(form.conflict?.theirs[key]) }))} busy={form.saving} onMine={form.conflict.saveMine} onTheirs={form.conflict.takeTheirs} onClose={form.conflict.close} />
      ) : null}
    </>
  );
}
