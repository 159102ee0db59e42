import { lazy, Suspense, useState, type ReactNode } from 'react';

/** Most dialogs are never opened: what they need is fetched when the first one is. */
const ConfirmDialogBody = lazy(async () => ({ default: (await import('./confirm-dialog-body.js')).ConfirmDialogBody }));

export interface ConfirmDialogProps {
  readonly opened: boolean;
  readonly title: string;
  /** What the button does, in words ("Retire workload"). */
  readonly act: string;
  readonly danger?: boolean;
  readonly busy?: boolean;
  readonly disabled?: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  /** The consequences. */
  readonly children: ReactNode;
}

/** Asks before what cannot be undone. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const [wanted, setWanted] = useState(props.opened);
  if (props.opened && !wanted) setWanted(true);
  return wanted ? <Suspense><ConfirmDialogBody {...props} /></Suspense> : null;
}
