import { describe, expect, it } from '@jest/globals';
import { REVIEW_STATES } from '@roster/contracts';
import fc from 'fast-check';
import { allowedCommands, isOpen, isOverdue, REVIEW_COMMANDS, signOffObstacle, transition } from './review-state.js';

describe('states of a review', () => {
  it('has exactly these moves', () => {
    const table = REVIEW_STATES.flatMap((state) => REVIEW_COMMANDS.flatMap((command) => {
      const [alone, second] = [transition(state, command, false), transition(state, command, true)];
      return second ? [`${state} ${command} ${second}${alone === second ? '' : ` | ${alone}`}`] : [];
    }));
    expect(table).toEqual([
      'scheduled make_due due', 'scheduled start in_progress', 'scheduled skip skipped', 'scheduled reschedule scheduled',
      'due start in_progress', 'due skip skipped',
      'in_progress submit awaiting_sign_off | completed', 'in_progress skip skipped',
      'awaiting_sign_off sign_off completed', 'awaiting_sign_off return in_progress',
    ]);
    expect(allowedCommands('completed')).toEqual([]);
  });

  it('never leaves a final state and never completes a second-person review without a sign-off', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(...REVIEW_COMMANDS), { maxLength: 30 }), fc.boolean(), (commands, signOff) => {
      let state = transition('scheduled', 'make_due', signOff);
      let signed = false;
      for (const command of commands) {
        const next: ReturnType<typeof transition> = state && transition(state, command, signOff);
        if (!next) continue;
        expect(state && isOpen(state)).toBe(true);
        if (command === 'sign_off') signed = true;
        state = next;
      }
      if (state === 'completed' && signOff) expect(signed).toBe(true);
    }), { numRuns: 300 });
  });

  it('is overdue only while open and only after the due day', () => {
    const end = new Date('2026-05-06T22:00:00Z');
    for (const state of REVIEW_STATES) {
      expect(isOverdue(state, end, new Date(end.getTime() - 1))).toBe(false);
      expect(isOverdue(state, end, end)).toBe(isOpen(state));
    }
  });

  it('wants a second person for the sign-off', () => {
    const hands = { startedBy: 'ann', submittedBy: 'bob' };
    expect(['ann', 'bob', 'cy', null].map((member) => signOffObstacle(hands, member))).toEqual(['same_person', 'same_person', null, 'not_a_person']);
  });
});
