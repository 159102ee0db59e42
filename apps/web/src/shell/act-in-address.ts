import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

/**
 * A dialog that the address opens (`?act=invite`), so that a command given on another page leads right into it.
 * @param name of the act on this page
 * @returns whether it is open, and a setter
 */
export function useActInAddress(name: string): readonly [boolean, (open: boolean) => void] {
  const { act } = useSearch({ strict: false }) as { act?: string };
  const navigate = useNavigate();
  const set = useCallback((open: boolean) => void navigate({ to: '.', replace: true, resetScroll: false, search: ((previous: Record<string, unknown>) => ({ ...previous, act: open ? name : undefined })) as never }), [navigate, name]);
  return [act === name, set];
}
