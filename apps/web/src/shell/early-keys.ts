let kept = '';
let stop: (() => void) | null = null;

/**
 * Keeps what is typed between the call for a text field and the moment the field has the focus: it is meant for the field, and would be taken
 * for shortcuts of the page. Escape gives the call up.
 * @param onEscape called when it is given up
 */
export function keepEarlyKeys(onEscape: () => void): void {
  takeEarlyKeys();
  const keep = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === 'Escape') onEscape();
    else if (event.key === 'Backspace') kept = kept.slice(0, -1);
    else if (event.key.length === 1) kept += event.key;
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  addEventListener('keydown', keep, { capture: true });
  stop = () => removeEventListener('keydown', keep, { capture: true });
}

/** Ends that. @returns what was typed meanwhile */
export function takeEarlyKeys(): string {
  stop?.();
  stop = null;
  const typed = kept;
  kept = '';
  return typed;
}
