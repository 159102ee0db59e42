import { Anchor } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Day, DefinitionList, Digest, MeaningBadge, Panel, TriStateMark } from '@roster/ui';
import { Link } from '@tanstack/react-router';
import { SeverityMark } from './severity-mark.js';
import { useChangeWords } from './change-words.js';
import { changeText } from './form/review-draft.js';
import { useOutcomeWords } from './review-words.js';
import type { ReviewDetail } from './reviews.queries.js';
import classes from './review-page.module.css';

/** What was submitted: outcome, what the reviewer said changed, answers, findings. */
export function SubmissionView({ review }: { review: ReviewDetail }) {
  const { t } = useLingui();
  const outcomes = useOutcomeWords();
  const wordsOf = useChangeWords();
  const { submission, template, outcome } = review;
  if (!submission) return null;
  // Changes of the record that the reviewer named are said in words; what the reviewer wrote stays as it is.
  const recorded = new Map(review.changesSinceLast.changes.map((change) => [changeText(change), wordsOf(change).line]));
  const nameOf = (id: string): string => review.people.find(({ memberId }) => memberId === id)?.name ?? id;
  const actionOf = (title: string): string | null => review.findings.find((finding) => finding.title === title)?.actionId ?? null;
  return (
    <>
      <Panel title={t`Outcome`}>
        <DefinitionList items={[
          { term: t`Outcome`, value: outcome ? <MeaningBadge meaning={outcome === 'continue' ? 'met' : outcome === 'continue_with_conditions' ? 'attention' : 'broken'}>{outcomes[outcome].name}</MeaningBadge> : t`none` },
          ...(submission.rationale ? [{ term: t`Why`, value: <span className={classes.pre}>{submission.rationale}</span> }] : []),
          { term: t`What changed`, value: submission.changes.length > 0 ? <ul className={classes.plain}>{submission.changes.map((change) => <li key={change}>{recorded.get(change) ?? change}</li>)}</ul> : <span><Trans>Affirmed: nothing changed.</Trans> <Digest value={submission.nothingChangedSince ?? ''} /></span> },
          { term: t`Concentration risk`, value: review.concentrationReviewed ? t`looked at` : t`not looked at` },
          ...(review.status === 'completed' && review.signOffComment ? [{ term: t`Second person`, value: review.signOffComment }] : []),
        ]} />
      </Panel>
      <Panel title={t`Findings`} flush={submission.findings.length > 0}>
        {submission.findings.length === 0 ? <p className={classes.text}>{t`None.`}</p> : (
          <ul className={classes.findings}>
            {submission.findings.map((finding, index) => {
              const action = actionOf(finding.title);
              return (
                <li key={`${finding.title} ${index}`} className={classes.finding}>
                  <SeverityMark severity={finding.severity} />
                  <span className={classes.what}><strong>{finding.title}</strong>{finding.domainId ? <span className={classes.dim}> {template?.questions.find(({ domainId }) => domainId === finding.domainId)?.domainName ?? ''} ({finding.domainId})</span> : null}{finding.detail ? <span className={classes.detail}>{finding.detail}</span> : null}</span>
                  <span className={classes.dim}>{nameOf(finding.ownerMemberId)}, <Day date={finding.dueAt} /></span>
                  {action ? <Anchor component={Link} to="/actions" search={{ open: action } as never} size="sm">{t`Action`}</Anchor> : null}
                </li>
              );
            })}
          </ul>
        )}
      </Panel>
      <Panel title={t`Answers`} flush>
        <ul className={classes.findings}>
          {template?.questions.map((question) => {
            const answer = submission.answers.find(({ questionId }) => questionId === question.id);
            return (
              <li key={question.id} className={classes.answer}>
                <span className={classes.what}>{question.text}{answer?.comment ? <span className={classes.detail}>{answer.comment}</span> : null}</span>
                {answer ? <TriStateMark value={answer.answer} good="yes" /> : null}
              </li>
            );
          })}
        </ul>
      </Panel>
    </>
  );
}
