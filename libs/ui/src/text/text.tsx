import { ActionIcon, CopyButton as Copy, Tooltip } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { IconCheck, IconCopy, IconUserOff } from '@tabler/icons-react';
import classes from './text.module.css';

/** Keys of a shortcut, such as `['g', 'i']` or `['mod', 'k']`. */
export function KeyHint({ keys }: { keys: readonly string[] }) {
  const mac = typeof navigator !== 'undefined' && /Mac|iP(hone|ad)/.test(navigator.userAgent);
  return <span className={classes.keys}>{keys.map((key) => <kbd key={key} className={classes.key}>{key === 'mod' ? (mac ? '⌘' : 'Ctrl') : key}</kbd>)}</span>;
}

/** Copies a value. @param label what is copied, in words */
export function CopyButton({ value, label }: { value: string; label: string }) {
  const { t } = useLingui();
  return (
    <Copy value={value} timeout={2_000}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? t`Copied` : label}>
          <ActionIcon size={24} onClick={copy} aria-label={copied ? t`Copied` : label}>{copied ? <IconCheck size={14} /> : <IconCopy size={14} />}</ActionIcon>
        </Tooltip>
      )}
    </Copy>
  );
}

/** A digest: its start in the page, the whole of it on hover, focus and copy. @param length characters shown */
export function Digest({ value, label, length = 12 }: { value: string; label?: string; length?: number }) {
  const { t } = useLingui();
  return (
    <span className={classes.digest}>
      <Tooltip label={<span className={classes.whole}>{value}</span>}><code tabIndex={0} data-volatile>{value.length > length ? `${value.slice(0, length)}…` : value}</code></Tooltip>
      <CopyButton value={value} label={label ?? t`Copy digest`} />
    </span>
  );
}

/** A person by name; one who has left is marked as such. */
export function Person({ name, status = 'active' }: { name: string | null | undefined; status?: 'active' | 'invited' | 'deactivated' | 'orphaned' }) {
  const { t } = useLingui();
  if (!name) return <span className={classes.nobody}>{t`Nobody`}</span>;
  return (
    <span className={classes.person}>
      <span aria-hidden className={classes.initials}>{name.split(/\s+/).map((part) => part[0] ?? '').slice(0, 2).join('').toUpperCase()}</span>
      <span className={classes.name}>{name}</span>
      {status === 'deactivated' || status === 'orphaned' ? <Tooltip label={t`No longer a member`}><span className={classes.gone}><IconUserOff size={13} aria-hidden /><span className="r-visually-hidden">{t`No longer a member`}</span></span></Tooltip> : null}
    </span>
  );
}
