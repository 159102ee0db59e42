import { useLingui } from '@lingui/react/macro';
import { LIFECYCLES, RISK_TIERS, TRI_STATES, WORKLOAD_KINDS } from '@roster/contracts';
import type { Schemas } from '@roster/api-client';
import { LifecycleMark, MeaningBadge, Person, RiskTierMark, StageBadge, TriStateMark, useFormat, useWorkloadVocabulary, type DataColumn } from '@roster/ui';
import { useMemo, type ReactNode } from 'react';
import { isOverdue } from '../workload/overdue.js';
import { WorkloadLink } from '../workload/workload-link.js';
import classes from './inventory.module.css';
import type { WorkloadItem } from './inventory.queries.js';
import { useTriStateChoices, useWorkloadFieldNames } from './workload-fields.js';

/** Saves one field of one workload. @throws Error whose message is shown at the cell */
export type SaveField = (row: WorkloadItem, field: string, value: string | null) => Promise<void>;

interface ColumnOptions {
  readonly custom: readonly Schemas['CustomFieldDto'][];
  readonly save: SaveField;
  /** Why nothing may be edited; null when it may. */
  readonly refusal: string | null;
  /** The instant the frame looks at; null for now. */
  readonly asOf: string | null;
}

type TriStateField = 'processesRealData' | 'handlesPii' | 'executesTools' | 'downstreamChange' | 'maintained';

