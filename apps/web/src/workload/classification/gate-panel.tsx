import { Button, Group, Select } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf, type Schemas } from '@roster/api-client';
import { SCOPE_CHANGE_KINDS } from '@roster/contracts';
import { CopyButton, Instant, MeaningBadge, Panel, ProblemAlert, TextSkeleton, useWorkloadVocabulary, type Meaning } from '@roster/ui';
import { IconDownload } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.js';
import { shownProblem } from '../../api/problem.js';
import { useWorkload } from '../workload-context.js';
import { workloadKey } from '../workload.queries.js';
import classes from './classification.module.css';

type Verdict = Schemas['GateDto']['verdict'];
const MEANINGS: Record<Verdict, Meaning> = { pass: 'met', fail: 'broken', frozen: 'information' };
/** How long a signed verdict may be relied on (contract of the gate), in minutes. */
const VALID_MINUTES = 5;

/** What a pipeline is told when it asks, and the same signed, to be checked offline. */
export function GatePanel() {
  const { t } = useLingui();
  const { workload } = useWorkload();
  const scope = useWorkloadVocabulary().scopeChange;
  const [subject, setSubject] = useState('production');
  const gate = useQuery({
    queryKey: [...workloadKey(workload.key), 'gate', subject],
    queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/workloads/{key}/gate', { params: { path: { key: workload.key }, query: { for: subject as 'production' } }, signal })),
  });
  const signed = useMutation({
    mutationFn: (): Promise<string> => bodyOf(api.GET('/api/v1/workloads/{key}/gate', { params: { path: { key: workload.key }, query: { for: subject as 'production', format: 'jws' } }, parseAs: 'text' })),
  });
  const words: Record<Verdict, string> = { pass: t`Pass`, fail: t`Fail`, frozen: t`Frozen` };
  const verdict = gate.data;
  return (
    <Panel title={t`Gate`} description={t`What a pipeline is told when it asks before it deploys.`}>
      <div className={classes.gate}>
        <Select
          label={t`May it`} allowDeselect={false} value={subject} onChange={(value) => { setSubject(value ?? 'production'); signed.reset(); }}
          data={[{ value: 'production', label: t`go to production` }, { group: t`grow in scope`, items: SCOPE_CHANGE_KINDS.map((kind) => ({ value: `scope-change:${kind}`, label: scope[kind] })) }]}
        />
        {gate.error ? <ProblemAlert problem={shownProblem(gate.error)} compact onRetry={() => void gate.refetch()} /> : null}
        {gate.isPending ? <TextSkeleton lines={2} /> : null}
        {verdict ? (
          <div aria-live="polite">
            <div className={classes.verdict}><MeaningBadge meaning={MEANINGS[verdict.verdict]}>{words[verdict.verdict]}</MeaningBadge> <span className={classes.lineWhy}><Trans>answered <Instant at={verdict.answeredAt} only="relative" /></Trans></span></div>
            <ul className={classes.reasons}>{verdict.reasons.map((reason) => <li key={reason.code}>{reason.lifted ? <Trans>The freeze is lifted until <Instant at={reason.lifted.until} />: “{reason.lifted.reason}”</Trans> : reason.message}</li>)}</ul>
          </div>
        ) : null}
        {signed.error ? <ProblemAlert problem={shownProblem(signed.error)} compact /> : null}
        {signed.data ? (
          <div>
            <p className={classes.lineWhy}><Trans>Signed (JWS, EdDSA), good for {VALID_MINUTES} minutes. A pipeline checks it with the keys at <code>/api/v1/gate/keys</code>.</Trans></p>
            <pre className={classes.jws} tabIndex={0} aria-label={t`Signed verdict`}>{signed.data}</pre>
            <Group gap="xs" mt={6}>
              <CopyButton value={signed.data} label={t`Copy the signed verdict`} />
              <Button variant="default" size="compact-sm" leftSection={<IconDownload size={14} aria-hidden />} onClick={() => download(`${workload.key}-${subject.replace(':', '-')}.jws`, signed.data)}>{t`Download`}</Button>
            </Group>
          </div>
        ) : <Group><Button variant="default" size="compact-sm" loading={signed.isPending} onClick={() => signed.mutate()}>{t`Get it signed`}</Button></Group>}
      </div>
    </Panel>
  );
}

/** Hands the browser a small text as a file. */
function download(name: string, text: string): void {
  const href = URL.createObjectURL(new Blob([text], { type: 'application/jose' }));
  const link = Object.assign(document.createElement('a'), { href, download: name });
  link.click();
  URL.revokeObjectURL(href);
}
