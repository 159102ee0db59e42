import { Button } from '@mantine/core';
import { hideNotification, showNotification } from '@mantine/notifications';
import { i18n } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { shownProblem } from '../api/problem.js';

const UNDO_MS = 10_000;
const DONE_MS = 4_000;
const FAILED_MS = 15_000;
let number = 0;

/** Short messages about what was done or went wrong. */
export const toast = {
  /** @param undo offered for ten seconds; what it does is in its hands, also telling that it is undone */
  done({ message, undo }: { message: string; undo?: () => void | Promise<void> }): void {
    const id = `toast-${++number}`;
    showNotification({
      id, autoClose: undo ? UNDO_MS : DONE_MS, withBorder: true, color: 'teal', closeButtonProps: { 'aria-label': i18n._(msg`Close`) },
      message: undo ? (
        <span style={{ display: 'flex', gap: 12, alignItems: 'center', justifyContent: 'space-between' }}>
          <span>{message}</span>
          <Button size="compact-sm" variant="default" onClick={() => { hideNotification(id); Promise.resolve(undo()).catch(toast.failed); }}>{i18n._(msg`Undo`)}</Button>
        </span>
      ) : message,
    });
  },
  /** @param reason why something cannot be done, and who can change that */
  refused(reason: string): void {
    showNotification({ id: 'toast-refused', autoClose: FAILED_MS, withBorder: true, color: 'yellow', message: reason, role: 'alert', closeButtonProps: { 'aria-label': i18n._(msg`Close`) } });
  },
  failed(error: unknown): void {
    const { title, detail } = shownProblem(error);
    showNotification({ id: `toast-${++number}`, autoClose: FAILED_MS, withBorder: true, color: 'red', title, message: detail, role: 'alert', closeButtonProps: { 'aria-label': i18n._(msg`Close`) } });
  },
};
