import { ActionIcon, Button, Group, Popover, Stack, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useFormat } from '@roster/ui';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { serviceNow } from '../clock/now.js';
import { instantOfLocal } from '../clock/calendar.js';
import { toast } from './toast.js';
import { useAsOf, useTravel } from './as-of.js';

/** Time travel: shows everything as it was known at an instant of the organization's time zone. */
export function AsOfControl() {
  const { t } = useLingui();
  const asOf = useAsOf();
  const travel = useTravel();
  const { timeZone } = useFormat();
  const [opened, setOpened] = useState(false);
  const [local, setLocal] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const go = async (): Promise<void> => {
    const instant = await instantOfLocal(local, timeZone);
    if (Date.parse(instant) > serviceNow().getTime()) return setRefusal(t`This is in the future. Choose a moment that has passed.`);
    setOpened(false);
    travel(instant);
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus withArrow shadow="md" width={300}>
      <Popover.Target><ActionIcon aria-label={t`Look at the past`} title={t`Look at the past`} variant={asOf ? 'filled' : 'subtle'} onClick={() => setOpened(!opened)} aria-expanded={opened}><IconHistory size={18} /></ActionIcon></Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={(event) => { event.preventDefault(); go().catch(toast.failed); }}>
          <Stack gap="xs">
            <TextInput type="datetime-local" label={t`As known on`} description={<Trans>Time of {timeZone}</Trans>} required value={local} error={refusal} onChange={(event) => { setLocal(event.currentTarget.value); setRefusal(null); }} />
            <Group justify="space-between">
              <Button variant="default" disabled={asOf === null} onClick={() => { setOpened(false); travel(null); }}>{t`Return to now`}</Button>
              <Button type="submit">{t`Show`}</Button>
            </Group>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
