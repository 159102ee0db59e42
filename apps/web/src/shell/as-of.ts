import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

/** The instant the frame looks at (RFC 3339); null for now. It is part of the address: a link shows the same past to everybody. */
export function useAsOf(): string | null {
  const { asOf } = useSearch({ strict: false }) as { asOf?: string };
  return asOf ?? null;
}

/** Travels to an instant, or with null back to now. */
export function useTravel(): (to: string | null) => void {
  const navigate = useNavigate();
  return useCallback((to: string | null) => void navigate({ to: '.', search: ((previous: Record<string, unknown>) => ({ ...previous, asOf: to ?? undefined })) as never }), [navigate]);
}
