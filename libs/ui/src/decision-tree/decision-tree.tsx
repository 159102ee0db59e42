import { Tooltip } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import type { TriState } from '@roster/contracts';
import { IconChevronDown, IconPlayerSkipForward } from '@tabler/icons-react';
import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Instant } from '../format/instant.js';
import { TriStateMark } from '../status/marks.js';
import { StageBadge, useStageName } from '../status/stage-badge.js';
import { Digest } from '../text/text.js';
import { FactRow, type RenderSource } from './fact-row.js';
import { arrange, branchGroups, type BranchGroup, type TreeFact, type TreeQuestion, type TreeResult } from './tree-result.js';
import { useAnswerWords, useAnswersPhrase, useTriggerWords } from './words.js';
import factClasses from './facts.module.css';
import classes from './decision-tree.module.css';

export interface DecisionTreeProps {
  readonly result: TreeResult;
  /** Links the source of a fact to what it names; without it the source is shown in words. */
  readonly renderSource?: RenderSource;
  /** Makes every fact settable. `null` takes a supposed value back. */
  readonly onSuppose?: (factId: string, value: TriState | null) => void;
  /** The result as it is, when `result` is only supposed: differences are marked. */
  readonly before?: TreeResult | null;
  /** What stands between this stage and the next, drawn under the stage that was reached. */
  readonly children?: ReactNode;
  /** Leaves out who decided, when and by which tree (small places). */
  readonly compact?: boolean;
}

/**
 * The way through the decision tree, top to bottom: each question with its answer and the facts behind it, the branches that were not
 * taken faded beside it, and the stage it ends at. For screen readers it is an ordered list of questions; arrow keys go from question to
 * question and Enter opens or closes the facts of one (ui.md, signature piece 1; domain.md section 5).
 */
export function DecisionTree({ result, renderSource, onSuppose, before, children, compact = false }: DecisionTreeProps) {
  const { t } = useLingui();
  const { asked, notAsked } = arrange(result);
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const numberOf = (id: string): number => result.questions.findIndex((question) => question.id === id) + 1;
  const last = asked.at(-1);
  const lastNumber = last ? numberOf(last.id) : 0;
  const toggle = (id: string): void => setToggled((known) => new Set(known.has(id) ? [...known].filter((other) => other !== id) : [...known, id]));
  const questionProps = (question: TreeQuestion, reached: boolean) => ({
    question, number: numberOf(question.id), numberOf, renderSource, reached, texts: result.questions,
    opened: (reached || onSuppose !== undefined) !== toggled.has(question.id), onToggle: () => toggle(question.id),
    onSuppose, before: before?.questions.find((other) => other.id === question.id) ?? null,
  });
  return (
    <div className={classes.tree} onKeyDown={moveBetweenQuestions}>
      <ol className={classes.questions} role="list" aria-label={t`Questions that were asked`}>
        {asked.map((question) => <QuestionNode key={question.id} {...questionProps(question, true)} />)}
      </ol>
      <Outcome result={result} before={before ?? null} compact={compact} />
      {children ? <div className={classes.after}>{children}</div> : null}
      {notAsked.length > 0 ? (
        <div className={classes.rest}>
          <p className={classes.restTitle}><IconPlayerSkipForward size={14} aria-hidden /> <Trans>Not asked, because the way ended at question {lastNumber}</Trans></p>
          <ol className={classes.questions} role="list" start={notAsked[0] ? numberOf(notAsked[0].id) : 1} aria-label={t`Questions that were not asked`}>
            {notAsked.map((question) => <QuestionNode key={question.id} {...questionProps(question, false)} />)}
          </ol>
        </div>
      ) : null}
    </div>
  );
}

interface QuestionNodeProps {
  readonly question: TreeQuestion;
  readonly number: number;
  readonly numberOf: (id: string) => number;
  readonly texts: readonly TreeQuestion[];
  /** It was asked: the way led to it. */
  readonly reached: boolean;
  readonly opened: boolean;
  readonly onToggle: () => void;
  readonly renderSource?: RenderSource;
  readonly onSuppose?: (factId: string, value: TriState | null) => void;
  readonly before: TreeQuestion | null;
}

function QuestionNode({ question, number, numberOf, texts, reached, opened, onToggle, renderSource, onSuppose, before }: QuestionNodeProps) {
  const { t } = useLingui();
  const id = useId();
  const words = useAnswerWords();
  const turned = before !== null && before.answer !== question.answer;
  const was = before ? words[before.answer] : '';
  const answer = words[question.answer];
  return (
    <li className={`${classes.question} ${reached ? classes.reached : classes.unreached}`} data-answer={question.answer} data-question={question.id}>
      <div className={classes.rail} aria-hidden>
        <span className={classes.node}>{number}</span>
        <span className={classes.line} />
        {reached ? <span className={classes.edge}>{answer}</span> : null}
      </div>
      <div className={classes.top}>
        <div className={classes.head}>
          <h3 className={classes.heading}>
            <button type="button" className={classes.ask} aria-expanded={opened} aria-controls={id} onClick={onToggle} data-question-button>
              <span className="r-visually-hidden"><Trans>Question {number}:</Trans></span> {question.text}
              <IconChevronDown size={14} aria-hidden className={classes.chevron} data-opened={opened || undefined} />
            </button>
          </h3>
          <span className={classes.answer}>
            {turned ? <span className={classes.was}><Trans>was {was}</Trans></span> : null}
            {reached ? null : <span className={classes.would}>{t`would be`}</span>}
            <TriStateMark value={question.answer} good="yes" />
          </span>
        </div>
        {question.help || question.cite ? <p className={classes.help}>{question.help} {question.cite ? <span className={classes.cite}>({question.cite})</span> : null}</p> : null}
      </div>
      <ul id={id} className={`${factClasses.facts} ${classes.facts}`} role="list" aria-label={t`Facts behind the answer`} hidden={!opened}>
        {question.facts.map((fact) => (
          <FactRow key={fact.id} fact={fact} renderSource={renderSource} suppose={onSuppose ? (value) => onSuppose(fact.id, value) : undefined} before={factOf(before, fact)} />
        ))}
      </ul>
      <ul className={classes.branches} role="list" aria-label={reached ? t`Branches that were not taken` : t`Where the answers would lead`}>
        {branchGroups(question.branches, reached ? question.answer : null).map((group) => <Branch key={group.answers.join()} group={group} numberOf={numberOf} texts={texts} />)}
      </ul>
    </li>
  );
}

