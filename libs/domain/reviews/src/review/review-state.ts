import type { ReviewState } from '@roster/contracts';

/** Everything that can happen to a review. `make_due` is the scheduler's, the rest are people's. */
export const REVIEW_COMMANDS = ['make_due', 'start', 'submit', 'sign_off', 'return', 'skip', 'reschedule'] as const;
export type ReviewCommand = (typeof REVIEW_COMMANDS)[number];

/** The state each command leads to, from each state it is allowed in (domain.md section 8). */
const TRANSITIONS: { readonly [State in ReviewState]: { readonly [Command in ReviewCommand]?: ReviewState } } = {
  // A review may be started before its due date; it then never becomes due.
  scheduled: { make_due: 'due', start: 'in_progress', skip: 'skipped', reschedule: 'scheduled' },
  // A due review can no longer be moved: moving it would hide that it was due.
  due: { start: 'in_progress', skip: 'skipped' },
  in_progress: { submit: 'awaiting_sign_off', skip: 'skipped' },
  awaiting_sign_off: { sign_off: 'completed', return: 'in_progress' },
  completed: {},
  skipped: {},
};

/** States in which the review is still owed. */
export const OPEN_REVIEW_STATES = ['scheduled', 'due', 'in_progress', 'awaiting_sign_off'] as const satisfies readonly ReviewState[];
export const isOpen = (state: ReviewState): boolean => (OPEN_REVIEW_STATES as readonly ReviewState[]).includes(state);

/** What a command leads to, or null when it is not allowed in this state. @param signOff whether the review needs a second person */
export function transition(state: ReviewState, command: ReviewCommand, signOff: boolean): ReviewState | null {
  const next = TRANSITIONS[state][command] ?? null;
  return next === 'awaiting_sign_off' && !signOff ? 'completed' : next;
}

/** What can be done in a state, for messages and for the interface. */
export const allowedCommands = (state: ReviewState): ReviewCommand[] => REVIEW_COMMANDS.filter((command) => TRANSITIONS[state][command] !== undefined);

/** Overdue is derived, never stored: open, and the due day is over. @param overdueAt the end of the due day */
export const isOverdue = (state: ReviewState, overdueAt: Date, now: Date): boolean => isOpen(state) && now >= overdueAt;

/** Who has had a hand in a review, as member ids; null where the system acted. */
export interface ReviewHands {
  readonly startedBy: string | null;
  readonly submittedBy: string | null;
}

/** Why a member may not sign a review off, or null when they may: it must be a second person (domain.md section 8). */
export function signOffObstacle(hands: ReviewHands, memberId: string | null): 'not_a_person' | 'same_person' | null {
  if (memberId === null) return 'not_a_person';
  return memberId === hands.submittedBy || memberId === hands.startedBy ? 'same_person' : null;
}
