import { Anchor } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { SourceText } from '@roster/ui';
import { Link } from '@tanstack/react-router';

const ADDRESS = /^https?:\/\//i;

/** Links what a fact was read from to the page of it; words of a person stay words. @param workloadKey whose fact it is */
export function SourceLink({ source, workloadKey }: { source: string; workloadKey: string }) {
  const { t } = useLingui();
  const base = `/workloads/${encodeURIComponent(workloadKey)}`;
  const at = source.indexOf(':');
  const [kind, id] = at < 0 ? [source, ''] : [source.slice(0, at), source.slice(at + 1)];
  if (ADDRESS.test(source)) return <Anchor href={source} target="_blank" rel="noreferrer noopener" inherit title={source}>{hostOf(source)}</Anchor>;
  switch (kind) {
    case 'evidence': return <Anchor component={Link} to={`/evidence/${encodeURIComponent(id)}`} inherit>{t`Evidence`}</Anchor>;
    case 'drill': return <Anchor component={Link} to={`${base}/incidents`} inherit>{t`Drill`}</Anchor>;
    case 'member': return <Anchor component={Link} to={`${base}/owners`} inherit>{t`Owners`}</Anchor>;
    case 'workload': return <Anchor component={Link} to={`/workloads/${encodeURIComponent(id)}`} inherit>{t`Workload`}</Anchor>;
    case 'coverage': return <Anchor component={Link} to={`${base}/evidence`} inherit><Trans>Coverage of {id}</Trans></Anchor>;
    case 'review': return <Anchor component={Link} to={`/reviews/${encodeURIComponent(id)}`} inherit>{t`Review`}</Anchor>;
    default: return <SourceText source={source} />;
  }
}

function hostOf(address: string): string {
  try {
    return new URL(address).host;
  } catch {
    return address; // not an address after all: shown as it stands
  }
}