const factOf = (question: TreeQuestion | null, fact: TreeFact): TreeFact | null => question?.facts.find((other) => other.id === fact.id) ?? null;

/** One branch that was not taken: its answers and where they lead, drawn as a dashed line away from the way. */
function Branch({ group, numberOf, texts }: { group: BranchGroup; numberOf: (id: string) => number; texts: readonly TreeQuestion[] }) {
  const answers = useAnswersPhrase()(group.answers);
  const number = group.question === null ? 0 : numberOf(group.question);
  const text = texts.find((question) => question.id === group.question)?.text ?? '';
  return (
    <li className={classes.branch}>
      <svg className={classes.twig} viewBox="0 0 28 12" width="28" height="12" aria-hidden><path d="M0 6 H22" /><path d="M18 2 L24 6 L18 10" className={classes.tip} /></svg>
      <span className={classes.branchAnswers}>{answers}</span>
      {group.stage ? <span className={classes.ghost}><StageBadge stage={group.stage} hardening={group.hardening} /></span>
        : <Tooltip label={text} multiline maw={320}><span className={classes.toQuestion} tabIndex={0}><Trans>question {number}</Trans></span></Tooltip>}
    </li>
  );
}

/** The stage at the end of the way, and who decided it by which tree. */
function Outcome({ result, before, compact }: { result: TreeResult; before: TreeResult | null; compact: boolean }) {
  const { t } = useLingui();
  const stageName = useStageName();
  const trigger = useTriggerWords()(result.trigger);
  const who = result.decidedBy.name;
  const moved = before !== null && (before.stage !== result.stage || before.hardening !== result.hardening);
  const was = before ? stageName(before.stage, before.hardening) : '';
  return (
    <div className={classes.outcome} data-testid="tree-outcome">
      <span className={classes.end} aria-hidden><svg viewBox="0 0 28 28" width="28" height="28"><path d="M14 3 L25 14 L14 25 L3 14 Z" /></svg></span>
      <div className={classes.outcomeBody}>
        <p className={classes.outcomeTitle}>
          <span>{before ? t`Stage it would reach` : t`Stage reached`}</span>
          <StageBadge stage={result.stage} hardening={result.hardening} undetermined={result.undetermined} frozen={result.freeze.frozen} size="lg" />
          {moved ? <span className={classes.was}><Trans>was {was}</Trans></span> : null}
        </p>
        {result.hardening ? <p className={classes.note}>{t`A Pilot that answers real requests with an owner and monitoring: harden it before calling it production AI.`}</p> : null}
        {result.undetermined ? <UnknownNote result={result} /> : null}
        {compact || before ? null : (
          <p className={classes.decided}>
            {result.decidedBy.type === 'system' ? <Trans>Decided <Instant at={result.decidedAt} /> by Roster itself, because {trigger}.</Trans> : <Trans>Decided <Instant at={result.decidedAt} /> for {who}, because {trigger}.</Trans>}{' '}
            {result.nextChangeAt ? <Trans>It may change by itself <Instant at={result.nextChangeAt} />.</Trans> : null}
            <span className={classes.treeId}><Trans>Tree {result.tree.id}</Trans> <Digest value={result.tree.digest} label={t`Copy the digest of the tree`} length={18} /> <Trans>Edition {result.edition}</Trans></span>
          </p>
        )}
      </div>
    </div>
  );
}

function UnknownNote({ result }: { result: TreeResult }) {
  const titles = new Map(result.questions.flatMap((question) => question.facts.map((fact) => [fact.id, fact.title])));
  const unknown = result.unknownFacts.map((id) => titles.get(id) ?? id).join(' · ');
  return <p className={classes.note}><Trans>Reached through an unknown, and unknown never passes: {unknown}</Trans></p>;
}

/** Up and down go from question to question, Home and End to the first and last. */
function moveBetweenQuestions(event: KeyboardEvent<HTMLDivElement>): void {
  if (!(event.target instanceof HTMLElement) || !event.target.matches('[data-question-button]')) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-question-button]')];
  const at = buttons.indexOf(event.target);
  const to = event.key === 'ArrowDown' ? at + 1 : event.key === 'ArrowUp' ? at - 1 : event.key === 'Home' ? 0 : event.key === 'End' ? buttons.length - 1 : -1;
  const next = buttons[to];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
