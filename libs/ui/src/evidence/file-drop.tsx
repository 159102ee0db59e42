import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconFileUpload } from '@tabler/icons-react';
import { useId, useRef, useState, type ReactNode } from 'react';
import classes from './file-drop.module.css';

/**
 * A place to drop, choose or paste files.
 * @param label what the files are for; the name of the place
 * @param hint what may be dropped, in words
 * @param onFiles called with at least one file
 * @param compact one line, for places inside other things
 */
export function FileDrop({ label, hint, many = true, compact = false, disabled = false, onFiles }: { label: string; hint?: ReactNode; many?: boolean; compact?: boolean; disabled?: boolean; onFiles: (files: readonly File[]) => void }) {
  const { t } = useLingui();
  const input = useRef<HTMLInputElement>(null);
  const hintId = useId();
  const [over, setOver] = useState(false);
  const take = (list: FileList | null | undefined): void => {
    const files = [...(list ?? [])].slice(0, many ? undefined : 1);
    if (files.length > 0 && !disabled) onFiles(files);
  };
  return (
    <div
      className={`${classes.drop} ${compact ? classes.compact : ''} ${over ? classes.over : ''}`} role="group" aria-label={label} aria-describedby={hint ? hintId : undefined}
      onDragOver={(event) => { event.preventDefault(); event.dataTransfer.dropEffect = disabled ? 'none' : 'copy'; setOver(!disabled); }}
      onDragLeave={(event) => { if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget)) setOver(false); }}
      onDrop={(event) => { event.preventDefault(); setOver(false); take(event.dataTransfer.files); }}
      onPaste={(event) => { if (event.clipboardData.files.length > 0) { event.preventDefault(); take(event.clipboardData.files); } }}
    >
      <IconFileUpload size={compact ? 18 : 28} stroke={1.5} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <span className={classes.act}>
          <Button variant="default" size="compact-sm" disabled={disabled} onClick={() => input.current?.click()}>{many ? t`Choose files` : t`Choose a file`}</Button>
          <span>{many ? <Trans>or drop or paste them here</Trans> : <Trans>or drop or paste it here</Trans>}</span>
        </span>
        {hint ? <span id={hintId} className={classes.hint}>{hint}</span> : null}
      </div>
      <input ref={input} type="file" multiple={many} className="r-visually-hidden" tabIndex={-1} aria-label={label} onChange={(event) => { take(event.currentTarget.files); event.currentTarget.value = ''; }} />
    </div>
  );
}
