import { MultiSelect } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Trans, useLingui } from '@lingui/react/macro';
import { useFormat } from '@roster/ui';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useMe } from '../session/me.js';
import { editionQuery } from '../workload/workload.queries.js';
import { workloadChoicesQuery } from './evidence.queries.js';
import { linksOf, MAX_LINKS } from './evidence-draft.js';
import classes from './evidence-form.module.css';

const SEARCH_WAIT_MS = 200;

/**
 * Chooses many workloads and many criteria at once; the evidence is linked to each pair.
 * @param edition whose criteria are offered; default: the organization's
 * @param errors messages of the service about links, in words
 */
export function LinkPicker({ workloads, criteria, edition: wanted, onChange, errors = [] }: {
  workloads: readonly string[]; criteria: readonly string[]; edition?: string | undefined; onChange: (links: { workloads: readonly string[]; criteria: readonly string[] }) => void; errors?: readonly string[];
}) {
  const { t } = useLingui();
  const format = useFormat();
  const { organization } = useMe();
  const edition = useQuery(editionQuery(wanted ?? organization.edition));
  const [search, setSearch] = useState('');
  const [asked] = useDebouncedValue(search, SEARCH_WAIT_MS);
  const found = useQuery(workloadChoicesQuery(asked));
  const [names, setNames] = useState<Readonly<Record<string, string>>>({});
  const choices = useMemo(() => {
    const known = new Map<string, string>(workloads.map((key) => [key, names[key] ?? '']));
    for (const { key, name } of found.data ?? []) known.set(key, name);
    return [...known].map(([value, name]) => ({ value, label: name === '' ? value : `${value} ${name}` }));
  }, [found.data, workloads, names]);
  const grouped = useMemo(() => {
    const of = (key: string): string => key.slice(key.indexOf('/') + 1);
    const domains = edition.data?.domains ?? [];
    const groups = domains.map((domain) => ({
      group: `${domain.id} ${domain.name}`,
      items: (edition.data?.requirements ?? []).filter(({ domainId }) => domainId === domain.id).map(({ key, title }) => ({ value: key, label: `${of(key)} ${title}` })),
    })).filter(({ items }) => items.length > 0);
    const known = new Set(groups.flatMap(({ items }) => items.map(({ value }) => value)));
    const others = criteria.filter((key) => !known.has(key)).map((value) => ({ value, label: of(value) }));
    return others.length > 0 ? [...groups, { group: t`Others`, items: others }] : groups;
  }, [edition.data, criteria, t]);
  const count = linksOf({ workloads, criteria }).length;
  const workloadText = format.number(workloads.length);
  const criterionText = format.number(criteria.length);
  const countText = format.number(count);
  const maximum = format.number(MAX_LINKS);
  return (
    <div className={classes.links}>
      <MultiSelect
        label={t`Workloads`} placeholder={workloads.length === 0 ? t`Search by key or name` : undefined} data={choices} value={[...workloads]} searchable clearable searchValue={search} onSearchChange={setSearch} filter={({ options }) => options}
        nothingFoundMessage={found.isFetching ? t`Searching…` : t`No workload fits`} clearButtonProps={{ 'aria-label': t`Remove all workloads` }} maxDropdownHeight={280}
        onChange={(value) => {
          setNames({ ...names, ...Object.fromEntries((found.data ?? []).map(({ key, name }) => [key, name])) });
          onChange({ workloads: value, criteria });
        }}
      />
      <MultiSelect
        label={t`Criteria`} placeholder={criteria.length === 0 ? t`Search by number or words` : undefined} data={grouped} value={[...criteria]} searchable clearable disabled={edition.isPending} nothingFoundMessage={t`No criterion fits`}
        clearButtonProps={{ 'aria-label': t`Remove all criteria` }} maxDropdownHeight={320} onChange={(value) => onChange({ workloads, criteria: value })}
      />
      <p className={classes.note} role="status">
        {workloads.length === 0 ? <Trans>Without a workload the evidence stays in the library and proves nothing yet. Links can be added later.</Trans>
          : criteria.length === 0 ? <Trans>The evidence names {workloadText} workloads, and no criterion.</Trans>
            : <Trans>{workloadText} workloads × {criterionText} criteria = {countText} links. Each counts once somebody else has accepted it.</Trans>}
      </p>
      {count > MAX_LINKS ? <p role="alert" className={classes.error}><Trans>One item takes at most {maximum} links. Choose fewer, and link the rest afterwards.</Trans></p> : null}
      {errors.map((message) => <p key={message} role="alert" className={classes.error}>{message}</p>)}
    </div>
  );
}
