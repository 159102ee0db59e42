import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { Complaint } from './complaint.js';

/** One service this person has signed in to. */
export interface StoredLogin {
  readonly apiKey?: string;
  /** A session where no key may be made; it ends by itself after a while. */
  readonly cookie?: string;
  readonly organization: string;
  readonly who: string;
}
interface CredentialFile {
  readonly version: 1;
  /** The address used when none is given. */
  current: string | null;
  logins: Record<string, StoredLogin>;
}

/** Where logins are kept unless --config says otherwise. */
export const defaultConfigFile = (): string => join(homedir(), '.config', 'roster', 'credentials.json');

async function load(file: string): Promise<CredentialFile> {
  try {
    const content = JSON.parse(await readFile(file, 'utf8')) as CredentialFile;
    if (content.version !== 1 || typeof content.logins !== 'object') throw new Error('unknown format');
    return content;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { version: 1, current: null, logins: {} };
    throw new Complaint(`The login file ${file} cannot be read (${(error as Error).message}).`, 'Remove it and run `roster login` again.');
  }
}
async function save(file: string, content: CredentialFile): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const half = `${file}.${process.pid}`;
  await writeFile(half, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  await rename(half, file);
}

/** The login for an address, or the current one. */
export async function findLogin(file: string, url?: string): Promise<{ url: string; login: StoredLogin } | null> {
  const { current, logins } = await load(file);
  const address = url ?? current;
  const login = address === null ? undefined : logins[address];
  return address !== null && login ? { url: address, login } : null;
}

export async function storeLogin(file: string, url: string, login: StoredLogin): Promise<void> {
  const content = await load(file);
  content.logins[url] = login;
  content.current = url;
  await save(file, content);
}

/** @returns whether there was one */
export async function removeLogin(file: string, url: string): Promise<boolean> {
  const content = await load(file);
  const found = url in content.logins;
  content.logins = Object.fromEntries(Object.entries(content.logins).filter(([address]) => address !== url));
  if (content.current === url) content.current = Object.keys(content.logins)[0] ?? null;
  if (found) await save(file, content);
  return found;
}
