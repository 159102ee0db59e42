import { ActionIcon, Button, Checkbox, Menu, Modal, Stack, TextInput, Tooltip } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconChevronDown, IconLock, IconPencil, IconTrash, IconUsers } from '@tabler/icons-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { ConfirmDialog } from '../feedback/confirm-dialog.js';
import classes from './saved-view-bar.module.css';

/** A view of a list: a name for its filters, order and columns. */
export interface SavedView {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly kind: 'built_in' | 'personal' | 'shared';
  readonly mayChange: boolean;
  /** Who made it, in words; null for a built-in one. */
  readonly madeBy: string | null;
  /** The person who looks made it. */
  readonly mine: boolean;
}

/**
 * The views of a list as tabs, with what can be done with the one that is open: a dot and Save, Save as, Reset when it differs from what is saved; rename,
 * share or make personal, delete. Asks before others lose a view; a personal one is gone at once, so offer to undo it.
 * @param active id of the open view; null when the list shows something else
 * @param whyNoShare why a view cannot be shared with the organization; null when it can
 * @param frozenWhy why nothing can be saved now; null when it can
 */
export function SavedViewBar({ views, active, dirty, whyNoShare, frozenWhy = null, onSelect, onSave, onSaveAs, onReset, onRename, onShare, onDelete }: {
  views: readonly SavedView[]; active: string | null; dirty: boolean; whyNoShare: string | null; frozenWhy?: string | null;
  onSelect: (id: string) => void; onSave: (id: string) => void; onSaveAs: (view: { name: string; shared: boolean }) => void; onReset: () => void; onRename: (id: string, name: string) => void; onShare: (id: string, shared: boolean) => void; onDelete: (id: string) => void;
}) {
  const { t } = useLingui();
  const [naming, setNaming] = useState<'new' | 'rename' | null>(null);
  const [typed, setTyped] = useState('');
  const [shared, setShared] = useState(false);
  const [asking, setAsking] = useState<'delete' | 'personal' | null>(null);
  const tabs = useRef<HTMLDivElement>(null);
  const open = views.find((view) => view.id === active);
  useEffect(() => {
    // Only the row of tabs scrolls, never the page it stands on. Where the tab is, the browser tells once it has laid the page out anyway.
    const row = tabs.current;
    const tab = row?.querySelector('[aria-current]');
    if (row === null || tab === null || tab === undefined) return undefined;
    const observer = new IntersectionObserver(([place]) => {
      observer.disconnect();
      if (place === undefined || place.rootBounds === null) return;
      const { rootBounds: seen, boundingClientRect: own } = place;
      const away = Math.min(0, own.left - seen.left) + Math.max(0, own.right - seen.right);
      if (away !== 0) row.scrollLeft += away;
    }, { root: row });
    observer.observe(tab);
    return () => observer.disconnect();
  }, [active, views.length]);
  const ask = (what: 'new' | 'rename') => {
    setNaming(what);
    setTyped(what === 'rename' ? (open?.name ?? '') : '');
    setShared(false);
  };
  const submit = () => {
    const given = typed.trim();
    if (given === '') return;
    if (naming === 'rename' && open !== undefined) onRename(open.id, given);
    else onSaveAs({ name: given, shared });
    setNaming(null);
  };
  const whyNotChange = open === undefined || open.mayChange ? null : whyNoShare;
  const maker = open?.madeBy ?? '';
  const whyNotPersonal = whyNoShare ?? (open?.mine === false ? t`Only ${maker}, who made it, can make it personal.` : null);
  const name = open?.name ?? '';
  return (
    <nav className={classes.bar} aria-label={t`Views`}>
      <div ref={tabs} className={classes.tabs}>
        {views.map((view) => (
          <button key={view.id} type="button" className={`${classes.tab} ${view.id === active ? classes.active : ''}`} aria-current={view.id === active ? 'page' : undefined} title={view.description ?? view.name} onClick={() => onSelect(view.id)}>
            {view.name}
            {view.kind === 'shared' ? <><IconUsers size={12} aria-hidden /><span className="r-visually-hidden">{t`shared`}</span></> : null}
            {view.id === active && dirty ? <><span className={classes.dot} aria-hidden /><span className="r-visually-hidden">{t`changed, not saved`}</span></> : null}
          </button>
        ))}
      </div>
      <div className={classes.acts}>
        {dirty && open?.mayChange === true && frozenWhy === null ? <Button size="compact-sm" onClick={() => onSave(open.id)}><Trans>Save</Trans></Button> : null}
        {dirty && frozenWhy === null ? <Button size="compact-sm" variant="default" onClick={() => ask('new')}><Trans>Save as</Trans></Button> : null}
        {dirty && frozenWhy !== null ? <Tooltip label={frozenWhy} multiline maw={320}><Button size="compact-sm" variant="default" aria-disabled data-disabled onClick={(event) => event.preventDefault()}><Trans>Save as</Trans></Button></Tooltip> : null}
        {dirty ? <Button size="compact-sm" variant="subtle" onClick={onReset}><Trans>Reset</Trans></Button> : null}
        {open !== undefined && open.kind !== 'built_in' && frozenWhy === null ? (
          <Menu position="bottom-end" withinPortal>
            <Menu.Target><ActionIcon size={26} aria-label={t`This view`}><IconChevronDown size={15} /></ActionIcon></Menu.Target>
            <Menu.Dropdown maw={320}>
              <Act icon={<IconPencil size={14} />} why={whyNotChange} onAct={() => ask('rename')}><Trans>Rename</Trans></Act>
              {open.kind === 'personal' ? <Act icon={<IconUsers size={14} />} why={whyNoShare} onAct={() => onShare(open.id, true)}><Trans>Share with the organization</Trans></Act>
                : <Act icon={<IconLock size={14} />} why={whyNotPersonal} onAct={() => setAsking('personal')}><Trans>Make it personal</Trans></Act>}
              <Act danger icon={<IconTrash size={14} />} why={whyNotChange} onAct={() => (open.kind === 'shared' ? setAsking('delete') : onDelete(open.id))}><Trans>Delete</Trans></Act>
            </Menu.Dropdown>
          </Menu>
        ) : null}
      </div>
      <Modal opened={naming !== null} onClose={() => setNaming(null)} title={naming === 'rename' ? t`Rename the view` : t`Save as a new view`} closeButtonProps={{ 'aria-label': t`Close` }} size="sm">
        <form onSubmit={(event) => { event.preventDefault(); submit(); }}>
          <Stack gap="sm">
            <TextInput data-autofocus label={t`Name`} required maxLength={100} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
            {naming === 'new' ? <Checkbox label={t`Share it with the organization`} description={whyNoShare ?? t`Everybody sees it; otherwise only you do.`} disabled={whyNoShare !== null} checked={shared} onChange={(event) => setShared(event.currentTarget.checked)} /> : null}
            <Button type="submit" style={{ alignSelf: 'flex-end' }}>{naming === 'rename' ? t`Rename` : t`Save view`}</Button>
          </Stack>
        </form>
      </Modal>
      <ConfirmDialog opened={asking === 'delete'} title={t`Delete ${name} for everybody?`} act={t`Delete the view`} danger onConfirm={() => { if (open !== undefined) onDelete(open.id); setAsking(null); }} onClose={() => setAsking(null)}>
        <Trans>Everybody in the organization loses this view. The workloads in it stay as they are; who has it open keeps what they see.</Trans>
      </ConfirmDialog>
      <ConfirmDialog opened={asking === 'personal'} title={t`Make ${name} personal?`} act={t`Make it personal`} danger onConfirm={() => { if (open !== undefined) onShare(open.id, false); setAsking(null); }} onClose={() => setAsking(null)}>
        <Trans>Everybody else loses this view, and links to it stop working for them. You keep it and can share it again.</Trans>
      </ConfirmDialog>
    </nav>
  );
}

/** An entry of the menu; one that may not be used says why, and can be reached to read it. */
function Act({ icon, why, danger = false, onAct, children }: { icon: ReactNode; why: string | null; danger?: boolean; onAct: () => void; children: ReactNode }) {
  const may = why === null;
  return (
    <Menu.Item leftSection={icon} color={danger && may ? 'red' : undefined} aria-disabled={!may || undefined} data-disabled={!may || undefined} closeMenuOnClick={may} onClick={may ? onAct : undefined}>
      {children}{may ? null : <span className={classes.why}>{why}</span>}
    </Menu.Item>
  );
}
