import type { Act } from './acts.js';
import { WhyDrawer } from './why-drawer.js';

/** The dialog of an act. @param onClose called when it is done with, however that ended */
export default function ActDialog({ act, onClose }: { act: Act; onClose: () => void }) {
  switch (act.act) {
    case 'why': return <WhyDrawer onClose={onClose} />;
    default: return null;
  }
}
