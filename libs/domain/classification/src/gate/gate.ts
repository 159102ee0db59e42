import type { Lifecycle, ScopeChangeKind, Stage } from '@roster/contracts';
import { SCOPE_CHANGE_KINDS, STAGES } from '@roster/contracts';
import type { Gap } from '../fact/gap.js';
import type { Freeze } from '../freeze/freeze.js';

export type GateSubject = { readonly kind: 'production' } | { readonly kind: 'scope-change'; readonly change: ScopeChangeKind };
export const GATE_VERDICTS = ['pass', 'fail', 'frozen'] as const;
export type GateVerdict = (typeof GATE_VERDICTS)[number];
export interface GateReason {
  readonly code: 'STAGE_REACHED' | 'STAGE_NOT_REACHED' | 'UNDETERMINED' | 'RETIRED' | 'FROZEN' | 'FREEZE_UNDETERMINED' | 'BREAK_GLASS' | 'NOT_FROZEN';
  readonly message: string;
  /** BREAK_GLASS: until when the freeze is lifted, RFC 3339, and why. */
  readonly lifted?: { readonly until: string; readonly reason: string };
}
export interface GateDecision {
  readonly verdict: GateVerdict;
  readonly reasons: readonly GateReason[];
  /** What has to close before the verdict can be `pass`. */
  readonly gaps: readonly Gap[];
}
export interface GateInput {
  readonly stage: Stage;
  readonly hardening: boolean;
  readonly undetermined: boolean;
  readonly unknownFacts: readonly string[];
  readonly gaps: readonly Gap[];
  readonly lifecycle: Lifecycle;
  readonly freeze: Freeze;
  /** A break-glass that is in force at the instant of the question. */
  readonly breakGlass: { readonly until: string; readonly reason: string } | null;
}

/** Every value of `?for=`. */
export const GATE_SUBJECTS: readonly string[] = ['production', ...SCOPE_CHANGE_KINDS.map((kind) => `scope-change:${kind}`)];

/** Reads `production` or `scope-change:<kind>`; null when it is neither. */
export function parseGateSubject(text: string): GateSubject | null {
  if (text === 'production') return { kind: 'production' };
  const change = SCOPE_CHANGE_KINDS.find((kind) => text === `scope-change:${kind}`);
  return change ? { kind: 'scope-change', change } : null;
}

/**
 * The verdict a pipeline is told (domain.md sections 5 and 6). Unknown never passes: a workload whose freeze cannot be excluded fails.
 * - `production`: pass when the computed stage is production or above, else fail.
 * - `scope-change:<kind>`: frozen while a freeze is active and no break-glass lifts it, else pass.
 */
export function decideGate(subject: GateSubject, input: GateInput): GateDecision {
  if (input.lifecycle === 'retired') return { verdict: 'fail', reasons: [{ code: 'RETIRED', message: 'The workload is retired.' }], gaps: [] };
  if (subject.kind === 'production') return decideProduction(input);
  if (input.freeze.active || input.freeze.undetermined) {
    if (input.breakGlass) {
      const message = `The freeze is lifted until ${input.breakGlass.until}: ${input.breakGlass.reason}`;
      return { verdict: 'pass', reasons: [{ code: 'BREAK_GLASS', message, lifted: { until: input.breakGlass.until, reason: input.breakGlass.reason } }], gaps: input.freeze.gaps };
    }
    return input.freeze.active
      ? { verdict: 'frozen', reasons: [{ code: 'FROZEN', message: `Scope changes are frozen (${input.freeze.because.join(', ')}) until the gaps close.` }], gaps: input.freeze.gaps }
      : {
          verdict: 'fail',
          reasons: [{ code: 'FREEZE_UNDETERMINED', message: `Not known: ${input.unknownFacts.join(', ')}. A freeze cannot be excluded.` }],
          gaps: [...input.gaps, ...input.freeze.gaps],
        };
  }
  return { verdict: 'pass', reasons: [{ code: 'NOT_FROZEN', message: 'No freeze is active.' }], gaps: [] };
}

function decideProduction(input: GateInput): GateDecision {
  const reached = STAGES.indexOf(input.stage) >= STAGES.indexOf('production');
  if (reached) return { verdict: 'pass', reasons: [{ code: 'STAGE_REACHED', message: `The computed stage is ${input.stage}.` }], gaps: [] };
  const reasons: GateReason[] = [
    { code: 'STAGE_NOT_REACHED', message: `The computed stage is ${input.stage}${input.hardening ? ' (harden before calling it production)' : ''}.` },
  ];
  if (input.undetermined) reasons.push({ code: 'UNDETERMINED', message: `Not known: ${input.unknownFacts.join(', ')}.` });
  return { verdict: 'fail', reasons, gaps: input.gaps };
}
