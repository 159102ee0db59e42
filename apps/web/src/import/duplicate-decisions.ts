import type { Schemas } from '@roster/api-client';

export type Decision = Schemas['DuplicateDecisionDto'];

/** Decisions with some of them taken anew: one a line. @param remove line whose row becomes a workload of its own again */
export function withDecisions(before: readonly Decision[], added: readonly Decision[], remove: number | null = null): Decision[] {
  const anew = new Set(added.map(({ line }) => line));
  return [...before.filter(({ line }) => !anew.has(line) && line !== remove), ...added].sort((a, b) => a.line - b.line);
}

/** Decisions of the options an import is kept with. */
export const decisionsOf = (value: unknown): readonly Decision[] => (Array.isArray(value) ? (value as Decision[]) : []);
