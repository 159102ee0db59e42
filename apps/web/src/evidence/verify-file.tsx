import { Progress } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { FileDrop, MeaningBadge, useFormat } from '@roster/ui';
import { useRef, useState } from 'react';
import { toast } from '../shell/toast.js';
import classes from './evidence-detail.module.css';
import { hashFile } from './hash-file.js';

type Check = { readonly name: string } & ({ readonly state: 'hashing'; readonly share: number } | { readonly state: 'same' } | { readonly state: 'other'; readonly version: number | null; readonly sha256: string });

/**
 * Tells whether a file is the one that was submitted: hashed in this browser, compared with the hash the service computed. The file is not sent.
 * @param version number of the version that is looked at
 * @param versions hashes of all versions, by number
 */
export function VerifyFile({ version, versions }: { version: number; versions: ReadonlyMap<number, string> }) {
  const { t } = useLingui();
  const format = useFormat();
  const [check, setCheck] = useState<Check | null>(null);
  const latest = useRef(0);
  const verify = async (file: File): Promise<void> => {
    latest.current += 1;
    const mine = latest.current;
    setCheck({ name: file.name, state: 'hashing', share: 0 });
    const sha256 = await hashFile(file, (share) => { if (mine === latest.current) setCheck({ name: file.name, state: 'hashing', share }); });
    if (mine !== latest.current) return;
    if (sha256 === versions.get(version)) setCheck({ name: file.name, state: 'same' });
    else setCheck({ name: file.name, state: 'other', version: [...versions].find(([, hash]) => hash === sha256)?.[0] ?? null, sha256 });
  };
  return (
    <div className={classes.verify}>
      <FileDrop compact many={false} label={t`File to compare`} hint={t`Hashed in this browser and compared with version ${version}. The file is not sent.`} onFiles={([file]) => { if (file) verify(file).catch((error: unknown) => { setCheck(null); toast.failed(error); }); }} />
      <div role="status" aria-live="polite">{check ? <Verdict check={check} shown={version} percent={format.percent} /> : null}</div>
    </div>
  );
}

function Verdict({ check, shown, percent }: { check: Check; shown: number; percent: (share: number) => string }) {
  const { t } = useLingui();
  const { name } = check;
  if (check.state === 'hashing') {
    const share = percent(check.share);
    return <><Progress size="sm" value={check.share * 100} aria-label={t`Hashing`} /><p className={classes.note}><Trans>Hashing {name}: {share}</Trans></p></>;
  }
  if (check.state === 'same') return <p className={classes.verdict}><MeaningBadge meaning="met">{t`The same file`}</MeaningBadge> <Trans>{name} is version {shown}, byte for byte.</Trans></p>;
  const { version, sha256 } = check;
  return (
    <p className={classes.verdict}>
      <MeaningBadge meaning={version === null ? 'broken' : 'attention'}>{version === null ? t`Another file` : t`Another version`}</MeaningBadge>{' '}
      {version === null ? <Trans>{name} is no version of this evidence. It hashes to</Trans> : <Trans>{name} is version {version}, not version {shown}. It hashes to</Trans>} <code className={classes.hash}>{sha256}</code>
    </p>
  );
}
