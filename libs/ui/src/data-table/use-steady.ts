import { useCallback, useLayoutEffect, useRef } from 'react';

/**
 * The same function over all renders, which runs what the newest render gave: for handlers of memoized parts.
 * @param run called with what the steady function is called with; never while rendering
 */
export function useSteady<Arguments extends readonly unknown[], Result>(run: (...given: Arguments) => Result): (...given: Arguments) => Result {
  const newest = useRef(run);
  useLayoutEffect(() => { newest.current = run; });
  return useCallback((...given: Arguments) => newest.current(...given), []);
}
