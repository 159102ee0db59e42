import { bodyOf, type Schemas } from '@roster/api-client';
import type { ImpactSummary } from '@roster/contracts';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.js';
import { problemOf, useOperation, type Operation } from '../../live/use-operation.js';

/** Settings that would be saved, as the service takes them. */
export type SupposedChange = Schemas['ImpactPreviewRequestDto'];

export interface ImpactPreview {
  /** Where its rows are read; null until it was asked for. */
  readonly id: string | null;
  /** The figures; null while they are computed. */
  readonly summary: ImpactSummary | null;
  readonly progress: Operation['progress'];
  readonly error: Error | null;
  retry(): void;
}

const TYPING_PAUSE_MS = 500;

/**
 * Has the service compute what changed settings would do, live, and again whenever they change.
 * @param change null while nothing is changed, or while the person may not ask
 * @param version version of the settings that the change is based on
 */
export function useImpactPreview(change: SupposedChange | null, version: number): ImpactPreview {
  const wanted = change === null ? null : JSON.stringify(change);
  const [asked] = useDebouncedValue(wanted, TYPING_PAUSE_MS);
  const preview = useQuery({
    queryKey: ['settings', 'impact-preview', asked, version], enabled: asked !== null && asked === wanted, staleTime: Infinity, gcTime: 0, retry: false,
    queryFn: () => bodyOf(api.POST('/api/v1/organization/impact-preview', { body: JSON.parse(asked ?? '{}') as SupposedChange })),
  });
  const current = asked === wanted ? preview.data : undefined;
  const operation = useOperation<ImpactSummary>(current?.href ?? null);
  const failed = operation?.status === 'failed' ? problemOf(operation) : null;
  return {
    id: current?.id ?? null, summary: operation?.status === 'succeeded' ? operation.result ?? null : null, progress: operation?.progress ?? null,
    error: asked === wanted ? preview.error ?? failed : null, retry: () => void preview.refetch(),
  };
}
