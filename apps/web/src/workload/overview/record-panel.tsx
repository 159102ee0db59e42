import { useLingui } from '@lingui/react/macro';
import { DefinitionList, Instant, Panel } from '@roster/ui';
import { useWorkload } from '../workload-context.js';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Since when it is on the inventory, through whom; and how it was decommissioned. */
export function RecordPanel() {
  const { t } = useLingui();
  const { workload } = useWorkload();
  const names: Readonly<Record<string, string>> = { switchedOff: t`Switched off`, accessRevoked: t`Access revoked`, dataKept: t`Data kept or deleted`, doneBy: t`Done by` };
  const record = workload.decommissionRecord;
  const decommissioned = isRecord(record) ? Object.entries(record).map(([name, value]) => ({ key: name, term: names[name] ?? name, value: typeof value === 'string' ? value : JSON.stringify(value) }))
    : typeof record === 'string' ? [{ key: 'record', term: t`Decommission record`, value: record }] : [];
  return (
    <>
      {workload.retiredAt ? (
        <Panel title={t`Decommissioned`}>
          <DefinitionList items={[{ key: 'at', term: t`Retired`, value: <Instant at={workload.retiredAt} /> }, { key: 'why', term: t`Why`, value: workload.retireReason }, ...decommissioned]} />
        </Panel>
      ) : null}
      <Panel title={t`Record`}>
        <DefinitionList items={[
          { key: 'registered', term: t`Registered`, value: <Instant at={workload.registeredAt} /> }, { key: 'by', term: t`By`, value: workload.registeredBy.name },
          { key: 'updated', term: t`Last changed`, value: <Instant at={workload.updatedAt} /> }, { key: 'version', term: t`Version`, value: workload.version },
        ]} />
      </Panel>
    </>
  );
}
