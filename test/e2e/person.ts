import { expect } from '@jest/globals';
import { waitFor } from '@roster/testing';

/** Long work, as GET of its address tells. */
export interface Operation {
  readonly id: string;
  readonly status: 'queued' | 'running' | 'succeeded' | 'failed' | 'canceled';
  readonly result?: Record<string, unknown> | null;
  readonly problem?: unknown;
}

export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly body: Body;
  readonly headers: Headers;
}

/** Somebody with a browser: keeps the session cookie and speaks JSON. */
export class Person {
  private cookie = '';

  constructor(private readonly baseUrl: string, readonly email: string, readonly password: string) {}

  /** The session cookie, `name=value`; empty before the sign-in. */
  get session(): string { return this.cookie; }

  async send<Body = Record<string, unknown>>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<Body>> {
    const form = body instanceof FormData;
    const response = await fetch(path.startsWith('http') ? path : `${this.baseUrl}${path.startsWith('/api/') ? path : `/api/v1${path}`}`, {
      method,
      headers: { 'sec-fetch-site': 'same-origin', ...(this.cookie ? { cookie: this.cookie } : {}), ...(body === undefined || form ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
    });
    const set = response.headers.get('set-cookie');
    if (set) this.cookie = set.split(';')[0] ?? '';
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json') ?? false;
    return { status: response.status, body: (json && text ? JSON.parse(text) : { text }) as Body, headers: response.headers };
  }

  /** Sends and insists on the status; the answer is in the failure message otherwise. */
  async must<Body = Record<string, unknown>>(status: number, method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Body> {
    const answer = await this.send<Body>(method, path, body, headers);
    expect({ call: `${method} ${path}`, status: answer.status, ...(answer.status === status ? {} : { body: answer.body }) }).toEqual({ call: `${method} ${path}`, status });
    return answer.body;
  }

  get<Body = Record<string, unknown>>(path: string): Promise<Body> {
    return this.must<Body>(200, 'GET', path);
  }

  /** Waits for the end of long work, good or bad. @param href path of the operation below /api/v1 */
  finished<Ended extends Operation>(href: string): Promise<Ended> {
    return waitFor(async () => {
      const operation = await this.get<Ended>(href);
      return operation.status === 'queued' || operation.status === 'running' ? null : operation;
    }, { timeout: 60_000, what: `the end of ${href}` });
  }

  /** Bytes of a download. */
  async download(path: string): Promise<Buffer> {
    const response = await fetch(`${this.baseUrl}/api/v1${path}`, { headers: { cookie: this.cookie } });
    expect(response.status).toBe(200);
    return Buffer.from(await response.arrayBuffer());
  }

  async signIn(): Promise<void> {
    await this.must(201, 'POST', '/sessions', { email: this.email, password: this.password });
  }
}

/** A form with a file and text fields. Objects become JSON text. */
export function form(fileName: string, type: string, content: string | Buffer, fields: Record<string, unknown>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  data.set('file', new Blob([new Uint8Array(Buffer.from(content))], { type }), fileName);
  return data;
}
