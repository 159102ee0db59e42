import { Button, Tooltip, type ButtonProps } from '@mantine/core';
import type { Permission } from '@roster/contracts';
import type { MouseEventHandler } from 'react';
import { useMay } from './may.js';

export interface ActButtonProps extends ButtonProps {
  /** What the act needs; null for acts that everybody may do. */
  readonly permission: Permission | null;
  /** A further reason why it cannot be done now, in words. */
  readonly unless?: string | null;
  readonly onClick?: MouseEventHandler<HTMLButtonElement>;
  readonly type?: 'button' | 'submit';
  readonly 'aria-label'?: string;
  readonly form?: string;
}

/** A button that says its act. Who may not is told why; the button stays reachable by keyboard so that the reason can be read, and the palette says it too (shell/page-acts). */
export function ActButton({ permission, unless = null, onClick, children, type = 'button', ...props }: ActButtonProps) {
  const { allowed, why } = useMay(permission);
  const reason = allowed ? unless : why;
  const button = (
    <Button {...props} type={reason ? 'button' : type} aria-disabled={reason ? true : undefined} data-disabled={reason ? true : undefined} data-why={reason ?? undefined} onClick={reason ? (event) => event.preventDefault() : onClick}>{children}</Button>
  );
  return reason ? <Tooltip label={reason} multiline maw={320}>{button}</Tooltip> : button;
}
