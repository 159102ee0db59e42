import { Anchor } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { EmptyState, useFormat } from '@roster/ui';
import { IconDownload, IconExternalLink, IconEyeOff } from '@tabler/icons-react';
import classes from './evidence-preview.module.css';
import type { EvidenceVersion } from './evidence.queries.js';

/** The service shows this much of a text. */
const TEXT_LIMIT_BYTES = 1_048_576;

/**
 * What a version holds, as far as it is safe to show: images, PDF and text, in a sandbox of its own that runs and loads nothing. Everything else
 * is a download.
 */
export function EvidencePreview({ version, title }: { version: EvidenceVersion; title: string }) {
  const { t } = useLingui();
  const format = useFormat();
  const { previewHref, contentHref, mediaType, url, fileName, status, size } = version;
  if (url !== null) {
    const host = hostOf(url);
    return (
      <EmptyState title={t`An address outside`} icon={<IconExternalLink size={28} stroke={1.5} />}
        action={<Anchor href={url} target="_blank" rel="noopener noreferrer nofollow" size="sm"><Trans>Open {host} in a new tab</Trans></Anchor>}>
        <span className={classes.address}>{url}</span><br /><Trans>Roster does not fetch it. What stands there may change; the address and the hash that was stated do not.</Trans>
      </EmptyState>
    );
  }
  if (previewHref === null) {
    const why = status === 'quarantined' ? t`The virus scanner has not answered yet.` : status === 'refused' ? t`The virus scanner found the file harmful; its bytes were deleted.` : t`Files of this type are not shown in the browser.`;
    return (
      <EmptyState title={t`Not shown here`} icon={<IconEyeOff size={28} stroke={1.5} />} action={contentHref === null || status === 'quarantined' ? undefined : <Anchor href={contentHref} download={fileName ?? true} size="sm"><IconDownload size={14} aria-hidden /> {t`Download`}</Anchor>}>
        {why}
      </EmptyState>
    );
  }
  const shown = format.bytes(TEXT_LIMIT_BYTES);
  const whole = format.bytes(size ?? 0);
  const label = t`Preview of ${title}`;
  if (mediaType?.startsWith('image/')) return <div className={classes.image}><img src={previewHref} alt={label} /></div>;
  if (mediaType === 'application/pdf') {
    // Its own policy puts the answer into a sandbox. The attribute would do the same, but the viewer of Chromium refuses to work under it.
    return <iframe className={classes.frame} src={previewHref} title={label} referrerPolicy="no-referrer" />;
  }
  return (
    <>
      {(size ?? 0) > TEXT_LIMIT_BYTES ? <p className={classes.note}><Trans>The first {shown} of {whole}. Download the file to read all of it.</Trans></p> : null}
      <iframe className={`${classes.frame} ${(size ?? 0) < SHORT_TEXT_BYTES ? classes.short : ''}`} src={previewHref} title={label} sandbox="" referrerPolicy="no-referrer" />
    </>
  );
}

/** A text as short as this needs no tall frame. */
const SHORT_TEXT_BYTES = 1_500;

const hostOf = (url: string): string => {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
};
