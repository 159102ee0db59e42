import { useEffect, useRef } from 'react';

/**
 * Puts the focus on the first field that was complained about, as soon as it is marked.
 * @param errors of the form, by field
 */
export function useErrorFocus(errors: Readonly<Record<string, unknown>>): void {
  const count = Object.values(errors).filter(Boolean).length;
  const before = useRef(0);
  useEffect(() => {
    if (count > before.current) document.querySelector<HTMLElement>('form [aria-invalid="true"]')?.focus();
    before.current = count;
  }, [count]);
}