/** The columns of the inventory; those after the first dozen wait in the column menu. */
export function useWorkloadColumns({ custom, save, refusal, asOf }: ColumnOptions): readonly DataColumn<WorkloadItem>[] {
  const { t } = useLingui();
  const names = useWorkloadFieldNames();
  const words = useWorkloadVocabulary();
  const format = useFormat();
  const triState = useTriStateChoices();
  return useMemo(() => {
    const nameOf = (field: string): string => names[field] ?? field;
    const refuse = (row: WorkloadItem): string | undefined => refusal ?? (row.lifecycle === 'retired' ? t`A retired workload keeps its history and does not change.` : undefined);
    const textEditor = (field: 'name' | 'team' | 'purpose' | 'businessUnit', required: boolean, maxLength: number) => ({ kind: 'text' as const, value: (row: WorkloadItem) => row[field] ?? '', required, maxLength, refusal: refuse, onSave: (row: WorkloadItem, value: string) => save(row, field, value === '' ? null : value) });
    const unset = (value: ReactNode): ReactNode => value ?? <span className={classes.unknown}>{t`Unknown`}</span>;
    const list = (values: readonly string[] | undefined, labels?: Readonly<Record<string, string>>): ReactNode => (values === undefined || values.length === 0 ? <span className={classes.none}>—</span> : values.map((value) => labels?.[value] ?? value).join(', '));
    const when = (at: string | null): ReactNode => (at === null ? <span className={classes.none}>—</span> : <time dateTime={at} title={format.instant(at)}>{format.relative(at)}</time>);
    const triColumn = (field: TriStateField, hiddenAtFirst: boolean): DataColumn<WorkloadItem> => ({
      id: field, header: nameOf(field), width: 134, fixed: true, hiddenAtFirst, cell: (row) => <TriStateMark value={row[field] ?? 'unknown'} />,
      editor: { kind: 'choice', value: (row) => row[field] ?? 'unknown', choices: triState, refusal: refuse, preview: (value) => <TriStateMark value={TRI_STATES.find((one) => one === value) ?? 'unknown'} />, onSave: (row, value) => save(row, field, value) },
    });
    const columns: DataColumn<WorkloadItem>[] = [
      { id: 'key', header: nameOf('key'), width: 190, sortKey: 'key', hideable: false, pinned: true, cell: (row) => <WorkloadLink workload={row.key} asOf={asOf} className={classes.key} /> },
      { id: 'name', header: nameOf('name'), width: 240, sortKey: 'name', cell: (row) => row.name, editor: textEditor('name', true, 500) },
      { id: 'stage', header: t`Stage`, width: 226, fixed: true, sortKey: 'stage', cell: (row) => <StageBadge stage={row.stage} hardening={row.hardening} undetermined={row.undetermined} frozen={row.frozen} /> },
      { id: 'riskTier', header: nameOf('riskTier'), width: 124, fixed: true, sortKey: 'riskTier', cell: (row) => <RiskTierMark tier={row.riskTier} />,
        editor: { kind: 'choice', value: (row) => row.riskTier ?? '', choices: [{ value: '', label: t`Unknown` }, ...RISK_TIERS.map((tier) => ({ value: tier, label: words.riskTier[tier] }))], refusal: refuse, preview: (value) => <RiskTierMark tier={RISK_TIERS.find((tier) => tier === value) ?? null} />, onSave: (row, value) => save(row, 'riskTier', value === '' ? null : value) } },
      { id: 'riskOwner', header: nameOf('riskOwner'), width: 180, cell: (row) => <OwnerCell owner={row.riskOwner} /> },
      { id: 'team', header: nameOf('team'), width: 160, sortKey: 'team', cell: (row) => unset(row.team), editor: textEditor('team', true, 200) },
      { id: 'missingEvidence', header: t`Missing evidence`, width: 134, fixed: true, align: 'end', sortKey: 'missingEvidence', cell: (row) => unset(row.missingEvidence === null ? null : format.number(row.missingEvidence)) },
      { id: 'nextReviewDueAt', header: t`Next review`, width: 138, fixed: true, sortKey: 'nextReviewDueAt', cell: (row) => (row.nextReviewDueAt !== null && isOverdue(row.nextReviewDueAt, format)
        ? <MeaningBadge meaning="broken" plain title={format.instant(row.nextReviewDueAt)}>{format.relative(row.nextReviewDueAt)}</MeaningBadge> : when(row.nextReviewDueAt)) },
      triColumn('handlesPii', false), triColumn('executesTools', false),
      { id: 'kind', header: nameOf('kind'), width: 150, sortKey: 'kind', cell: (row) => unset(row.kind == null ? null : words.kind[row.kind]),
        editor: { kind: 'choice', value: (row) => row.kind ?? '', choices: WORKLOAD_KINDS.map((kind) => ({ value: kind, label: words.kind[kind] })), refusal: refuse, onSave: (row, value) => (value === '' ? Promise.resolve() : save(row, 'kind', value)) } },
      { id: 'updatedAt', header: t`Last change`, width: 124, fixed: true, sortKey: 'updatedAt', cell: (row) => when(row.updatedAt) },
      // From here on hidden until somebody asks.
      triColumn('processesRealData', true),
      { id: 'lifecycle', header: nameOf('lifecycle'), width: 110, hiddenAtFirst: true, cell: (row) => <LifecycleMark lifecycle={row.lifecycle} />,
        editor: { kind: 'choice', value: (row) => row.lifecycle, choices: LIFECYCLES.filter((lifecycle) => lifecycle !== 'retired').map((lifecycle) => ({ value: lifecycle, label: words.lifecycle[lifecycle] })), refusal: refuse, onSave: (row, value) => save(row, 'lifecycle', value) } },
      { id: 'fallsAt', header: t`Stage falls`, width: 124, hiddenAtFirst: true, sortKey: 'fallsAt', cell: (row) => when(row.fallsAt) },
      { id: 'businessUnit', header: nameOf('businessUnit'), hiddenAtFirst: true, sortKey: 'businessUnit', cell: (row) => unset(row.businessUnit), editor: textEditor('businessUnit', false, 200) },
      { id: 'purpose', header: nameOf('purpose'), width: 260, hiddenAtFirst: true, cell: (row) => unset(row.purpose), editor: textEditor('purpose', true, 10_000) },
      { id: 'description', header: nameOf('description'), width: 260, hiddenAtFirst: true, cell: (row) => unset(row.description) },
      { id: 'missing', header: t`Incomplete: lacks`, hiddenAtFirst: true, cell: (row) => list(row.missing, names) },
      triColumn('downstreamChange', true), triColumn('maintained', true),
      { id: 'exposure', header: nameOf('exposure'), hiddenAtFirst: true, cell: (row) => unset(row.exposure == null ? null : words.exposure[row.exposure]) },
      { id: 'operation', header: nameOf('operation'), hiddenAtFirst: true, cell: (row) => unset(row.operation == null ? null : words.operation[row.operation]) },
      { id: 'autonomyLevel', header: nameOf('autonomyLevel'), hiddenAtFirst: true, cell: (row) => unset(row.autonomyLevel == null ? null : words.autonomyLevel[row.autonomyLevel]) },
      { id: 'usersAffected', header: nameOf('usersAffected'), hiddenAtFirst: true, cell: (row) => list(row.usersAffected, words.usersAffected) },
      { id: 'dataClasses', header: nameOf('dataClasses'), hiddenAtFirst: true, cell: (row) => list(row.dataClasses, words.dataClasses) },
      { id: 'jurisdictions', header: nameOf('jurisdictions'), hiddenAtFirst: true, cell: (row) => list(row.jurisdictions) },
      { id: 'environments', header: nameOf('environments'), hiddenAtFirst: true, cell: (row) => list(row.environments) },
      { id: 'tags', header: nameOf('tags'), hiddenAtFirst: true, cell: (row) => list(row.tags) },
      { id: 'euAiActRole', header: nameOf('euAiActRole'), hiddenAtFirst: true, cell: (row) => unset(row.euAiActRole == null ? null : words.euAiActRole[row.euAiActRole]) },
      { id: 'euAiActClass', header: nameOf('euAiActClass'), hiddenAtFirst: true, cell: (row) => unset(row.euAiActClass == null ? null : words.euAiActClass[row.euAiActClass]) },
      { id: 'runsOn', header: nameOf('runsOn'), hiddenAtFirst: true, cell: (row) => unset(row.runsOn) },
      { id: 'statedStage', header: nameOf('statedStage'), hiddenAtFirst: true, cell: (row) => unset(row.statedStage) },
      { id: 'registeredAt', header: t`Registered`, width: 124, hiddenAtFirst: true, sortKey: 'registeredAt', cell: (row) => when(row.registeredAt) },
      ...custom.map((field): DataColumn<WorkloadItem> => ({ id: `custom.${field.key}`, header: field.label, hiddenAtFirst: true, cell: (row) => <CustomValue field={field} value={row.custom[field.key]} /> })),
    ];
    return columns;
  }, [t, names, words, format, triState, custom, save, refusal, asOf]);
}

