import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { Global, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createTestApp, createTestDatabase, FakeClock, TestClient, testConfig, type TestAnswer, type TestDatabase } from '@roster/testing';
import { Client } from 'pg';
import { EditionDirectory } from '../organization/edition-directory.js';

@Global()
@Module({ providers: [{ provide: EditionDirectory, useValue: { assessableEditions: () => ['psf-1.1', 'other-2'], domainIds: () => [] } satisfies EditionDirectory }], exports: [EditionDirectory] })
class EditionsModule {}

/** The time at the start of each test. */
export const START = new Date('2026-05-01T09:00:00.000Z');
/** Everybody's. */
export const PASSWORD = 'quiet lamps dancing';

type Json = Record<string, unknown> & { items: Json[]; errors: { path: string; code: string }[]; member: { id: string; role: string; permissions: string[] }; organization: { id: string } };
/** An answer, and the session that it gave. */
export interface Answer extends TestAnswer<Json> { readonly cookie: string }
interface Person { readonly name: string; readonly email: string; readonly password: string }

/** The real API on a test database, and a look behind it; there while the tests of a file run. */
export interface AccessApi {
  readonly clock: FakeClock;
  /** @param options.as a session or an API key */
  readonly call: (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, options?: { as?: string; body?: object; headers?: Record<string, string> }) => Promise<Answer>;
  /** Somebody who has no account yet. */
  readonly person: () => Person;
  readonly signUp: (user?: Person) => Promise<Answer & { email: string }>;
  /** A new member of an organization. @param as the session of whoever invites */
  readonly invited: (as: string, role: string, user?: Person) => Promise<Answer & { email: string }>;
  readonly signInFrom: (address: string, email: string, password: string) => Promise<Answer>;
  /** What is stored, read as superuser. */
  readonly stored: (sql: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;
  /** How many rows are stored. @param from what follows FROM */
  readonly count: (from: string, values?: unknown[]) => Promise<number>;
}

/** Starts the API for the tests of the file it is called in; before each test the clock is set to START. */
export function usingAccess(): AccessApi {
  const clock = new FakeClock(START);
  let db: TestDatabase;
  let app: NestFastifyApplication;
  let admin: Client;
  let client: TestClient;
  let serial = 0;

  beforeAll(async () => {
    db = await createTestDatabase();
    app = await createTestApp({ config: testConfig(db, { trustedProxyHops: 1 }), clock, imports: [EditionsModule] });
    client = await TestClient.of(app);
    admin = new Client({ connectionString: db.adminUrl });
    await admin.connect();
  });
  afterAll(async () => {
    await admin.end();
    await app.close();
    await db.drop();
  });
  beforeEach(() => { clock.set(START); });

  const call: AccessApi['call'] = async (method, url, options = {}) => {
    const answer = await client.as(options.as ?? null).send<Json>(method, url, { body: options.body, headers: options.headers });
    return { ...answer, cookie: /__Host-roster_session=([^;]*)/.exec(answer.headers['set-cookie'] ?? '')?.[1] ?? '' };
  };
  const person: AccessApi['person'] = () => ({ name: 'Ada Lovelace', email: `ada.${(serial += 1)}@example.test`, password: PASSWORD });
  const stored: AccessApi['stored'] = async (sql, values = []) => (await admin.query<Record<string, unknown>>(sql, values)).rows;
  return {
    clock, call, person, stored,
    signUp: async (user = person()) => ({ ...await call('POST', '/sign-up', { body: { organization: { name: `Org ${serial}`, timeZone: 'Europe/Berlin' }, user } }), email: user.email }),
    invited: async (as, role, user = person()) => {
      const invitation = await call('POST', '/invitations', { as, body: { email: user.email, role } });
      return { ...await call('POST', `/invitations/${String(invitation.body['token'])}/accept`, { body: { name: user.name, password: user.password } }), email: user.email };
    },
    signInFrom: (address, email, password) => call('POST', '/sessions', { headers: { 'x-forwarded-for': address }, body: { email, password } }),
    count: async (from, values = []) => Number((await stored(`SELECT count(*) AS n FROM ${from}`, values))[0]?.['n']),
  };
}
