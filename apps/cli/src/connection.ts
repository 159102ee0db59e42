import { createRosterClient, type Credential, type RosterClient } from '@roster/api-client';
import { Complaint } from './complaint.js';
import { defaultConfigFile, findLogin, type StoredLogin } from './credentials.js';

export const DEFAULT_URL = 'http://localhost:3000';
const USER_AGENT = 'roster-cli/0.1.0';

/** Options that every command has. */
export interface GlobalOptions {
  readonly url?: string;
  readonly apiKey?: string;
  readonly config?: string;
  readonly json?: boolean;
}
export const configFile = (options: GlobalOptions): string => options.config ?? defaultConfigFile();

/** The address as it is stored and compared: scheme, host and port. */
export function normalizeUrl(text: string): string {
  const withScheme = /^https?:\/\//.test(text) ? text : `${/^(localhost|127\.|\[::1\])/.test(text) ? 'http' : 'https'}://${text}`;
  if (!URL.canParse(withScheme)) throw new Complaint(`${text} is not an address.`, 'Write it as https://roster.example.com.');
  return new URL(withScheme).origin;
}

export const credentialOf = (login: StoredLogin): Credential | undefined => (login.apiKey ? { apiKey: login.apiKey } : login.cookie ? { cookie: login.cookie } : undefined);
export const clientFor = (url: string, credential?: Credential): RosterClient => createRosterClient({ baseUrl: url, credential, userAgent: USER_AGENT });

/** A client for whoever has signed in, or for the key that was given. @throws Complaint when nobody has */
export async function connect(options: GlobalOptions): Promise<RosterClient> {
  const url = options.url ? normalizeUrl(options.url) : undefined;
  const found = await findLogin(configFile(options), url);
  if (options.apiKey) return clientFor(url ?? found?.url ?? DEFAULT_URL, { apiKey: options.apiKey });
  if (!found) throw new Complaint(`Not signed in${url ? ` to ${url}` : ''}.`, 'Run `roster login`, or set ROSTER_URL and ROSTER_API_KEY.');
  return clientFor(found.url, credentialOf(found.login));
}
