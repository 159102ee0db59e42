import { Radio, Textarea } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import type { TriState } from '@roster/contracts';
import { CoverageMark, MeaningBadge, useFormat } from '@roster/ui';
import type { Schemas } from '@roster/api-client';
import type { ReviewQuestion } from '../reviews.queries.js';
import classes from './review-form.module.css';

type DomainCoverage = Schemas['CoverageDto']['domains'][number];

/** One question with its answer, what to think of, and how the evidence of its domain stands. */
export function QuestionFields({ question, value, coverage, idOf, errorOf, onChange }: {
  question: ReviewQuestion; value: { readonly answer: TriState | ''; readonly comment: string }; coverage: DomainCoverage | null; idOf: (field: string) => string; errorOf: (field: string) => string | null;
  onChange: (value: { answer: TriState | ''; comment: string }) => void;
}) {
  const { t } = useLingui();
  const { id } = question;
  const answerError = errorOf(`answer:${id}`);
  return (
    <div className={classes.question}>
      <div className={classes.asked}>
        <Radio.Group id={idOf(`answer:${id}`)} label={question.text} required error={answerError} value={value.answer} onChange={(answer) => onChange({ ...value, answer: answer as TriState })}>
          <div className={classes.choices}>
            <Radio value="yes" label={t`Yes`} /><Radio value="no" label={t`No`} /><Radio value="unknown" label={t`Unknown`} />
          </div>
        </Radio.Group>
        {coverage ? <Standing coverage={coverage} /> : null}
      </div>
      {value.answer !== '' && (value.answer !== 'yes' || value.comment !== '') ? (
        <Textarea id={idOf(`comment:${id}`)} label={value.answer === 'yes' ? t`Comment` : t`Say why`} required={value.answer !== 'yes'} autosize minRows={1} maxLength={4_000} value={value.comment} error={errorOf(`comment:${id}`)} onChange={(event) => onChange({ ...value, comment: event.currentTarget.value })} />
      ) : null}
      {question.prompts.length > 0 ? (
        <details className={classes.prompts}>
          <summary>{t`Points to think of`}</summary>
          <ul>{question.prompts.map(({ text, wordingVerified }) => <li key={text}>{text}{wordingVerified ? null : <> <MeaningBadge meaning="unknown" plain>{t`wording not verified`}</MeaningBadge></>}</li>)}</ul>
        </details>
      ) : null}
    </div>
  );
}

function Standing({ coverage }: { coverage: DomainCoverage }) {
  const format = useFormat();
  const inPlace = coverage.criteria.filter(({ status }) => status === 'satisfied' || status === 'waived' || status === 'not_applicable').length;
  const [met, all] = [format.number(inPlace), format.number(coverage.criteria.length)];
  return <p className={classes.standing}><CoverageMark status={coverage.status} plain /> <Trans>{met} of {all} criteria in place</Trans></p>;
}
