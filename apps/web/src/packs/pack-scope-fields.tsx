import { Checkbox, MultiSelect, Radio, TagsInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useLingui } from '@lingui/react/macro';
import { LIFECYCLES, RISK_TIERS, STAGES, WORKLOAD_KINDS } from '@roster/contracts';
import { useStageName } from '@roster/ui';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { shownProblem } from '../api/problem.js';
import type { PackDraft } from './pack-draft.js';
import { workloadSearchQuery } from './packs.queries.js';
import classes from './packs.module.css';

const SEARCH_WAIT_MS = 200;

/** Which workloads a pack is about. */
export function PackScopeFields({ draft, onChange }: { draft: PackDraft; onChange: (change: Partial<PackDraft>) => void }) {
  const { t } = useLingui();
  const stageName = useStageName();
  const tiers: Record<string, string> = { low: t`Low`, medium: t`Medium`, high: t`High`, critical: t`Critical` };
  const lifecycles: Record<string, string> = { proposed: t`Proposed`, active: t`Active`, paused: t`Paused`, retired: t`Retired` };
  const kinds: Record<string, string> = {
    model: t`Model`, agent: t`Agent`, rag_pipeline: t`Retrieval pipeline`, classical_ml: t`Classical ML`, vision: t`Vision`, ranking: t`Ranking`, embedded_feature: t`Feature inside a product`,
  };
  const boxes = (label: string, field: 'stage' | 'riskTier' | 'lifecycle', choices: readonly { value: string; label: string }[]) => (
    <Checkbox.Group label={label} value={[...draft[field]]} onChange={(value) => onChange({ [field]: value })}>
      <div className={classes.boxes}>{choices.map((choice) => <Checkbox key={choice.value} size="xs" value={choice.value} label={choice.label} />)}</div>
    </Checkbox.Group>
  );
  return (
    <>
      <Radio.Group label={t`Which workloads?`} value={draft.scope} onChange={(value) => onChange({ scope: value === 'filter' || value === 'workloads' ? value : 'all' })}>
        <div className={classes.boxes}>
          <Radio size="xs" value="all" label={t`The whole inventory`} />
          <Radio size="xs" value="filter" label={t`Those that match`} />
          <Radio size="xs" value="workloads" label={t`Chosen ones`} />
        </div>
      </Radio.Group>
      {draft.scope === 'filter' ? (
        <div className={classes.nested}>
          {boxes(t`Stage`, 'stage', STAGES.map((value) => ({ value, label: stageName(value) })))}
          {boxes(t`Risk tier`, 'riskTier', RISK_TIERS.map((value) => ({ value, label: tiers[value] ?? value })))}
          {boxes(t`Lifecycle`, 'lifecycle', LIFECYCLES.map((value) => ({ value, label: lifecycles[value] ?? value })))}
          <div className={classes.pair}>
            <MultiSelect label={t`Kind`} placeholder={draft.kind.length === 0 ? t`Any` : undefined} data={WORKLOAD_KINDS.map((value) => ({ value, label: kinds[value] ?? value }))} value={[...draft.kind]} onChange={(kind) => onChange({ kind })} clearable clearButtonProps={{ 'aria-label': t`Remove all kinds` }} />
            <TagsInput label={t`Team`} description={t`Spelled as recorded; Enter adds it`} value={[...draft.team]} onChange={(team) => onChange({ team })} maxLength={200} />
            <TagsInput label={t`Business unit`} description={t`Spelled as recorded; Enter adds it`} value={[...draft.businessUnit]} onChange={(businessUnit) => onChange({ businessUnit })} maxLength={200} />
          </div>
        </div>
      ) : null}
      {draft.scope === 'workloads' ? <div className={classes.nested}><ChosenWorkloads keys={draft.workloads} onChange={(workloads) => onChange({ workloads })} /></div> : null}
    </>
  );
}

function ChosenWorkloads({ keys, onChange }: { keys: readonly string[]; onChange: (keys: string[]) => void }) {
  const { t } = useLingui();
  const [search, setSearch] = useState('');
  const [asked] = useDebouncedValue(search, SEARCH_WAIT_MS);
  const found = useQuery(workloadSearchQuery(asked));
  const data = useMemo(() => {
    const known = new Map(keys.map((key) => [key, key]));
    for (const { key, name } of found.data?.found ?? []) known.set(key, `${key} ${name}`);
    return [...known].map(([value, label]) => ({ value, label }));
  }, [found.data, keys]);
  const count = found.data?.found.length ?? 0;
  return (
    <MultiSelect
      label={t`Workloads`} description={found.data?.more ? t`The first ${count} are listed. Type more of a key or name to narrow.` : undefined} error={found.error ? shownProblem(found.error).detail : undefined} placeholder={keys.length === 0 ? t`Search by key or name` : undefined} data={data} value={[...keys]} onChange={onChange} searchable searchValue={search} onSearchChange={setSearch} filter={({ options }) => options}
      clearable clearButtonProps={{ 'aria-label': t`Remove all workloads` }} nothingFoundMessage={found.error ? null : found.isFetching ? t`Searching…` : t`No workload fits`} maxDropdownHeight={260}
    />
  );
}
