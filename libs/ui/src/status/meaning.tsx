import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconInfoCircle, IconHelpHexagon, IconPoint } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './meaning.module.css';

/** What a colour may mean. Always shown with an icon and a word; unknown is hatched. */
export type Meaning = 'met' | 'attention' | 'broken' | 'information' | 'unknown' | 'neutral';

const ICONS = { met: IconCircleCheck, attention: IconAlertTriangle, broken: IconCircleX, information: IconInfoCircle, unknown: IconHelpHexagon, neutral: IconPoint };

/** The icon of a meaning, for places which say the word themselves. */
export function MeaningIcon({ meaning, size = 14 }: { meaning: Meaning; size?: number }) {
  const Icon = ICONS[meaning];
  return <Icon size={size} stroke={2} aria-hidden className={classes[`${meaning}Icon`]} />;
}

/**
 * A word with the colour and icon of its meaning.
 * @param plain only icon and word, without the tinted ground (dense tables)
 */
export function MeaningBadge({ meaning, icon, plain = false, title, children }: { meaning: Meaning; icon?: ReactNode; plain?: boolean; title?: string; children: ReactNode }) {
  return (
    <span className={`${classes.badge} ${plain ? classes.plain : ''} ${classes[meaning]} ${meaning === 'unknown' && !plain ? 'r-hatched' : ''}`} title={title}>
      {icon ?? <MeaningIcon meaning={meaning} />}
      <span className={classes.word}>{children}</span>
    </span>
  );
}
