import { ActionIcon, Anchor } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, type ReactNode } from 'react';
import { linkTo } from './address.js';
import { useReturnFocus } from './return-focus.js';
import classes from './peek-panel.module.css';

/**
 * A look beside the page, without leaving it: the table stays usable, Escape closes, focus returns to where it came from.
 * @param href the page of the thing
 */
export function PeekPanel({ opened, title, href, onClose, children }: { opened: boolean; title: ReactNode; href?: string; onClose: () => void; children: ReactNode }) {
  const { t } = useLingui();
  const panel = useRef<HTMLElement>(null);
  useReturnFocus(panel, opened);
  useEffect(() => {
    if (!opened) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented) onClose();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [opened, onClose]);
  if (!opened) return null;
  return (
    <aside ref={panel} className={`${classes.panel} r-no-print`} aria-label={t`Preview`}>
      <div className={classes.head}>
        <h2 className={classes.title}>{title}</h2>
        {href ? <Anchor component={Link} {...linkTo(href)} size="sm">{t`Open`}</Anchor> : null}
        <ActionIcon aria-label={t`Close preview`} onClick={onClose}><IconX size={16} /></ActionIcon>
      </div>
      <div className={classes.body} role="group" aria-label={t`What is previewed`} tabIndex={0}>{children}</div>
    </aside>
  );
}
