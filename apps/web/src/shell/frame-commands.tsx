import { useLingui } from '@lingui/react/macro';
import { useMantineColorScheme } from '@mantine/core';
import type { Permission } from '@roster/contracts';
import { useMemo } from 'react';
import { useSections } from '../settings/sections.js';
import { useSignOut } from '../session/sign-out.js';
import { useOpen } from './as-of.js';
import { useCommands, type Command } from './commands.js';
import { openPalette } from './palette-door.js';
import { useRooms } from './rail.js';
import { openShortcutSheet } from './shortcut-sheet-state.js';

const ROOM_KEYS: Readonly<Record<string, string>> = { '/': 'h', '/inventory': 'i', '/evidence': 'e', '/reviews': 'r', '/actions': 'a', '/packs': 'p', '/portfolio': 'f', '/settings': 's' };

/** What can be done from everywhere. */
export function FrameCommands() {
  const { t } = useLingui();
  const rooms = useRooms();
  const sections = useSections();
  const signOut = useSignOut();
  const signOutEverywhere = useSignOut(true);
  const open = useOpen();
  const { setColorScheme } = useMantineColorScheme();
  const commands = useMemo((): Command[] => {
    const go = (to: string) => () => open(to);
    const needs = (permission: Permission | null): Pick<Command, 'permission'> => (permission === null ? {} : { permission });
    const [places, acts, here] = [t`Go to`, t`Do`, t`This page`];
    return [
      ...rooms.map(({ to, label, permission }): Command => ({ id: `go:${to}`, label, group: places, run: go(to), keys: ['g', ROOM_KEYS[to] ?? ''], ...needs(permission) })),
      ...[...sections.organization, ...sections.person].map(({ to, label, permission }): Command => ({ id: `go:${to}`, label, group: places, run: go(to), ...needs(permission) })),
      { id: 'go:/inbox', label: t`Inbox`, group: places, keys: ['g', 'n'], run: go('/inbox') },
      { id: 'go:/evidence/queue', label: t`Evidence to decide`, group: places, keys: ['g', 'q'], permission: 'evidence:item:read', run: go('/evidence/queue') },
      { id: 'go:/reviews/calendar', label: t`Review calendar`, group: places, keys: ['g', 'c'], permission: 'reviews:review:read', run: go('/reviews/calendar') },
      { id: 'go:/reviews/punctuality', label: t`Punctuality of reviews`, group: places, permission: 'reviews:review:read', run: go('/reviews/punctuality') },
      { id: 'go:/inventory/imports', label: t`Imports`, group: places, permission: 'inventory:import:run', keywords: ['csv', 'xlsx'], run: go('/inventory/imports') },
      { id: 'inventory.register', label: t`Register a workload`, group: acts, keys: ['c'], permission: 'inventory:workload:create', run: go('/inventory/register') },
      { id: 'inventory.import', label: t`Import workloads`, group: acts, permission: 'inventory:import:run', keywords: ['csv', 'xlsx'], run: go('/inventory/import') },
      { id: 'evidence.submit', label: t`Submit evidence`, group: acts, permission: 'evidence:item:submit', keywords: ['upload', 'file'], run: go('/evidence/new') },
      { id: 'packs.build', label: t`Build an evidence pack`, group: acts, permission: 'packs:pack:build', keywords: ['export', 'audit'], run: go('/packs/new') },
      { id: 'packs.verify', label: t`Verify an evidence pack`, group: acts, run: go('/packs/verify') },
      { id: 'members.invite', label: t`Invite a member`, group: acts, permission: 'access:member:manage', run: go('/settings/members?act=invite') },
      { id: 'api-keys.create', label: t`Create an API key`, group: acts, permission: 'access:api-key:manage', run: go('/settings/api-keys?act=create') },
      { id: 'custom-fields.create', label: t`Define a custom field`, group: acts, permission: 'inventory:custom-field:manage', run: go('/settings/custom-fields?act=define') },
      { id: 'frame.palette', label: t`Search and commands`, group: here, keys: ['mod+k'], run: openPalette },
      { id: 'frame.shortcuts', label: t`Keyboard shortcuts`, group: here, keys: ['?'], run: openShortcutSheet },
      { id: 'frame.print', label: t`Print this page`, group: here, run: () => print() },
      { id: 'frame.light', label: t`Light colours`, group: here, keywords: ['theme'], run: () => setColorScheme('light') },
      { id: 'frame.dark', label: t`Dark colours`, group: here, keywords: ['theme'], run: () => setColorScheme('dark') },
      { id: 'frame.auto', label: t`Colours of the system`, group: here, keywords: ['theme'], run: () => setColorScheme('auto') },
      { id: 'frame.sign-out', label: t`Sign out`, group: here, run: signOut },
      { id: 'frame.sign-out-everywhere', label: t`Sign out everywhere`, group: here, run: signOutEverywhere },
    ];
  }, [t, open, setColorScheme, rooms, sections, signOut, signOutEverywhere]);
  useCommands(commands, 'everywhere');
  return null;
}
