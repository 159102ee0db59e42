import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** An answer of the API as a test looks at it. */
export interface TestAnswer<Body = Record<string, unknown>> {
  readonly status: number;
  /** Parsed JSON; `{}` when there was no body. Use `text` for anything else. */
  readonly body: Body;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface TestRequest {
  readonly body?: object;
  /** For uploads and anything else that is not JSON. */
  readonly raw?: RequestInit['body'];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A person, who is signed in when `cookie` is set. */
export interface TestIdentity {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

const COOKIE = '__Host-roster_session';
let serial = 0;

/**
 * Talks HTTP to a test app, as a browser with a session or as a pipeline with a key. Requests travel over a real socket, because
 * `app.inject` cannot be loaded inside Jest's module system.
 */
export class TestClient {
  private constructor(private readonly base: string, private readonly credential: Readonly<Record<string, string>>) {}

  /** Nobody in particular. Starts to listen on a free port when the app does not yet. */
  static async of(app: NestFastifyApplication): Promise<TestClient> {
    if (!app.getHttpServer().listening) await app.listen(0, '127.0.0.1');
    return new TestClient(`${await app.getUrl()}/api/v1`, {});
  }

  /** The same service, seen through a session token or an API key; without one as nobody. */
  as(credential: string | null): TestClient {
    if (credential === null) return new TestClient(this.base, {});
    return new TestClient(this.base, credential.startsWith('roster_') ? { authorization: `Bearer ${credential}` } : { cookie: `${COOKIE}=${credential}` });
  }

  async send<Body = Record<string, unknown>>(method: string, path: string, { body, raw, headers }: TestRequest = {}): Promise<TestAnswer<Body>> {
    const sent = new Headers({ ...this.credential, ...(body ? { 'content-type': 'application/json' } : {}), ...headers });
    const response = await fetch(`${this.base}${path}`, { method, headers: sent, ...(body ? { body: JSON.stringify(body) } : raw === undefined ? {} : { body: raw }), redirect: 'manual' });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, body: (isJson && text !== '' ? JSON.parse(text) : {}) as Body, text, headers: Object.fromEntries(response.headers) };
  }

  get<Body = Record<string, unknown>>(path: string, request?: TestRequest): Promise<TestAnswer<Body>> { return this.send<Body>('GET', path, request); }
  post<Body = Record<string, unknown>>(path: string, body?: object, headers?: Readonly<Record<string, string>>): Promise<TestAnswer<Body>> { return this.send<Body>('POST', path, { body: body ?? {}, headers }); }
  put<Body = Record<string, unknown>>(path: string, body: object, headers?: Readonly<Record<string, string>>): Promise<TestAnswer<Body>> { return this.send<Body>('PUT', path, { body, headers: { 'if-match': '*', ...headers } }); }
  patch<Body = Record<string, unknown>>(path: string, body: object, headers?: Readonly<Record<string, string>>): Promise<TestAnswer<Body>> { return this.send<Body>('PATCH', path, { body, headers: { 'if-match': '*', ...headers } }); }
  delete<Body = Record<string, unknown>>(path: string, headers?: Readonly<Record<string, string>>): Promise<TestAnswer<Body>> { return this.send<Body>('DELETE', path, { headers: { 'if-match': '*', ...headers } }); }

  /** Signs up an organization and returns its founder, an administrator. */
  async signUp(organization: { name?: string; timeZone?: string } = {}, who: Partial<TestIdentity> = {}): Promise<SignedInClient> {
    const person = identity(who);
    return this.signedIn(await this.post('/sign-up', { organization: { name: `Organization ${serial}`, ...organization }, user: person }), person);
  }

  /** Invites somebody into the organization of this client and accepts for them. */
  async invite(role: string, who: Partial<TestIdentity> = {}): Promise<SignedInClient> {
    const person = identity(who);
    const invitation = await this.post<{ token: string }>('/invitations', { email: person.email, role });
    if (invitation.status !== 201) throw new Error(`The invitation was refused: ${invitation.status} ${invitation.text}`);
    return this.signedIn(await this.as(null).post(`/invitations/${invitation.body.token}/accept`, { name: person.name, password: person.password }), person);
  }

  /** A key of this client's organization, ready to be used with `as`. */
  async createKey(permissions: readonly string[], expiresAt?: string): Promise<{ id: string; key: string }> {
    const made = await this.post<{ id: string; key: string }>('/api-keys', { name: 'test key', permissions, ...(expiresAt === undefined ? {} : { expiresAt }) });
    if (made.status !== 201) throw new Error(`The key was refused: ${made.status} ${made.text}`);
    return made.body;
  }

  private signedIn(answer: TestAnswer, person: TestIdentity): SignedInClient {
    const session = new RegExp(`${COOKIE}=([^;]+)`).exec(answer.headers['set-cookie'] ?? '')?.[1];
    if (answer.status !== 201 || session === undefined) throw new Error(`Signing in failed: ${answer.status} ${answer.text}`);
    const { member, organization } = answer.body as { member: { id: string }; organization: { id: string } };
    return { ...person, client: this.as(session), session, memberId: member.id, tenantId: organization.id };
  }
}

/** Somebody who is signed in. */
export interface SignedInClient extends TestIdentity {
  readonly client: TestClient;
  readonly session: string;
  readonly memberId: string;
  readonly tenantId: string;
}

const identity = (who: Partial<TestIdentity>): TestIdentity => {
  serial += 1;
  return { name: `Person ${serial}`, email: `person.${serial}.${Math.random().toString(36).slice(2, 8)}@example.test`, password: 'quiet lamps dancing', ...who };
};
