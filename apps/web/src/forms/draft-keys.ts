const DRAFTS = 'roster-draft:';

/** Where a draft is kept. @param memberId whose it is; null before anybody has signed in */
export const draftKey = (memberId: string | null, name: string): string => `${DRAFTS}${memberId ?? 'nobody'}:${name}`;

/** Forgets what others typed in this tab. @param memberId who works here now */
export function dropDraftsOfOthers(memberId: string): void {
  const keys = Array.from({ length: sessionStorage.length }, (_item, index) => sessionStorage.key(index) ?? '');
  for (const key of keys) if (key.startsWith(DRAFTS) && !key.startsWith(draftKey(memberId, ''))) sessionStorage.removeItem(key);
}
