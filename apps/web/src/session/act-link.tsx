import { Button, type ButtonProps } from '@mantine/core';
import type { Permission } from '@roster/contracts';
import { Link } from '@tanstack/react-router';
import { linkTo } from '../shell/address.js';
import { ActButton } from './act-button.js';
import { useMay } from './may.js';

/** A link in the form of a button, to where an act begins; who may not do it is told why. @param to address on this page, with its query */
export function ActLink({ to, permission, children, ...props }: ButtonProps & { to: string; permission: Permission; children: React.ReactNode }) {
  const { allowed } = useMay(permission);
  if (!allowed) return <ActButton permission={permission} {...props}>{children}</ActButton>;
  return <Button component={Link} {...linkTo(to)} {...props} data-act>{children}</Button>;
}
