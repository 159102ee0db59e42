import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { bodyOf, createRosterClient, eachItem } from './client.js';
import { follow } from './operation.js';
import { RosterProblem, RosterUnreachable } from './roster-problem.js';

let server: Server | undefined;
afterEach(() => { server?.close(); });
/** A real HTTP server that gives one answer and keeps what it was asked. */
async function answering(answer: (request: IncomingMessage, response: ServerResponse, body: Buffer) => void): Promise<string> {
  server = createServer((request, response) => { void buffer(request).then((body) => answer(request, response, body)); });
  await new Promise<void>((resolve) => { server?.listen(0, '127.0.0.1', resolve); });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const caught = (work: Promise<unknown>): Promise<unknown> => work.then(() => { throw new Error('it succeeded'); }, (error: unknown) => error);

describe('createRosterClient', () => {
  it('proves who calls, and returns the body of the success', async () => {
    const url = await answering((request, response) => response.setHeader('content-type', 'application/json').end(JSON.stringify({ status: `${request.headers.authorization} ${request.headers['user-agent']}` })));
    const client = createRosterClient({ baseUrl: `${url}/`, credential: { apiKey: 'roster_a_b' }, userAgent: 'test/1' });
    expect(await bodyOf(client.GET('/api/v1/health/ready'))).toEqual({ status: 'Bearer roster_a_b test/1' });
  });
  it('rejects with the problem of the service, extensions included', async () => {
    const problem = { type: 'about:blank', title: 'Frozen', status: 409, code: 'CLASSIFICATION_SCOPE_FROZEN', detail: 'It is frozen.', requestId: 'r-1', errors: [{ path: 'kind', code: 'x', message: 'expected y' }], gaps: ['a'] };
    const url = await answering((_request, response) => response.writeHead(409, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem)));
    const error = await caught(createRosterClient({ baseUrl: url }).GET('/api/v1/health/ready'));
    expect(error).toBeInstanceOf(RosterProblem);
    expect(error).toMatchObject({ status: 409, code: 'CLASSIFICATION_SCOPE_FROZEN', detail: 'It is frozen.', requestId: 'r-1', errors: problem.errors, extensions: { gaps: ['a'] } });
  });
  it('says when something else than Roster answers, and when nothing does', async () => {
    const url = await answering((_request, response) => response.writeHead(502).end('<html>Bad gateway</html>'));
    expect(await caught(createRosterClient({ baseUrl: url }).GET('/api/v1/health/ready'))).toMatchObject({ status: 502, code: 'NOT_ROSTER', message: expect.stringContaining('Is the address right?') });
    await new Promise((resolve) => { server?.close(resolve); });
    const error = await caught(createRosterClient({ baseUrl: url }).GET('/api/v1/health/ready'));
    expect(error).toBeInstanceOf(RosterUnreachable);
    expect((error as Error).message).toMatch(/does not answer: .*ECONNREFUSED/);
  });
});

describe('eachItem', () => {
  it('walks all pages in order and asks for no more', async () => {
    const pages: Record<string, { items: number[]; nextCursor: string | null }> = { first: { items: [1, 2], nextCursor: 'b' }, b: { items: [], nextCursor: 'c' }, c: { items: [3], nextCursor: null } };
    const asked: (string | undefined)[] = [];
    const seen: number[] = [];
    for await (const item of eachItem(async (cursor) => { asked.push(cursor); return pages[cursor ?? 'first'] ?? { items: [] }; })) seen.push(item);
    expect(seen).toEqual([1, 2, 3]);
    expect(asked).toEqual([undefined, 'b', 'c']);
  });
});

describe('follow', () => {
  it('reads until the work has ended and tells every step', async () => {
    const states = ['queued', 'running', 'failed'].map((status, done) => ({ status, progress: { done, total: 2, unit: 'rows' } }));
    const seen: string[] = [];
    expect(await follow(async () => states[seen.length] ?? { status: 'never' }, (view) => seen.push(view.status))).toMatchObject({ status: 'failed' });
    expect(seen).toEqual(['queued', 'running', 'failed']);
  });
});
