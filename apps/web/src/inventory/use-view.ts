import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { Parameters } from './filter-parameters.js';
import { sameState, stateOfAddress, stateOfView, USUAL_STATE, USUAL_VIEW, withState, type SavedViewDto, type ViewState } from './view-state.js';

export interface OpenView {
  readonly state: ViewState;
  /** The view that the state started from; undefined for one that is gone or was never named. */
  readonly view: SavedViewDto | undefined;
  /** The state is what the address means: a name alone says nothing before the views are here. */
  readonly known: boolean;
  /** The state differs from what the view holds. */
  readonly dirty: boolean;
  /** Changes the state; the address says so at once. @param replace no step back for this change (typing) */
  readonly change: (change: Partial<ViewState>, replace?: boolean) => void;
  /** Opens a view as it is saved. */
  readonly open: (view: string) => void;
}

/**
 * The view in the address: a name alone shows the view as it is saved, anything else spells the state out.
 * @param views undefined while they are on their way
 */
export function useView(views: readonly SavedViewDto[] | undefined): OpenView {
  const search = useSearch({ strict: false }) as Parameters;
  const navigate = useNavigate();
  const named = typeof search['view'] === 'string' ? search['view'] : undefined;
  const spelled = useMemo(() => stateOfAddress(search), [search]);
  const id = named ?? (spelled === null ? USUAL_VIEW : undefined);
  const view = views?.find((candidate) => candidate.id === id);
  const saved = useMemo(() => (view === undefined ? USUAL_STATE : stateOfView(view)), [view]);
  const state = spelled ?? saved;
  // The table knows where to begin to be read; the router would put another order back to where this one was scrolled.
  const go = useCallback((next: Parameters, replace: boolean) => void navigate({ to: '/inventory', search: next as never, replace, resetScroll: false }), [navigate]);
  const change = useCallback((part: Partial<ViewState>, replace = false) => go(withState(search, id, { ...state, ...part }), replace), [go, id, search, state]);
  const open = useCallback((next: string) => go(withState(search, next, null), false), [go, search]);
  return { state, view, known: spelled !== null || id === USUAL_VIEW || views !== undefined, dirty: spelled !== null && !sameState(spelled, saved), change, open };
}
