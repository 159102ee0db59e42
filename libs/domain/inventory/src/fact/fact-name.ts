import { problem } from '@roster/platform-errors';
import { FACT_NAMES, type FactName } from './fact-statement.js';

/** @throws PLATFORM_REQUEST_INVALID when there is no such fact */
export function readFactName(text: string): FactName {
  const known = FACT_NAMES.find((name) => name === text);
  if (!known) throw problem('PLATFORM_REQUEST_INVALID', `There is no fact ${JSON.stringify(text.slice(0, 80))}.`, { errors: [{ path: 'fact', code: 'not_one_of', message: `expected one of ${FACT_NAMES.join(', ')}` }] });
  return known;
}
