import { Button, TextInput } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { PackReport } from '@roster/pack-verify';
import { DefinitionList, FormatProvider, Instant, Panel, ProgressLine, useFormat } from '@roster/ui';
import { IconFileZip, IconLoader2, IconShieldCheck, IconShieldLock, IconShieldX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState, type DragEvent } from 'react';
import { serviceNow } from '../../clock/now.js';
import { formatLocale } from '../../i18n/locale.js';
import { WholeDigest } from '../whole-digest.js';
import { CheckList } from './check-list.js';
import { useVerification, type Verification } from './use-verification.js';
import classes from './verify-page.module.css';

const MEGABYTE = 1_000_000;
const FINGERPRINT = /^[0-9a-f]{64}$/;
const bare = (text: string): string => text.trim().toLowerCase().replaceAll(':', '').replace(/\s+/g, '');

/** Drop a pack, watch every check. For anybody, without an account: the whole of it happens in this browser. */
export function VerifyPage({ trusted }: { trusted: string }) {
  const { t } = useLingui();
  return (
    <FormatProvider locale={formatLocale()} timeZone={Intl.DateTimeFormat().resolvedOptions().timeZone} now={serviceNow()}>
      <div className={classes.page}>
        <header className={`${classes.bar} r-no-print`}>
          <p className={classes.brand}><img src="/favicon.svg" alt="" width={20} height={20} /> Roster</p>
          <Link to="/">{t`Go to Roster`}</Link>
        </header>
        <main className={classes.main}>
          <h1>{t`Is this evidence pack genuine?`}</h1>
          <p className={classes.lead}><Trans>Drop the file of an evidence pack. Your browser checks every byte of it, the signature and the trail. Nothing is uploaded, and you need no account.</Trans></p>
          <Verifier trusted={trusted} />
        </main>
      </div>
    </FormatProvider>
  );
}

function Verifier({ trusted }: { trusted: string }) {
  const { t } = useLingui();
  const { verification, verify, clear } = useVerification();
  const [key, setKey] = useState(trusted);
  const [over, setOver] = useState(false);
  const fingerprint = bare(key);
  const keyProblem = fingerprint === '' || FINGERPRINT.test(fingerprint) ? null : t`A fingerprint has 64 digits from 0 to 9 and a to f.`;
  const start = (file: File | undefined): void => {
    if (file && keyProblem === null) verify(file, fingerprint === '' ? null : fingerprint);
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    start(event.dataTransfer.files[0]);
  };
  return (
    <div className={classes.columns}>
      <div className={classes.side}>
        <label className={`${classes.drop} ${over ? classes.over : ''}`} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={onDrop}>
          <IconFileZip size={30} stroke={1.5} aria-hidden />
          <strong>{verification ? t`Check another pack` : t`Drop a pack here`}</strong>
          <span className={classes.word}>{t`or choose a file (.zip)`}</span>
          <input type="file" accept=".zip,application/zip" aria-label={t`Choose a pack to check`} onChange={(event) => { start(event.currentTarget.files?.[0]); event.currentTarget.value = ''; }} />
        </label>
        <p className={classes.quiet}><IconShieldLock size={16} aria-hidden /> <span><Trans>Everything happens in this browser. The file does not leave your machine.</Trans></span></p>
        <TextInput
          label={t`Fingerprint of the key you trust`} description={t`Ask the publisher for it by another way than this file. Without it the signature is checked, but not whose it is.`}
          value={key} onChange={(event) => setKey(event.currentTarget.value)} error={keyProblem} classNames={{ input: classes.mono ?? '' }} spellCheck={false} autoComplete="off"
        />
        {verification && fingerprint !== '' && keyProblem === null && verification.report && verification.checks.get('signature.key')?.status === 'not_checked'
          ? <Button onClick={() => start(verification.file)}>{t`Check again with this key`}</Button> : null}
        {verification ? <Button variant="default" onClick={clear}>{t`Clear`}</Button> : null}
        <Panel title={t`The same check without this page`}>
          <div className={classes.about}>
            <code className={classes.command} tabIndex={0}>npx roster pack verify pack.zip</code>
            <p className={classes.quiet}><Trans>Or follow VERIFY.md inside the pack with unzip, sha256sum and openssl.</Trans></p>
          </div>
        </Panel>
      </div>
      <div>
        <Verdict verification={verification} trusted={fingerprint !== ''} />
        {verification?.report?.pack ? <About report={verification.report} /> : null}
        <CheckList checks={verification?.checks ?? new Map()} ended={verification?.report != null || verification?.failure != null} />
      </div>
    </div>
  );
}

function Verdict({ verification, trusted }: { verification: Verification | null; trusted: boolean }) {
  const { t } = useLingui();
  const format = useFormat();
  if (verification === null) return <p className={classes.quiet} aria-live="polite">{t`Sixteen checks wait for a file.`}</p>;
  const { file, report, failure, progress } = verification;
  const name = file.name;
  if (failure !== null) {
    return <div role="alert" className={`${classes.verdict} ${classes.bad}`}><IconShieldX size={26} aria-hidden /><h2>{t`The check could not be finished`}</h2><p>{t`This says nothing about ${name}. Nothing was changed. What happened: ${failure}`}</p></div>;
  }
  if (report === null) {
    return (
      <div className={`${classes.verdict} ${classes.busy}`} aria-live="polite">
        <IconLoader2 size={26} aria-hidden /><h2>{t`Checking ${name}`}</h2>
        <div style={{ gridColumn: 2 }}><ProgressLine done={Math.round((progress.done / MEGABYTE) * 10) / 10} total={Math.round((progress.total / MEGABYTE) * 10) / 10} unit={t`MB`} label={t`Reading`} /></div>
      </div>
    );
  }
  const failed = report.checks.filter(({ status }) => status === 'failed').length;
  const size = format.bytes(file.size);
  return report.ok ? (
    <div role="status" className={`${classes.verdict} ${classes.good}`} data-verdict="verified">
      <IconShieldCheck size={26} aria-hidden /><h2>{t`Verified`}</h2>
      <p>{t`${name} (${size}) is exactly what was signed.`} {trusted ? t`The signing key is the one you trust.` : t`Nobody has compared the signing key yet: get its fingerprint from the publisher by another way.`}</p>
    </div>
  ) : (
    <div role="alert" className={`${classes.verdict} ${classes.bad}`} data-verdict="refused">
      <IconShieldX size={26} aria-hidden /><h2>{t`Not verified: do not rely on this pack`}</h2>
      <p><Plural value={failed} one="# check failed. It says below what was found." other="# checks failed. They say below what was found." /></p>
    </div>
  );
}

function About({ report: { pack, keyFingerprint } }: { report: PackReport }) {
  const { t } = useLingui();
  const format = useFormat();
  if (pack === null) return null;
  const { workloads, evidenceFiles, trailEntries } = pack.counts;
  return (
    <div style={{ marginBlockStart: 14 }}>
      <Panel title={t`What the pack says about itself`} description={t`Signed with it, so that it can be believed when every check passed.`}>
        <DefinitionList
          items={[
            { term: t`Organization`, value: pack.tenant.name }, { term: t`As known on`, value: <Instant at={pack.asOf} /> },
            { term: t`Holds`, value: t`${format.number(workloads)} workloads, ${format.number(evidenceFiles)} evidence files, ${format.number(trailEntries)} trail entries` },
            { term: t`Signed by key`, value: keyFingerprint === null ? t`No key` : <WholeDigest value={keyFingerprint} label={t`Copy fingerprint`} /> },
          ]}
        />
      </Panel>
    </div>
  );
}
