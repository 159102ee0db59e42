import { SingleBar } from 'cli-progress';

/** How a command talks: tables and progress bars to people, one JSON value to programs. Progress and remarks go to stderr, results to stdout. */
export class Output {
  constructor(readonly json: boolean) {}

  /** The result of the command. @param forPeople lines, made only when people read them */
  result(value: unknown, forPeople: () => string): void {
    process.stdout.write(`${this.json ? JSON.stringify(value, null, 2) : forPeople()}\n`);
  }

  /** A remark on the way; programs do not get it. */
  remark(text: string): void {
    if (!this.json) process.stderr.write(`${text}\n`);
  }

  /** A progress bar where somebody watches, else nothing. Always `stop()` it. */
  progress(what: string): Progress {
    return new Progress(what, !this.json && process.stderr.isTTY === true);
  }
}

export class Progress {
  private readonly bar: SingleBar | null;
  private started = false;

  constructor(what: string, visible: boolean) {
    this.bar = visible ? new SingleBar({ format: `${what} [{bar}] {percentage}% {value}/{total} {unit}`, hideCursor: true, clearOnComplete: true, stream: process.stderr }) : null;
  }

  /** @param total unknown totals show no bar until they are known */
  update(done: number, total: number | null | undefined, unit: string): void {
    if (!this.bar || !total) return;
    if (!this.started) this.bar.start(total, done, { unit });
    else {
      this.bar.setTotal(total);
      this.bar.update(done, { unit });
    }
    this.started = true;
  }

  stop(): void {
    if (this.started) this.bar?.stop();
  }
}

/** Longest line of a cell; longer text goes on below it, so that nothing is cut and the columns stay in sight. */
const CELL_WIDTH = 56;

/** Columns aligned with spaces. Empty cells are shown as a dash, long ones are wrapped at words. */
export function table(head: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => wrap(cell === null || cell === undefined || cell === '' ? '-' : String(cell).replaceAll(/\s+/g, ' '))));
  const widths = head.map((_, column) => Math.max(...cells.flatMap((row) => (row[column] ?? []).map((line) => [...line].length))));
  return cells.flatMap((row) => Array.from({ length: Math.max(...row.map((lines) => lines.length)) }, (_, line) =>
    widths.map((width, column) => pad(row[column]?.[line] ?? '', width)).join('  ').trimEnd())).join('\n');
}

const pad = (text: string, width: number): string => text + ' '.repeat(width - [...text].length);

function wrap(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && [...line].length + 1 + [...word].length > CELL_WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Names and values, one pair a line. */
export const pairs = (entries: readonly (readonly [string, unknown])[]): string => {
  const width = Math.max(...entries.map(([name]) => name.length));
  return entries.map(([name, value]) => `${name.padEnd(width)}  ${value === null || value === undefined || value === '' ? '-' : String(value)}`).join('\n');
};
