import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { useLingui } from '@lingui/react/macro';
import { KeyHint, ProblemAlert, StageBadge } from '@roster/ui';
import { IconFileCertificate, IconSearch, IconUser } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { memo, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { shownProblem } from '../api/problem.js';
import { useRefusal } from '../session/may.js';
import { useOpen } from './as-of.js';
import { useCommandList, type Command } from './commands.js';
import { takeEarlyKeys } from './early-keys.js';
import { pageActs } from './page-acts.js';
import classes from './palette.module.css';
import { searchQuery } from './search.queries.js';

const [store, paletteSpotlight] = createSpotlight();
const RECENT = 'roster-recent-commands';
const RECENT_LIMIT = 5;

const recentIds = (): string[] => (localStorage.getItem(RECENT) ?? '').split('\n').filter((id) => id !== '');
const remember = (id: string): void => localStorage.setItem(RECENT, [id, ...recentIds().filter((other) => other !== id)].slice(0, RECENT_LIMIT).join('\n'));

/** The page behind stays sharp: blurring all of it again with every key is what the palette would spend most of its time on. */
const OVERLAY = { backgroundOpacity: 0.35, blur: 0 } as const;

interface Offered extends Command {
  /** Why it cannot be done, which is said in place; null when it can. */
  readonly refusal: string | null;
}

/** Marks the first of the list as the one Enter does, in the way Mantine marks it: that chooses with the first letter typed, before what was asked for is here. */
function chooseFirst(): void {
  const list = document.getElementById(store.getState().listId);
  const [chosen, first] = [list?.querySelector('[data-selected]'), list?.querySelector('[data-action]')];
  if (first === null || first === undefined || chosen === first) return;
  chosen?.removeAttribute('data-selected');
  first.setAttribute('data-selected', 'true');
  store.updateState((state) => ({ ...state, selected: 0 }));
}

/** Whether every word of what was typed begins a word of the command. */
export function matchesWords(typed: string, command: Pick<Command, 'label' | 'group' | 'keywords'>): boolean {
  const words = [command.label, command.group, ...(command.keywords ?? [])].join(' ').toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return typed.toLowerCase().split(/\s+/).filter((part) => part !== '').every((part) => words.some((word) => word.startsWith(part)));
}

/** Search and every act, by keyboard: what was done lately first, then what fits the words; workloads, people and evidence from the service. */
export function PaletteDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useLingui();
  const go = useOpen();
  const refusal = useRefusal();
  const [typed, setTyped] = useState('');
  const asked = useDeferredValue(typed.trim());
  const all = useCommandList();
  // The field is there at once; the list, which reads the whole page, a moment later and without holding up what is typed.
  const listed = useDeferredValue(opened);
  const onPage = useMemo(() => (listed ? pageActs() : []), [listed]);
  const commands = useMemo((): Offered[] => {
    const given = all.filter(({ id }) => id !== 'frame.palette').map((command) => ({ ...command, refusal: refusal(command.permission ?? null) }));
    const known = new Set(given.map(({ label }) => label));
    const [here, rows] = [t`This page`, t`In the rows of this page`];
    return [...given, ...onPage.filter(({ label }) => !known.has(label)).map(({ label, inRow, refusal: why, run }) => ({ id: `page:${label}`, label, group: inRow ? rows : here, refusal: why === '' ? t`Not possible now.` : why, run }))];
  }, [all, onPage, refusal, t]);
  const found = useQuery({ ...searchQuery(asked), enabled: opened && asked.length >= 2 });
  useEffect(() => { if (opened) paletteSpotlight.open(); else paletteSpotlight.close(); }, [opened]);
  const groups = useMemo(() => {
    if (!listed) return [];
    const recent = typed === '' ? recentIds().flatMap((id) => commands.find((command) => command.id === id) ?? []) : [];
    const rest = commands.filter((command) => !recent.includes(command) && matchesWords(typed, command));
    return [...(recent.length > 0 ? [[t`Recent`, recent] as const] : []), ...Map.groupBy(rest, ({ group }) => group)];
  }, [commands, listed, typed, t]);
  const results = asked.length >= 2 ? found.data : undefined;
  const [workloads, people, evidence] = [results?.workloads.items ?? [], results?.people?.items ?? [], results?.evidence?.items ?? []];
  // Enter does the first of what is listed now, unless somebody has gone to another one: the list comes in parts.
  useEffect(() => {
    if (typed !== '' && store.getState().selected < 1) chooseFirst();
  }, [typed, groups, results]);
  const nothing = listed && groups.length === 0 && workloads.length + people.length + evidence.length === 0;
  const more = (to: string) => <Spotlight.Action className={classes.action} onClick={() => go(to)}><span className={`${classes.row} ${classes.dim}`}>{t`Show all`}</span></Spotlight.Action>;
  const words = encodeURIComponent(asked);
  return (
    <Spotlight.Root store={store} query={typed} onQueryChange={setTyped} onSpotlightClose={onClose} shortcut={null} centered={false} scrollable maxHeight={420} lockScroll={false} transitionProps={{ duration: 80 }} overlayProps={OVERLAY} size={620} attributes={{ content: { 'aria-label': t`Search and commands` } }}>
      <Spotlight.Search placeholder={t`Search workloads, people, evidence, or type what you want to do`} data-palette onFocus={() => { const early = takeEarlyKeys(); if (early !== '') setTyped((before) => before + early); }} aria-label={t`Search and commands`} leftSection={<IconSearch size={16} />} />
      <Spotlight.ActionsList>
        {workloads.length > 0 ? (
          <Spotlight.ActionsGroup label={t`Workloads`}>
            {workloads.map(({ key, name, stage, hardening, undetermined, frozen }) => (
              <Spotlight.Action key={key} className={classes.action} onClick={() => go(`/workloads/${encodeURIComponent(key)}`)}>
                <span className={classes.row}><code>{key}</code><span className={classes.label}>{name}</span><StageBadge stage={stage} hardening={hardening} undetermined={undetermined} frozen={frozen} /></span>
              </Spotlight.Action>
            ))}
            {results?.workloads.more ? more(`/inventory?q=${words}`) : null}
          </Spotlight.ActionsGroup>
        ) : null}
        {people.length > 0 ? (
          <Spotlight.ActionsGroup label={t`People`}>
            {people.map(({ id, name, email }) => (
              <Spotlight.Action key={id} className={classes.action} onClick={() => go(`/settings/members?status=all&q=${encodeURIComponent(email)}`)}><span className={classes.row}><IconUser size={15} aria-hidden /><span className={classes.label}>{name}</span><span className={classes.dim}>{email}</span></span></Spotlight.Action>
            ))}
            {results?.people?.more ? more(`/settings/members?status=all&q=${words}`) : null}
          </Spotlight.ActionsGroup>
        ) : null}
        {evidence.length > 0 ? (
          <Spotlight.ActionsGroup label={t`Evidence`}>
            {evidence.map(({ id, title }) => <Spotlight.Action key={id} className={classes.action} onClick={() => go(`/evidence/${id}`)}><span className={classes.row}><IconFileCertificate size={15} aria-hidden /><span className={classes.label}>{title}</span></span></Spotlight.Action>)}
            {results?.evidence?.more ? more(`/evidence?q=${words}`) : null}
          </Spotlight.ActionsGroup>
        ) : null}
        {groups.map(([group, members]) => (
          <Spotlight.ActionsGroup key={group} label={group}>
            {members.map((command) => (
              <CommandRow key={command.id} command={command} />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {found.error && asked.length >= 2 ? <div className={classes.problem}><ProblemAlert problem={shownProblem(found.error)} onRetry={() => void found.refetch()} compact /></div> : null}
        {nothing && !found.isFetching && !found.error ? <Spotlight.Empty>{t`Nothing found. Try a key, a name, an e-mail address or an act.`}</Spotlight.Empty> : null}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

/** One act. Plain, since a hundred of them are there as soon as the palette is: Mantine's own row costs five times as much to draw. */
const CommandRow = memo(function CommandRow({ command: { id, label, keys, refusal, run } }: { command: Offered }) {
  const trigger = () => {
    if (refusal !== null) return;
    remember(id);
    run();
    paletteSpotlight.close();
  };
  return (
    <button type="button" data-action tabIndex={-1} className={`${classes.command} ${refusal === null ? '' : classes.refused}`} aria-disabled={refusal !== null || undefined} onMouseDown={(event) => event.preventDefault()} onClick={trigger}>
      <span className={classes.label} data-command>{label}</span>{refusal === null ? null : <span className={classes.why}>{refusal}</span>}{keys ? <KeyHint keys={keys.flatMap((key) => key.split('+'))} /> : null}
    </button>
  );
});
