import { ActionIcon, Progress, Tooltip } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconPlayerPause, IconPlayerPlay, IconRefresh, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ShownProblem } from '../feedback/problem-alert.js';
import { useFormat } from '../format/format.js';
import { MeaningBadge } from '../status/meaning.js';
import { Digest } from '../text/text.js';
import classes from './transfer-list.module.css';

/** How far a file is. waiting = its turn has not come; offline = the line broke and it goes on by itself; checking = all sent, being checked. */
export type TransferStatus = 'waiting' | 'sending' | 'paused' | 'offline' | 'checking' | 'done' | 'failed';

/** One file on its way to the service. */
export interface TransferView {
  readonly id: string;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly sent: number;
  readonly status: TransferStatus;
  /** As computed by the service; null until it is there. */
  readonly sha256: string | null;
  readonly problem: ShownProblem | null;
}

/**
 * Files on their way, each with what is done, what remains and what can be done about it.
 * @param detail what stands under the name of a file (such as a field for its title)
 */
export function TransferList({ label, transfers, onPause, onResume, onRemove, detail }: {
  label: string; transfers: readonly TransferView[]; onPause: (id: string) => void; onResume: (id: string) => void; onRemove: (id: string) => void; detail?: (transfer: TransferView) => ReactNode;
}) {
  return (
    <ul className={classes.list} aria-label={label}>
      {transfers.map((transfer) => <TransferRow key={transfer.id} transfer={transfer} onPause={onPause} onResume={onResume} onRemove={onRemove} detail={detail} />)}
    </ul>
  );
}

function TransferRow({ transfer, onPause, onResume, onRemove, detail }: { transfer: TransferView; onPause: (id: string) => void; onResume: (id: string) => void; onRemove: (id: string) => void; detail?: (transfer: TransferView) => ReactNode }) {
  const { t } = useLingui();
  const format = useFormat();
  const { id, name, size, sent, status, sha256, problem } = transfer;
  const sentText = format.bytes(sent);
  const sizeText = format.bytes(size);
  const leftText = format.bytes(size - sent);
  const running = status === 'sending' || status === 'waiting' || status === 'offline';
  return (
    <li className={classes.row} data-status={status}>
      <div className={classes.head}>
        <span className={classes.name} title={name}>{name}</span>
        <span className={classes.state}><TransferMark status={status} /></span>
        <span className={classes.acts}>
          {running ? <Tooltip label={t`Pause`}><ActionIcon size={24} aria-label={t`Pause ${name}`} onClick={() => onPause(id)}><IconPlayerPause size={15} /></ActionIcon></Tooltip> : null}
          {status === 'paused' ? <Tooltip label={t`Go on`}><ActionIcon size={24} aria-label={t`Go on with ${name}`} onClick={() => onResume(id)}><IconPlayerPlay size={15} /></ActionIcon></Tooltip> : null}
          {status === 'failed' ? <Tooltip label={t`Try again`}><ActionIcon size={24} aria-label={t`Try ${name} again`} onClick={() => onResume(id)}><IconRefresh size={15} /></ActionIcon></Tooltip> : null}
          <Tooltip label={t`Remove`}><ActionIcon size={24} aria-label={t`Remove ${name}`} onClick={() => onRemove(id)}><IconX size={15} /></ActionIcon></Tooltip>
        </span>
      </div>
      {status === 'done' || status === 'failed' ? null : <Progress size="sm" value={size === 0 ? 0 : (sent / size) * 100} color={status === 'offline' || status === 'paused' ? 'gray' : undefined} aria-label={t`Progress of ${name}`} />}
      <div className={classes.numbers}>
        {status === 'done' ? <span>{sizeText}</span> : status === 'failed' ? null : <Trans>{sentText} of {sizeText}, {leftText} remaining</Trans>}
        {sha256 ? <Digest value={sha256} label={t`Copy SHA-256 of ${name}`} /> : null}
      </div>
      {problem ? <p role="alert" className={classes.problem}><strong>{problem.title}.</strong> {problem.errors?.[0]?.message ?? problem.detail}</p> : null}
      {detail ? <div>{detail(transfer)}</div> : null}
    </li>
  );
}

/** How far a file is, in a word. */
export function TransferMark({ status }: { status: TransferStatus }) {
  const { t } = useLingui();
  switch (status) {
    case 'waiting': return <MeaningBadge meaning="neutral" plain>{t`Waiting`}</MeaningBadge>;
    case 'sending': return <MeaningBadge meaning="information" plain>{t`Sending`}</MeaningBadge>;
    case 'paused': return <MeaningBadge meaning="neutral" plain>{t`Paused`}</MeaningBadge>;
    case 'offline': return <MeaningBadge meaning="attention" plain>{t`No connection, goes on by itself`}</MeaningBadge>;
    case 'checking': return <MeaningBadge meaning="information" plain>{t`Checking`}</MeaningBadge>;
    case 'done': return <MeaningBadge meaning="met" plain>{t`Arrived whole`}</MeaningBadge>;
    case 'failed': return <MeaningBadge meaning="broken" plain>{t`Not taken`}</MeaningBadge>;
  }
}
