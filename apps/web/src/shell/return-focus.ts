import { useEffect, type RefObject } from 'react';

/**
 * Gives the focus back to where it came from when a panel beside the page closes, however it is closed; what has the focus elsewhere keeps it.
 * @param panel the panel; what was focused last outside of it gets the focus
 */
export function useReturnFocus(panel: RefObject<HTMLElement | null>, opened: boolean): void {
  useEffect(() => {
    if (!opened) return undefined;
    let from: Element | null = document.activeElement;
    const onFocus = ({ target }: FocusEvent): void => { if (target instanceof Element && !panel.current?.contains(target)) from = target; };
    document.addEventListener('focusin', onFocus);
    return () => {
      document.removeEventListener('focusin', onFocus);
      const lost = document.activeElement === null || document.activeElement === document.body;
      if (lost && from instanceof HTMLElement && from.isConnected) from.focus({ preventScroll: true });
    };
  }, [panel, opened]);
}
