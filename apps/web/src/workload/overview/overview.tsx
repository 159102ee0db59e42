import { NextStagePanel } from '../next-stage.js';
import { useWorkload } from '../workload-context.js';
import { DatesPanel } from './dates-panel.js';
import { DuplicatesPanel } from './duplicates-panel.js';
import { FactsPanel } from './facts-panel.js';
import { FieldPanels } from './field-panels.js';
import { OwnersPanel } from './owners-panel.js';
import { RecordPanel } from './record-panel.js';
import { ToolGrantsPanel } from '../../workload-tabs/components/tool-grants-panel.js';
import classes from './overview.module.css';

/** What a workload is, what is missing, and what is known about it. */
export function Overview() {
  const { workload, asOf, retired } = useWorkload();
  return (
    <div className={classes.overview}>
      <div className={classes.main}>
        <div id="next-stage" className={classes.anchor}><NextStagePanel /></div>
        <FactsPanel />
        <FieldPanels key={workload.id} />
      </div>
      <div className={classes.side}>
        <DatesPanel />
        <OwnersPanel />
        <ToolGrantsPanel />
        {asOf === null && !retired ? <DuplicatesPanel /> : null}
        <RecordPanel />
      </div>
    </div>
  );
}
