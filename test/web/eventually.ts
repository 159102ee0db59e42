import { setTimeout as sleep } from 'node:timers/promises';

const LONGEST_MS = 20_000;
const BETWEEN_MS = 40;

/**
 * Makes a check until it holds. For what is read at once, such as a count, a text, the focus, or a record that the page shows before it is saved:
 * a page draws what it knows a moment later, and on a slow machine that moment is long.
 * @param check reads and expects; made again when it throws
 * @throws what the check threw last, after 20 seconds
 */
export async function eventually(check: () => Promise<unknown>): Promise<void> {
  const end = performance.now() + LONGEST_MS;
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      if (performance.now() > end) throw error;
    }
    await sleep(BETWEEN_MS);
  }
}
