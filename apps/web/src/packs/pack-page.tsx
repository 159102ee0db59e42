import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { CardSkeleton, DefinitionList, Instant, Panel, Person, ProblemAlert, ProgressLine, useFormat } from '@roster/ui';
import { IconDownload } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { shownProblem } from '../api/problem.js';
import { problemOf, useOperation } from '../live/use-operation.js';
import { Page } from '../shell/page.js';
import { PackIndex } from './pack-index.js';
import { PackStatusMark, requesterName, useScopeWords } from './pack-words.js';
import { countOf, packQuery, type Pack } from './packs.queries.js';
import { WholeDigest } from './whole-digest.js';
import classes from './packs.module.css';

const route = getRouteApi('/_app/packs/$id');

/** One pack: how far it is, what it holds, how to check it. */
export function PackPage() {
  const { t } = useLingui();
  const { id } = route.useParams();
  const queries = useQueryClient();
  const pack = useQuery(packQuery(id));
  const busy = pack.data?.status === 'queued' || pack.data?.status === 'running';
  const operation = useOperation(busy ? `/api/v1/packs/${id}` : null, () => void queries.invalidateQueries({ queryKey: ['packs'] }));
  if (pack.error && !pack.data) return <ProblemAlert problem={shownProblem(pack.error)} onRetry={() => void pack.refetch()} />;
  if (!pack.data) return <CardSkeleton />;
  const shown = pack.data;
  return (
    <Page
      title={shown.result ? t`What does this pack hold?` : t`The pack is being made`} name={shown.result?.fileName ?? t`Pack`} to={`/packs/${id}`} crumbs={[{ label: t`Packs`, to: '/packs' }]} meta={<PackStatusMark status={operation?.status ?? shown.status} />}
      actions={shown.result ? <Button component="a" href={shown.result.href} download={shown.result.fileName} leftSection={<IconDownload size={15} aria-hidden />}>{t`Download the pack`}</Button> : null}
    >
      <PackBody pack={shown} operation={operation} />
    </Page>
  );
}

function PackBody({ pack, operation }: { pack: Pack; operation: ReturnType<typeof useOperation> }) {
  const { t } = useLingui();
  const { result } = pack;
  if (pack.status === 'failed' || pack.status === 'canceled') {
    return (
      <>
        <ProblemAlert problem={shownProblem(problemOf({ id: pack.id, status: pack.status, problem: pack.problem ?? null }))} />
        <p><Link to="/packs/new">{t`Ask for a new pack`}</Link></p>
        <About pack={pack} />
      </>
    );
  }
  const progress = operation?.progress ?? pack.progress;
  return (
    <div className={classes.columns}>
      <div>{result ? <Result pack={pack} result={result} /> : (
        <Panel title={t`Progress`} description={t`You can leave this page: the pack goes on being built, and the inbox tells when it is ready.`}>
          <ProgressLine done={progress.done} total={progress.total ?? null} unit={t`steps`} label={t`Building the pack`} />
        </Panel>
      )}</div>
      <div>{result ? <HowToVerify result={result} /> : <About pack={pack} />}</div>
      {result ? <div className={classes.wide}><PackIndex pack={pack} total={countOf(pack, 'workloads')} /></div> : null}
    </div>
  );
}

function useAbout(pack: Pack) {
  const { t } = useLingui();
  const scopeWords = useScopeWords();
  const { from, to } = pack.period;
  return [
    { term: t`About`, value: scopeWords(pack.scope) }, { term: t`As known on`, value: <Instant at={pack.asOf} relative={false} /> },
    { term: t`Period`, value: from || to ? <>{from ? <Instant at={from} relative={false} /> : t`the beginning`} – {to ? <Instant at={to} relative={false} /> : t`the same instant`}</> : t`Everything up to that instant` },
    { term: t`Edition`, value: pack.edition }, { term: t`Forms`, value: pack.formats.join(', ').toUpperCase() },
    { term: t`Asked for`, value: <><Instant at={pack.requestedAt} /> <Person name={requesterName(pack)} /></> },
  ];
}

function About({ pack }: { pack: Pack }) {
  const { t } = useLingui();
  return <Panel title={t`What was asked for`}><DefinitionList items={useAbout(pack)} /></Panel>;
}

function Result({ pack, result }: { pack: Pack; result: NonNullable<Pack['result']> }) {
  const { t } = useLingui();
  const format = useFormat();
  const [workloads, files, entries, left] = (['workloads', 'evidenceFiles', 'trailEntries', 'exclusions'] as const).map((name) => format.number(countOf(pack, name)));
  return (
    <Panel title={result.fileName}>
      <DefinitionList
        items={[
          { term: t`Holds`, value: t`${workloads} workloads, ${files} evidence files, ${entries} trail entries` }, { term: t`Left out`, value: t`${left}, each listed in the pack with its reason` },
          ...useAbout(pack), { term: t`Size`, value: format.bytes(result.size) }, { term: t`SHA-256 of the file`, value: <WholeDigest value={result.sha256} label={t`Copy the digest of the file`} /> },
        ]}
      />
    </Panel>
  );
}

function HowToVerify({ result }: { result: NonNullable<Pack['result']> }) {
  const { t } = useLingui();
  return (
    <Panel title={t`How anybody checks it`} description={t`Without an account, offline, without trusting us.`}>
      <ol className={classes.ways}>
        <li><Trans>In a browser: <Link to="/packs/verify" search={{ key: result.keyFingerprint }}>drop the file</Link>. Nothing is uploaded.</Trans></li>
        <li>{t`On the command line:`}<code className={classes.command} tabIndex={0}>{`npx roster pack verify ${result.fileName}`}</code></li>
        <li><Trans>With unzip, sha256sum and openssl: VERIFY.md inside the pack says how.</Trans></li>
        <li>{t`Fingerprint of the signing key. Give it to the auditor by another way than the file:`} <WholeDigest value={result.keyFingerprint} label={t`Copy fingerprint`} /></li>
      </ol>
    </Panel>
  );
}
