import { hostname } from 'node:os';
import { bodyOf, RosterProblem, type RosterClient, type Schemas } from '@roster/api-client';
import type { Permission } from '@roster/contracts';
import { Complaint, EXIT } from './complaint.js';
import { clientFor, configFile, credentialOf, DEFAULT_URL, normalizeUrl, type GlobalOptions } from './connection.js';
import { findLogin, removeLogin, storeLogin, type StoredLogin } from './credentials.js';
import { pairs, type Output } from './output.js';
import { ask, askSecret, readSecretFromStdin } from './prompt.js';

/** What the commands need; the key that `login` makes gets these and no others. */
const CLI_PERMISSIONS: readonly Permission[] = [
  'access:member:read', 'access:organization:read', 'frameworks:edition:read', 'inventory:workload:read', 'inventory:workload:create', 'inventory:workload:update', 'inventory:owner:assign',
  'inventory:owner:respond', 'inventory:import:run', 'evidence:item:read', 'evidence:item:submit', 'incidents:drill:read', 'incidents:drill:record', 'classification:result:read',
  'classification:result:evaluate', 'reviews:review:read', 'packs:pack:read', 'packs:pack:build', 'trail:entry:read', 'portfolio:summary:read',
];

export interface LoginOptions extends GlobalOptions {
  readonly signUp?: boolean;
  readonly organization?: string;
  readonly timeZone?: string;
  readonly name?: string;
  readonly email?: string;
  readonly passwordStdin?: boolean;
  readonly apiKeyStdin?: boolean;
}
type Me = Schemas['MeDto'];

/** The session cookie out of an answer: name and value, without its attributes. */
function cookieOf(response: Response): string {
  const [cookie] = response.headers.getSetCookie().map((text) => text.split(';')[0] ?? '').filter((text) => text.includes('roster_session='));
  if (!cookie) throw new TypeError('signing in always sets the session cookie');
  return cookie;
}

async function openSession(client: RosterClient, options: LoginOptions): Promise<{ me: Me; cookie: string }> {
  const email = options.email ?? (await ask('E-mail address', '--email'));
  const secret = async (what: string): Promise<string> => (options.passwordStdin ? readSecretFromStdin() : askSecret(what, '--password-stdin'));
  const answer = options.signUp
    ? await client.POST('/api/v1/sign-up', { body: {
      organization: {
        name: options.organization ?? (await ask('Name of your organization', '--organization')),
        timeZone: options.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
      },
      user: { name: options.name ?? (await ask('Your name', '--name')), email, password: await secret('Choose a password (12 characters or more)') },
    } })
    : await client.POST('/api/v1/sessions', { body: { email, password: await secret('Password'), ...(options.organization ? { organizationId: options.organization } : {}) } });
  if (!answer.data) throw new TypeError('a successful sign-in has a body');
  return { me: answer.data, cookie: cookieOf(answer.response) };
}

/** A key of its own for this machine, so that the password is not needed again; where keys may not be made, the session itself. */
async function keep(url: string, session: { me: Me; cookie: string }, output: Output): Promise<StoredLogin> {
  const { me, cookie } = session;
  const identity = { organization: me.organization.name, who: me.user.email };
  const client = clientFor(url, { cookie });
  if (!me.member.permissions.includes('access:api-key:manage')) {
    output.remark('Your role may not create API keys, so this login ends with its session (after some hours).');
    return { ...identity, cookie };
  }
  const permissions = CLI_PERMISSIONS.filter((permission) => me.member.permissions.includes(permission));
  const { key } = await bodyOf(client.POST('/api/v1/api-keys', { body: { name: `roster CLI on ${hostname()}`.slice(0, 100), permissions } }));
  await client.DELETE('/api/v1/sessions/current');
  return { ...identity, apiKey: key };
}

/** `roster login`: signs in (or up) and remembers how, for one address. */
export async function login(address: string | undefined, options: LoginOptions, output: Output): Promise<number> {
  const url = normalizeUrl(address ?? options.url ?? DEFAULT_URL);
  let stored: StoredLogin;
  if (options.apiKey || options.apiKeyStdin) {
    const apiKey = options.apiKeyStdin ? await readSecretFromStdin() : (options.apiKey ?? '');
    const me = await bodyOf(clientFor(url, { apiKey }).GET('/api/v1/me'));
    stored = { apiKey, organization: me.organization.name, who: me.user.email };
  } else {
    stored = await keep(url, await openSession(clientFor(url), options), output);
  }
  await storeLogin(configFile(options), url, stored);
  output.result({ url, organization: stored.organization, user: stored.who }, () => `Signed in to ${url} as ${stored.who} (${stored.organization}).`);
  return EXIT.ok;
}

/** `roster logout`: forgets the login; a session is ended, a key stays valid until it expires or is revoked. */
export async function logout(options: GlobalOptions, output: Output): Promise<number> {
  const file = configFile(options);
  const found = await findLogin(file, options.url ? normalizeUrl(options.url) : undefined);
  if (!found) throw new Complaint('Not signed in.', 'There is nothing to do.');
  if (found.login.cookie) {
    await clientFor(found.url, credentialOf(found.login)).DELETE('/api/v1/sessions/current').catch((error: unknown) => {
      if (!(error instanceof RosterProblem && error.status === 401)) throw error; // it had ended already
    });
  }
  await removeLogin(file, found.url);
  output.result({ url: found.url }, () => `Signed out of ${found.url}.${found.login.apiKey ? ' The API key stays valid until it expires: revoke it in the settings if others could have it.' : ''}`);
  return EXIT.ok;
}

/** `roster whoami` */
export async function whoami(client: RosterClient, output: Output): Promise<number> {
  const me = await bodyOf(client.GET('/api/v1/me'));
  output.result(me, () => pairs([['User', `${me.user.name} <${me.user.email}>`], ['Role', me.member.role], ['Organization', me.organization.name], ['Edition', me.organization.edition], ['Signed in by', me.via === 'api_key' ? 'API key' : 'session']]));
  return EXIT.ok;
}