/** A value of a field of the organization by the type of the field. What is not set is unknown. */
function CustomValue({ field, value }: { field: Schemas['CustomFieldDto']; value: unknown }) {
  const { t } = useLingui();
  const format = useFormat();
  if (value === null || value === undefined) return <span className={classes.unknown}>{t`Unknown`}</span>;
  if (field.type === 'tri_state') return <TriStateMark value={TRI_STATES.find((one) => one === value) ?? 'unknown'} />;
  if (typeof value === 'boolean') return value ? t`Yes` : t`No`;
  // Every digit of what was typed: a figure of the organization is not rounded.
  if (typeof value === 'number') return new Intl.NumberFormat(format.locale, { maximumFractionDigits: 20 }).format(value);
  if (field.type === 'date' && typeof value === 'string') return <time dateTime={value}>{format.day(value)}</time>;
  return Array.isArray(value) ? value.map(String).join(', ') : String(value);
}

function OwnerCell({ owner }: { owner: WorkloadItem['riskOwner'] }) {
  const { t } = useLingui();
  if (owner === null) return <MeaningBadge meaning="attention" plain>{t`Unowned`}</MeaningBadge>;
  return (
    <span className={classes.owner}>
      <Person name={owner.name ?? owner.email} />
      {owner.status === 'proposed' ? <span className={classes.proposed}>{t`not answered`}</span> : null}
    </span>
  );
}
