import { Anchor } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { DefinitionList, Digest, Instant, useFormat } from '@roster/ui';
import type { EvidenceVersion } from './evidence.queries.js';
import classes from './evidence-detail.module.css';

/** What a version is: its bytes or address, hash, period, scan. */
export function VersionFacts({ version }: { version: EvidenceVersion }) {
  const { t } = useLingui();
  const format = useFormat();
  const { fileName, size, mediaType, url, sha256, urlSha256, effectiveFrom, effectiveTo, expiresAt, scan, submittedAt, submittedBy, notes } = version;
  const scanned: Record<NonNullable<typeof scan>, string> = { clean: t`Clean`, infected: t`Harmful`, pending: t`Not answered yet`, not_scanned: t`Not scanned: no virus scanner is set up` };
  const sizeText = format.bytes(size ?? 0);
  return (
    <DefinitionList items={[
      url === null ? { term: t`File`, value: <span className={classes.wrap}>{fileName}</span> } : { term: t`Address`, value: <Anchor href={url} target="_blank" rel="noopener noreferrer nofollow" size="sm" className={classes.wrap}>{url}</Anchor> },
      ...(url === null ? [{ term: t`Size and type`, value: <>{sizeText} <span className={classes.dim}>{mediaType}</span></> }] : []),
      { term: 'SHA-256', value: sha256 ?? urlSha256 ? <><Digest value={sha256 ?? urlSha256 ?? ''} length={16} label={t`Copy SHA-256`} />{sha256 === null ? <span className={classes.dim}> <Trans>stated by the submitter</Trans></span> : null}</> : <span className={classes.dim}>{t`Not stated`}</span> },
      { term: t`True from`, value: effectiveFrom === null ? <span className={classes.dim}>{t`Not stated`}</span> : <Instant at={effectiveFrom} relative={false} /> },
      { term: t`True until`, value: effectiveTo === null ? <span className={classes.dim}>{t`Not stated`}</span> : <Instant at={effectiveTo} relative={false} /> },
      { term: t`Counts until`, value: expiresAt === null ? t`Without end` : <Instant at={expiresAt} /> },
      ...(scan === null ? [] : [{ term: t`Virus scan`, value: scanned[scan] }]),
      { term: t`Submitted`, value: <><span>{submittedBy.type === 'api_key' ? <Trans>{submittedBy.name} (API key)</Trans> : submittedBy.name}</span> <Instant at={submittedAt} /></> },
      ...(notes === null ? [] : [{ term: t`Notes`, value: <span className={classes.prose}>{notes}</span> }]),
    ]} />
  );
}
