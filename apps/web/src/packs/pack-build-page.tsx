import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { Panel, ProblemAlert, useFormat } from '@roster/ui';
import { IconBoxSeam } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { api } from '../api/client.js';
import { shownProblem } from '../api/problem.js';
import { useDraft } from '../forms/use-draft.js';
import { ActButton } from '../session/act-button.js';
import { useMay } from '../session/may.js';
import { useMe } from '../session/me.js';
import { Page } from '../shell/page.js';
import { draftGap, EMPTY_DRAFT, packRequest, type PackDraft } from './pack-draft.js';
import { PackPreview } from './pack-preview.js';
import { PackScopeFields } from './pack-scope-fields.js';
import { editionsQuery, previewQuery } from './packs.queries.js';
import classes from './packs.module.css';

const route = getRouteApi('/_app/packs/new');
const SETTLE_MS = 300;

/** Asks for a pack: what it is about, from when, in which forms; beside it what it will hold. */
export function PackBuildPage() {
  const { t } = useLingui();
  const format = useFormat();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { organization } = useMe();
  const { workload = [] } = route.useSearch();
  const chosen = typeof workload === 'string' ? [workload] : workload;
  const draft = useDraft<PackDraft>('pack', EMPTY_DRAFT);
  const [values, setValues] = useState<PackDraft>(chosen.length > 0 ? { ...draft.values, scope: 'workloads', workloads: chosen } : draft.values);
  const editions = useQuery(editionsQuery);
  const may = useMay('packs:pack:build');
  const change = (next: Partial<PackDraft>): void => {
    const changed = { ...values, ...next };
    setValues(changed);
    draft.keep(changed);
  };
  const { timeZone } = organization;
  const gap = draftGap(values);
  const gaps: Record<NonNullable<typeof gap>, string> = { 'no-workloads': t`Choose at least one workload.`, 'no-filter': t`Choose at least one value, or take the whole inventory.`, 'no-format': t`Choose at least one form.` };
  const [settled] = useDebouncedValue(values, SETTLE_MS);
  const preview = useQuery(previewQuery(settled, timeZone, draftGap(settled) === null && may.allowed));
  const build = useMutation({
    mutationFn: async (asked: PackDraft) => bodyOf(api.POST('/api/v1/packs', { body: await packRequest(asked, timeZone) })),
    onSuccess: async ({ id }) => {
      draft.clear();
      await queries.invalidateQueries({ queryKey: ['packs', 'list'] });
      await navigate({ to: '/packs/$id', params: { id } });
    },
  });
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (gap === null) build.mutate(values);
  };
  const zone = format.timeZone;
  return (
    <Page title={t`What should the pack prove?`} name={t`Build a pack`} to="/packs/new" crumbs={[{ label: t`Packs`, to: '/packs' }]} description={t`Everything in it is shown as it was known at one instant. The same request over the same data gives the same bytes.`}>
      <form className={classes.form} onSubmit={onSubmit}>
        <div className={classes.fields}>
          {build.error ? <ProblemAlert problem={shownProblem(build.error)} /> : null}
          <Panel title={t`Scope`}><PackScopeFields draft={values} onChange={change} /></Panel>
          <Panel title={t`Time`} description={t`Days and times are those of ${zone}.`}>
            <div className={classes.pair}>
              <TextInput type="datetime-local" label={t`As known on`} description={values.asOf === '' ? t`Empty is now` : t`Everything as it was known then`} value={values.asOf} onChange={(event) => change({ asOf: event.currentTarget.value })} />
              <TextInput type="date" label={t`Period from`} description={t`Limits trail, drills and reviews`} value={values.from} max={values.to || undefined} onChange={(event) => change({ from: event.currentTarget.value })} />
              <TextInput type="date" label={t`Period to`} description={t`The day itself is part of it`} value={values.to} min={values.from || undefined} onChange={(event) => change({ to: event.currentTarget.value })} />
            </div>
          </Panel>
          <Panel title={t`Form`}>
            <div className={classes.pair}>
              <NativeSelect label={t`Framework edition`} description={t`Coverage is computed over it`} value={values.edition} onChange={(event) => change({ edition: event.currentTarget.value })} data={[{ value: '', label: t`The organization's: ${organization.edition}` }, ...(editions.data ?? []).filter(({ id }) => id !== organization.edition).map(({ id, title }) => ({ value: id, label: `${id} ${title}` }))]} />
              <Checkbox.Group label={t`The inventory as`} value={[...values.formats]} onChange={(formats) => change({ formats })}>
                <div className={classes.boxes}><Checkbox size="sm" value="csv" label={t`CSV, for spreadsheets`} /><Checkbox size="sm" value="json" label={t`JSON, with one file per workload`} /></div>
              </Checkbox.Group>
            </div>
          </Panel>
        </div>
        <div className={classes.preview}>
          <Panel title={t`What it will hold`}>
            <PackPreview preview={preview.data} stale={preview.isPlaceholderData || preview.isFetching || settled !== values} error={preview.error} waiting={may.allowed ? gap === null ? null : gaps[gap] : may.why} />
            <div className={classes.act}>
              <ActButton type="submit" permission="packs:pack:build" size="sm" fullWidth loading={build.isPending} unless={gap === null ? null : gaps[gap]} leftSection={<IconBoxSeam size={16} aria-hidden />}>{t`Build the pack`}</ActButton>
            </div>
          </Panel>
        </div>
      </form>
    </Page>
  );
}
