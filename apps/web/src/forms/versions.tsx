import { lazy, Suspense, type ReactNode } from 'react';

/*
 * What two people changed at once, side by side. Rare: fetched when it happens, so that no page carries it.
 */

/** One field in three versions: what both started from, what somebody else saved meanwhile, what one wants. */
export interface Versions {
  readonly name: string;
  readonly label: string;
  readonly before: ReactNode;
  readonly theirs: ReactNode;
  /** Left out where one does something else than change it. */
  readonly mine?: ReactNode;
}

export type Side = 'theirs' | 'mine';

export interface VersionsTableProps {
  readonly fields: readonly Versions[];
  /** What was chosen so far, by field. */
  readonly kept?: Readonly<Record<string, Side>>;
  /** Makes every field a choice. */
  readonly onKeep?: (name: string, side: Side) => void;
}
export interface VersionsDialogProps extends VersionsTableProps {
  /** Default: that somebody else changed this. */
  readonly title?: string | undefined;
  readonly lead: ReactNode;
  /** When the other version was saved. */
  readonly theirsAt?: string | undefined;
  readonly onClose: () => void;
  /** What can be done, as buttons. */
  readonly children: ReactNode;
}
export interface ConflictDialogProps {
  readonly title?: string;
  readonly theirsAt?: string;
  /** Only those that both changed. */
  readonly fields: readonly Versions[];
  /** Gets what stays by field; null when one's own change is dropped. */
  readonly onSettle: (kept: Readonly<Record<string, Side>> | null) => void;
}

const Table = lazy(async () => ({ default: (await import('./versions-body.js')).VersionsTable }));
const Dialog = lazy(async () => ({ default: (await import('./versions-body.js')).VersionsDialog }));
const Conflict = lazy(async () => ({ default: (await import('./versions-body.js')).ConflictDialog }));

/** Both versions side by side, field by field. Nothing is preselected: who merges decides. */
export const VersionsTable = (props: VersionsTableProps) => <Suspense><Table {...props} /></Suspense>;

/** Somebody else was faster: both versions in a dialog. */
export const VersionsDialog = (props: VersionsDialogProps) => <Suspense><Dialog {...props} /></Suspense>;

/** Somebody else changed the same fields: one chooses for each of them. */
export const ConflictDialog = (props: ConflictDialogProps) => <Suspense><Conflict {...props} /></Suspense>;
