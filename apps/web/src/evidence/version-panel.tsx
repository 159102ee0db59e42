import { Button } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { Panel } from '@roster/ui';
import { IconDownload } from '@tabler/icons-react';
import { EvidencePreview } from './evidence-preview.js';
import type { Evidence, EvidenceVersion } from './evidence.queries.js';
import { VersionFacts } from './version-facts.js';
import classes from './evidence-detail.module.css';

/** A version to look at, with what it is. */
export function VersionPanel({ evidence, version }: { evidence: Evidence; version: EvidenceVersion }) {
  const { t } = useLingui();
  const { contentHref, fileName, status } = version;
  const number = version.version;
  return (
    <Panel title={t`Version ${number}`} flush actions={contentHref === null || status === 'quarantined' ? undefined : <Button component="a" href={contentHref} download={fileName ?? true} size="compact-sm" variant="default" leftSection={<IconDownload size={14} aria-hidden />}>{t`Download`}</Button>}>
      <EvidencePreview key={`${evidence.id} ${number}`} version={version} title={evidence.title} />
      <div className={classes.facts}><VersionFacts version={version} /></div>
    </Panel>
  );
}
