import { Trans, useLingui } from '@lingui/react/macro';
import { KillSwitchTimer, Panel, type TimerRun } from '@roster/ui';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { serviceNow } from '../../clock/now.js';
import { useDraft } from '../../forms/use-draft.js';
import { useMay } from '../../session/may.js';
import { useCommands } from '../../shell/commands.js';
import { useWorkload } from '../../workload/workload-context.js';
import { organizationQuery } from '../tabs.queries.js';
import { DrillForm } from './drill-form.js';

/** Preset of domain.md section 9, until the organization's own limit is here. */
const PRESET_LIMIT_SECONDS = 300;
const serverNow = (): number => serviceNow().getTime();

/**
 * The live kill-switch timer of a workload. What it measures survives a reload and is recorded with the measured times, unchanged.
 * @param refusal why nothing can be recorded; null when something can
 */
export function LiveDrill({ refusal }: { refusal: string | null }) {
  const { t } = useLingui();
  const { workload } = useWorkload();
  const draft = useDraft<{ run: TimerRun | null }>(`drill-timer:${workload.key}`, { run: null });
  const [run, setRun] = useState(draft.values.run);
  const { allowed, why } = useMay('incidents:drill:record');
  const { data: organization } = useQuery(organizationQuery);
  const limit = Number(organization?.tierPolicy.killSwitchMaxSeconds ?? PRESET_LIMIT_SECONDS);
  const keep = (next: TimerRun | null): void => {
    setRun(next);
    if (next) draft.keep({ run: next });
    else draft.clear();
  };
  const running = run !== null && run.endedAt === null;
  useCommands(useMemo(() => (running ? [] : [{
    id: 'drill.timer', label: t`Go to the kill-switch timer`, group: t`This page`, permission: 'incidents:drill:record' as const,
    run: () => document.getElementById('kill-switch-timer')?.querySelector('button')?.focus(),
  }]), [running, t]));
  return (
    <Panel title={t`Kill-switch drill, live`} description={t`Start when somebody pulls the switch; stop when the workload answers no more.`}>
      <div id="kill-switch-timer">
        <KillSwitchTimer
          run={run} limitSeconds={limit} serverNow={serverNow} refused={refusal ?? (allowed ? null : why)}
          onStart={(startedAt) => keep({ startedAt, endedAt: null })} onStop={(endedAt) => run && keep({ ...run, endedAt })} onDiscard={() => keep(null)}
        />
      </div>
      {run?.endedAt ? (
        <section aria-label={t`Record this drill`}>
          <h3><Trans>Record this drill</Trans></h3>
          <DrillForm kind="kill_switch" run={{ startedAt: run.startedAt, endedAt: run.endedAt }} limitSeconds={limit} onDone={() => keep(null)} />
        </section>
      ) : null}
    </Panel>
  );
}
