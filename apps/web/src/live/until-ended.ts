import { RosterProblem } from '@roster/api-client';
import { openEventStream } from './event-stream.js';
import { problemOf, type Operation } from './use-operation.js';

/**
 * Waits for the end of long work that no part of the page watches any more, over a lost connection too.
 * @param href where the work is, such as `/api/v1/workload-bulk-edits/0199…`
 * @returns how it ended
 * @throws RosterProblem when it failed, or when the service does not tell how it goes
 */
export function untilEnded(href: string): Promise<Operation> {
  return new Promise((resolve, reject: (problem: RosterProblem) => void) => {
    const close = openEventStream(`${href}/events`, {
      end: (data) => {
        close();
        const operation = data as Operation;
        if (operation.status === 'failed') reject(problemOf(operation));
        else resolve(operation);
      },
    }, reject);
  });
}
