import { useMatches, useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /**
     * What a page and those below it show while somebody looks at the past: `then` that instant, `partly` in the parts that say so. Without it a
     * page shows now, and the frame says so: a page has to claim that it knows the past.
     */
    past?: 'then' | 'partly';
  }
}

/** What a page can tell of another instant. */
export type PastOfPage = 'then' | 'partly' | 'now';

/** The instant the frame looks at (RFC 3339); null for now. It is part of the address: a link shows the same past to everybody. Every navigation behind the sign-in keeps it (pages/_app). */
export const useAsOf = (): string | null => useSearch({ strict: false, select: (search: { asOf?: string }) => search.asOf ?? null });

/** What the page that is open shows of the past. */
export const usePastOfPage = (): PastOfPage => useMatches({ select: (matches) => matches.findLast(({ staticData }) => staticData.past !== undefined)?.staticData.past ?? 'now' });

/** Travels to an instant, or with null back to now. */
export function useTravel(): (to: string | null) => void {
  const navigate = useNavigate();
  return useCallback((to: string | null) => void navigate({ to: '.', search: ((previous: Record<string, unknown>) => ({ ...previous, asOf: to ?? undefined })) as never, resetScroll: false }), [navigate]);
}

/** Opens an address of this page that is given as text, with its query; whoever looks at the past stays there. */
export function useOpen(): (address: string) => void {
  const navigate = useNavigate();
  return useCallback((address: string) => void navigate({ href: address }), [navigate]);
}
