import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { IconDeviceDesktop, IconDevicesOff, IconKeyboard, IconLogout, IconMoon, IconSun, IconUser, IconUserCircle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useSignOut } from '../session/sign-out.js';
import { useMe } from '../session/me.js';
import { openShortcutSheet } from './shortcut-sheet-state.js';

/** Who is signed in, how the page looks, and the way out. */
export function AccountMenu() {
  const { t } = useLingui();
  const { user, organization } = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = useSignOut();
  const signOutEverywhere = useSignOut(true);
  const look = (scheme: 'light' | 'dark' | 'auto', label: string, icon: React.ReactNode) => (
    <Menu.Item role="menuitemradio" aria-checked={colorScheme === scheme} leftSection={icon} onClick={() => setColorScheme(scheme)} rightSection={colorScheme === scheme ? '✓' : null}>{label}</Menu.Item>
  );
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target><ActionIcon aria-label={t`Account`}><IconUserCircle size={18} /></ActionIcon></Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{user.name} · {user.email}<br />{organization.name}</Menu.Label>
        <Menu.Item component={Link} to="/settings/profile" leftSection={<IconUser size={15} />}>{t`Profile and notifications`}</Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={15} />} onClick={openShortcutSheet}>{t`Keyboard shortcuts`}</Menu.Item>
        <Menu.Divider />
        {look('auto', t`Colours of the system`, <IconDeviceDesktop size={15} />)}
        {look('light', t`Light`, <IconSun size={15} />)}
        {look('dark', t`Dark`, <IconMoon size={15} />)}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={15} />} onClick={signOut}>{t`Sign out`}</Menu.Item>
        <Menu.Item leftSection={<IconDevicesOff size={15} />} onClick={signOutEverywhere}>{t`Sign out everywhere`}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
