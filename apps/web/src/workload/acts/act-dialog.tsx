import { useOwnerRoleWords } from '@roster/ui';
import type { Act } from './acts.js';
import AssignOwnerDialog from './assign-owner-dialog.js';
import { BreakGlassDialog } from './break-glass-dialog.js';
import { MergeDialog } from './merge-dialog.js';
import { RetireDialog } from './retire-dialog.js';
import { RiskTierDialog } from './risk-tier-dialog.js';
import { ScopeChangeDialog } from './scope-change-dialog.js';
import { StateFactDialog } from './state-fact-dialog.js';
import { WhyDrawer } from './why-drawer.js';

/** The dialog of an act. @param onClose called when it is done with, however that ended */
export default function ActDialog({ act, onClose }: { act: Act; onClose: () => void }) {
  const roles = useOwnerRoleWords();
  switch (act.act) {
    case 'why': return <WhyDrawer onClose={onClose} />;
    case 'assign-owner': return <AssignOwnerDialog slot={{ kind: 'role', role: act.role }} name={roles[act.role]} onClose={onClose} />;
    case 'state-fact': return <StateFactDialog fact={act.fact} onClose={onClose} />;
    case 'set-risk-tier': return <RiskTierDialog onClose={onClose} />;
    case 'scope-change': return <ScopeChangeDialog onClose={onClose} />;
    case 'break-glass': return <BreakGlassDialog onClose={onClose} />;
    case 'retire': return <RetireDialog onClose={onClose} />;
    case 'merge': return <MergeDialog onClose={onClose} />;
  }
}
