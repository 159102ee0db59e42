import type { OwnerRole } from '@roster/contracts';
import { Suspense, createContext, lazy, useCallback, useContext, useRef, useState, type ReactNode } from 'react';

/** Something one can do about this workload in a dialog. */
export type Act =
  | { readonly act: 'assign-owner'; readonly role: OwnerRole }
  | { readonly act: 'state-fact'; readonly fact: string }
  | { readonly act: 'set-risk-tier' }
  | { readonly act: 'scope-change' }
  | { readonly act: 'break-glass' }
  | { readonly act: 'retire' }
  | { readonly act: 'merge' }
  | { readonly act: 'why' };

const ActsContext = createContext<((act: Act) => void) | null>(null);
const ActDialog = lazy(() => import('./act-dialog.js'));

/** Opens the dialogs of a workload, one at a time; they are loaded when the first is asked for. Focus returns to the button that asked. */
export function ActsProvider({ children }: { children: ReactNode }) {
  const [act, setAct] = useState<Act | null>(null);
  const asked = useRef<Element | null>(null);
  const open = useCallback((next: Act) => {
    asked.current = document.activeElement;
    setAct(next);
  }, []);
  const close = useCallback(() => {
    setAct(null);
    const { current } = asked;
    if (current instanceof HTMLElement) requestAnimationFrame(() => { if (document.activeElement === document.body) current.focus(); });
  }, []);
  return (
    <ActsContext value={open}>
      {children}
      {act ? <Suspense fallback={null}><ActDialog act={act} onClose={close} /></Suspense> : null}
    </ActsContext>
  );
}

/** Opens a dialog of the workload on this page. @throws Error outside the page of a workload */
export function useActs(): (act: Act) => void {
  const open = useContext(ActsContext);
  if (!open) throw new Error('useActs needs the page of a workload above it');
  return open;
}
