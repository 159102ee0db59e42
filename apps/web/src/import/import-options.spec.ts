import { describe, expect, it } from '@jest/globals';
import { isPending, nextOptions, NOTHING_PENDING, withFix } from './import-options.js';

const KEPT = { dryRun: true, mapping: { A: 'name' }, defaults: {}, encoding: null, upsertBy: ['key'], replacements: [{ column: 'Risk', from: 'hihg', to: 'high' }], leaveBlank: ['Runbook'], useRemembered: true };

describe('the options to read a file with again', () => {
  it('keeps what was decided before and leaves out what nobody said', () => {
    expect(nextOptions(KEPT, { columns: { B: null }, others: { encoding: 'macintosh', upsertBy: undefined } })).toEqual({
      dryRun: true, mapping: { A: 'name', B: null }, defaults: {}, encoding: 'macintosh', replacements: KEPT.replacements, leaveBlank: ['Runbook'], useRemembered: true,
    });
    expect([isPending(NOTHING_PENDING), isPending({ columns: { B: null }, others: {} })]).toEqual([false, true]);
  });

  it('adds a remedy to those before', () => {
    const options = withFix(KEPT, { kind: 'use_suggestions', options: { replacements: [{ column: 'Risk', from: 'lwo', to: 'low' }, { column: 'Risk', from: 'hihg', to: 'critical' }] } });
    expect(options.replacements).toEqual([{ column: 'Risk', from: 'lwo', to: 'low' }, { column: 'Risk', from: 'hihg', to: 'critical' }]);
    expect(withFix(KEPT, { kind: 'leave_blank', options: { leaveBlank: ['Risk', 'Runbook'] } }).leaveBlank).toEqual(['Runbook', 'Risk']);
    expect(withFix(KEPT, { kind: 'leave_column_out', options: { mapping: { Risk: null } } }).mapping).toEqual({ A: 'name', Risk: null });
    const decided = { ...KEPT, duplicates: [{ line: 2, as: 'left_out' }, { line: 9, as: 'same', workload: 'BOT' }] };
    expect(withFix(decided, { kind: 'take_as_same', options: { duplicates: [{ line: 4, as: 'same', workload: 'FINDER' }, { line: 2, as: 'same', workload: 'DESK' }] } }).duplicates)
      .toEqual([{ line: 2, as: 'same', workload: 'DESK' }, { line: 4, as: 'same', workload: 'FINDER' }, { line: 9, as: 'same', workload: 'BOT' }]);
    expect(withFix(KEPT, { kind: 'identify_by_name', options: { upsertBy: null } } as never)).not.toHaveProperty('upsertBy');
  });
});
