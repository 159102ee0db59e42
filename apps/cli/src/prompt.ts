import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Complaint, EXIT } from './complaint.js';

function requireTerminal(what: string, option: string): void {
  if (process.stdin.isTTY !== true) throw new Complaint(`${what} is missing, and there is no terminal to ask on.`, `Give it with ${option}.`, EXIT.usage);
}

/** @param option the option to name when nobody can be asked */
export async function ask(what: string, option: string, suggestion?: string): Promise<string> {
  requireTerminal(what, option);
  const line = createInterface({ input: process.stdin, output: process.stderr });
  try {
    for (;;) {
      const answer = (await line.question(`${what}${suggestion ? ` [${suggestion}]` : ''}: `)).trim() || suggestion;
      if (answer) return answer;
    }
  } finally {
    line.close();
  }
}

/** Asks without showing what is typed. */
export async function askSecret(what: string, option: string): Promise<string> {
  requireTerminal(what, option);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const line = createInterface({ input: process.stdin, output: silent, terminal: true });
  process.stderr.write(`${what}: `);
  try {
    return await line.question('');
  } finally {
    line.close();
    process.stderr.write('\n');
  }
}

/** The first line of standard input, for secrets that must not appear in the process list. */
export async function readSecretFromStdin(): Promise<string> {
  return (await text(process.stdin)).split('\n')[0]?.trimEnd() ?? '';
}
