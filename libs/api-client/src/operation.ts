const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 1_000;

/** What a 202 points to, as far as following it needs. */
export interface OperationView {
  readonly status: string;
  readonly progress?: { readonly done: number; readonly total?: number | null; readonly unit: string } | null;
}
const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, milliseconds); });
const RUNNING = new Set(['queued', 'running']);

/**
 * Follows long work to its end, whatever that is: read the status of what is returned.
 * @param read asks for the state now
 * @param onProgress told about every state that was read
 * @param running states in which it goes on; default queued and running
 */
export async function follow<T extends OperationView>(read: () => Promise<T>, onProgress: (view: T) => void = () => undefined, running: ReadonlySet<string> = RUNNING): Promise<T> {
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 1.5, LONGEST_WAIT_MS)) {
    const view = await read();
    onProgress(view);
    if (!running.has(view.status)) return view;
    await sleep(wait);
  }
}
