import type { BuiltInView } from './built-in-view.js';
import type { SavedViewDto } from './saved-view.dto.js';
import type { SavedViewRow } from './saved-view.repository.js';

const hrefOf = (query: string, sort: string): string => `/api/v1/workloads?${query === '' ? '' : `${query}&`}sort=${sort}`;

export const builtInViewDto = (view: BuiltInView): SavedViewDto => ({
  ...view, kind: 'built_in', owner: null, columns: [], density: 'compact', href: hrefOf(view.query, view.sort), mayChange: false, version: null, createdAt: null, updatedAt: null,
});

/** @param mayShare whether the reader may change shared views */
export function savedViewDto(row: SavedViewRow, memberId: string, mayShare: boolean): SavedViewDto {
  const { ownerMemberId, ownerName, shared, ...view } = row;
  return {
    ...view, columns: [...view.columns], kind: shared ? 'shared' : 'personal', owner: { id: ownerMemberId, name: ownerName }, href: hrefOf(view.query, view.sort),
    mayChange: shared ? mayShare : ownerMemberId === memberId,
  };
}
