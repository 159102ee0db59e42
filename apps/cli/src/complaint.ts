import { RosterProblem, RosterUnreachable } from '@roster/api-client';

/** Exit codes of every command; `gate` has its own (0 pass, 1 fail, 2 frozen, 3 could not tell). */
export const EXIT = { ok: 0, failed: 1, usage: 64 } as const;

/** Something the person at the keyboard can put right: what is wrong, and what to do. Never shown with a stack. */
export class Complaint extends Error {
  constructor(message: string, readonly remedy: string, readonly exitCode: number = EXIT.failed) {
    super(message);
    this.name = 'Complaint';
  }
}

const REMEDIES: Record<number, string> = {
  401: 'Run `roster login` (the key or session may have expired or been revoked).',
  403: 'Ask an administrator of your organization for this permission, or for a key that has it.',
  429: 'Wait a moment and try again.',
};

/** What went wrong, for people. */
export function explain(error: unknown): string {
  if (error instanceof RosterProblem) {
    const lines = [error.detail];
    for (const item of error.errors) lines.push(`  ${item.path ? `${item.path}: ` : ''}${item.message}`);
    const gaps = error.extensions['gaps'];
    if (Array.isArray(gaps)) for (const gap of gaps) lines.push(`  - ${describeGap(gap)}`);
    if (REMEDIES[error.status]) lines.push(REMEDIES[error.status] ?? '');
    lines.push(`(${error.code}${error.requestId ? `, request ${error.requestId}` : ''})`);
    return lines.join('\n');
  }
  if (error instanceof RosterUnreachable) return `${error.message}\nStart it with \`npm start\`, or name another address with --url or ROSTER_URL.`;
  if (error instanceof Complaint) return `${error.message}\n${error.remedy}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
function describeGap(gap: unknown): string {
  if (typeof gap === 'string') return gap;
  const { message, title, key } = gap as Record<string, unknown>;
  return String(message ?? title ?? key ?? JSON.stringify(gap));
}

/** The same for programs. */
export function problemJson(error: unknown): Record<string, unknown> {
  if (error instanceof RosterProblem) return { ...error.extensions, code: error.code, status: error.status, title: error.title, detail: error.detail, errors: error.errors, requestId: error.requestId };
  if (error instanceof RosterUnreachable) return { code: 'UNREACHABLE', detail: error.message };
  if (error instanceof Complaint) return { code: 'CLI_COMPLAINT', detail: error.message, remedy: error.remedy };
  return { code: 'CLI_ERROR', detail: error instanceof Error ? error.message : String(error) };
}
