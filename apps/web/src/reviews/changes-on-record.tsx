import { Anchor, Button } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Digest, Instant, Panel } from '@roster/ui';
import { IconArrowRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useChangeWords } from './change-words.js';
import type { ReviewDetail } from './reviews.queries.js';
import classes from './review-page.module.css';

const FIRST = 12;

/** What the record shows to have changed since the last review: fields, owners, components, evidence, drills and stages in one order of time. */
export function ChangesOnRecord({ review }: { review: ReviewDetail }) {
  const { t } = useLingui();
  const wordsOf = useChangeWords();
  const [all, setAll] = useState(false);
  const { changes, since, lastReviewId, digest } = review.changesSinceLast;
  const shown = all ? changes : changes.slice(-FIRST);
  const left = changes.length - shown.length;
  const count = changes.length;
  const total = changes.length;
  const visible = shown.length;
  return (
    <Panel
      title={t`What changed since the last review`} flush={count > 0}
      description={<><Plural value={count} _0="The record shows no change" one="# change on record" other="# changes on record" />{' '}<Trans>since</Trans> <Instant at={since} relative={false} /> {lastReviewId ? <Anchor component={Link} to={`/reviews/${lastReviewId}`} size="sm" underline="always">{t`(the last review)`}</Anchor> : t`(when its reviews began)`}</>}
      actions={<Digest value={digest} label={t`Copy the digest of this record`} />}
    >
      {count === 0 ? <p className={classes.text}><Trans>Neither facts nor owners, components, evidence, drills or the stage have changed.</Trans></p> : (
        <ol className={classes.changes}>
          {shown.map((change, index) => ({ change, words: wordsOf(change), index })).map(({ change, words, index }) => (
            <li key={`${change.at} ${change.area} ${change.subject} ${index}`} className={classes.change}>
              <span className={classes.when}><Instant at={change.at} relative={false} /></span>
              <span className={classes.area}>{words.area}</span>
              <span className={classes.what}><strong>{words.subject}</strong> {words.from !== null ? <><span>{words.from}</span> <IconArrowRight size={12} role="img" aria-label={t`becomes`} /> </> : null}<span>{words.to ?? t`nothing`}</span></span>
              <span className={classes.who}>{change.by ?? ''}</span>
            </li>
          ))}
        </ol>
      )}
      {left > 0 ? <div className={classes.rest}><span><Trans>The last {visible} of {total}.</Trans></span> <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>{t`Show all`}</Button></div> : null}
    </Panel>
  );
}
