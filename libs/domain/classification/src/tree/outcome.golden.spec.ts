import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { TriState } from '@roster/contracts';
import { STAGES } from '@roster/contracts';
import { assume } from '../what-if/missing.js';
import type { Evaluation } from './evaluate-tree.js';
import { evaluateTree } from './evaluate-tree.js';
import { TreeRegistry } from './tree-registry.js';

const tree = new TreeRegistry().current();
const VALUES: readonly TriState[] = ['yes', 'no', 'unknown'];
const SIGN: Record<TriState, string> = { yes: 'Y', no: 'n', unknown: '?' };
const OWN = ['processesRealData', 'onCallOwner', 'productionMonitoring', 'killSwitchInTime', 'killSwitchFresh', 'requiredCoverage'] as const;
const PORTFOLIO = ['severalInProduction', 'reusedInProduction', 'returnOnInvestment', 'concentrationReviewed'] as const;
const LEAF = { yes: assume('yes'), no: assume('no'), unknown: assume('unknown') };
const GOLDEN = new URL('../../trees/pai-2026-05.outcomes.txt', import.meta.url);

/** All rows of `n` three-valued facts, in the order yes, no, unknown. */
function combinations(n: number): TriState[][] {
  return n === 0 ? [[]] : VALUES.flatMap((value) => combinations(n - 1).map((rest) => [value, ...rest]));
}
const NAMES = [...OWN, ...PORTFOLIO];
const ROWS = combinations(NAMES.length);
const signs = (values: readonly TriState[]): string => values.map((v) => SIGN[v]).join('');
/** E experiment, P pilot, H pilot with hardening, R production, S scaled; `?` behind it: undetermined. */
const letterOf = (result: Evaluation): string =>
  `${result.hardening ? 'H' : { experiment: 'E', pilot: 'P', production: 'R', scaled: 'S' }[result.stage]}${result.undetermined ? '?' : ' '}`;

/** Every combination is evaluated once; the tests below compare rows of this table. */
const OUTCOMES = new Map(ROWS.map((row) => {
  const result = evaluateTree(tree, Object.fromEntries(NAMES.map((name, i) => [name, LEAF[row[i] ?? 'unknown']])));
  return [signs(row), { letter: letterOf(result), rank: STAGES.indexOf(result.stage), undetermined: result.undetermined, unknownFacts: result.unknownFacts }];
}));
function outcome(row: readonly TriState[]) {
  const found = OUTCOMES.get(signs(row));
  if (!found) throw new Error(`no outcome for ${signs(row)}`);
  return found;
}

function grid(rowNames: readonly string[], columnNames: readonly string[], cell: (row: TriState[], column: TriState[]) => string): string[] {
  const columns = combinations(columnNames.length);
  return [
    `rows: ${rowNames.join(', ')}   columns: ${columnNames.join(', ')}`,
    `${' '.repeat(rowNames.length)} | ${columns.map(signs).map((s) => s.padEnd(4)).join('')}`.trimEnd(),
    ...combinations(rowNames.length).map((row) => `${signs(row)} | ${columns.map((column) => cell(row, column).padEnd(columnNames.length > 3 ? 5 : 4)).join('')}`.trimEnd()),
  ];
}

describe('outcomes of pai-2026-05', () => {
  const base = OWN.map((): TriState => 'yes');
  const table = [
    `Outcomes of the tree ${tree.id} over every combination of yes (Y), no (n) and unknown (?).`,
    'E experiment, P pilot, H pilot that must harden, R production, S scaled; ? behind it = undetermined.', '',
    '1. The six facts of the workload itself, all four portfolio facts being no.',
    ...grid(OWN.slice(0, 3), OWN.slice(3), (row, column) => outcome([...row, ...column, 'no', 'no', 'no', 'no']).letter), '',
    '2. The four portfolio facts, all six facts of the workload being yes.',
    ...grid(PORTFOLIO.slice(0, 2), PORTFOLIO.slice(2), (row, column) => outcome([...base, ...row, ...column]).letter), '',
  ].join('\n');

  it('are the ones in the reviewed table', () => {
    expect(table).toBe(readFileSync(GOLDEN, 'utf8'));
  });

  it('hold for all 3^10 combinations: the portfolio matters only to what is in production', () => {
    const wrong = ROWS.filter((row) => {
      const alone = outcome([...row.slice(0, OWN.length), 'no', 'no', 'no', 'no']).letter;
      const expected = alone === 'R ' ? outcome([...base, ...row.slice(OWN.length)]).letter : alone;
      return outcome(row).letter !== expected;
    });
    expect(wrong.map(signs)).toEqual([]);
    expect(ROWS).toHaveLength(3 ** 10);
  });

  it('never fall when a fact becomes yes, and an unknown gives the same stage as a no, in all combinations', () => {
    const wrong: string[] = [];
    for (const row of ROWS) {
      const { rank } = outcome(row);
      row.forEach((value, i) => {
        if (value === 'yes') return;
        if (outcome(row.with(i, 'yes')).rank < rank) wrong.push(`${signs(row)}: ${NAMES[i] ?? ''} to yes lowers the stage`);
        if (value === 'unknown' && outcome(row.with(i, 'no')).rank !== rank) wrong.push(`${signs(row)}: unknown ${NAMES[i] ?? ''} passes`);
      });
    }
    expect(wrong).toEqual([]);
  });

  it('are undetermined exactly when the truth behind the unknown facts could change the outcome, and then name unknown facts', () => {
    const wrong: string[] = [];
    for (const row of ROWS) {
      const settled = (fill: TriState): string => outcome(row.map((value) => (value === 'unknown' ? fill : value))).letter;
      const { undetermined, unknownFacts } = outcome(row);
      // All unknowns turned to yes is the best that can still be true, to no the worst: they agree exactly when nothing is open.
      if ((settled('yes') !== settled('no')) !== undetermined) wrong.push(`${signs(row)} undetermined=${String(undetermined)}`);
      if (undetermined !== unknownFacts.length > 0) wrong.push(`${signs(row)} lists ${unknownFacts.join()}`);
      if (unknownFacts.some((name) => row[NAMES.findIndex((n) => n === name)] !== 'unknown')) wrong.push(`${signs(row)} lists a known fact`);
    }
    expect(wrong).toEqual([]);
  });
});
