import { NextStagePanel } from '../next-stage.js';

/** What a workload is, what is missing, and what is known about it. */
export function Overview() {
  return <div id="next-stage"><NextStagePanel /></div>;
}
