import { problem, type ProblemError } from '@roster/platform-errors';
import { passwordMessage, refusePassword } from './password-rules.js';

/**
 * Refuses a password that breaks the rules.
 * @param path field it came in
 * @param identity words of the person and the organization
 * @throws ACCESS_PASSWORD_REFUSED with the reason
 */
export function assertNewPassword(password: string, path: string, identity: readonly string[]): void {
  const refusal = refusePassword(password, identity);
  if (refusal !== null) throw refused(path, refusal, passwordMessage(refusal));
}

const refused = (path: string, code: string, message: string): ProblemError =>
  problem('ACCESS_PASSWORD_REFUSED', `${message} Nothing was changed.`, { errors: [{ path, code, message }] });
