import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { JobName, JobPayloads } from '@roster/contracts';
import { isId, newId, SystemScope, TenantScope } from '@roster/platform-context';
import { JobDispatcher, OutboxRepository } from '@roster/platform-queue';
import type { DemoClock } from './demo-clock.js';
import { InlineQueue, type InlineJob } from './inline-queue.js';

/** What time brings in a real installation, in the order in which it matters. */
const TICKS: readonly JobName[] = [
  'classification.sweep-due', 'evidence.sweep-expiry', 'inventory.sweep-ownership', 'reviews.sweep-due', 'reviews.sweep-reminders', 'notifications.sweep-mail', 'trail.sequence-entries',
];

const SESSION_MS = 20 * 60_000; // shorter than the idle time of a session
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Somebody in the demo organization: calls the API as its users do, with a key, or in person where only a person may act. */
export class DemoPerson {
  memberId = '';
  private key: string | null = null;
  private session: { readonly cookie: string; readonly until: number } | null = null;

  constructor(private readonly app: NestFastifyApplication, private readonly clock: DemoClock, readonly name: string, readonly email: string, private readonly password: string) {}

  useKey(key: string): void {
    this.key = key;
  }

  /** With the key. @throws with the problem of the service: the story of the demo must be possible through the API */
  call<T = Record<string, unknown>>(method: Method, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
    return this.send<T>(method, path, body, { ...headers, ...(this.key ? { authorization: `Bearer ${this.key}` } : {}) });
  }

  /** In person, signed in: for what no key can do. */
  async inPerson<T = Record<string, unknown>>(method: Method, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
    if (!this.session || this.session.until < this.clock.now().getTime()) await this.send('POST', '/sessions', { email: this.email, password: this.password }, {});
    return this.send<T>(method, path, body, { ...headers, cookie: this.session?.cookie ?? '' });
  }

  private async send<T>(method: Method, path: string, body: unknown, headers: Record<string, string>): Promise<T> {
    const form = body instanceof FormData ? new Response(body) : null;
    const payload = form ? Buffer.from(await form.arrayBuffer()) : body === undefined ? undefined : JSON.stringify(body);
    const type = form ? { 'content-type': form.headers.get('content-type') ?? '' } : body === undefined ? {} : { 'content-type': 'application/json' };
    const answer = await this.app.inject({ method, url: `/api/v1${path}`, headers: { ...headers, ...type }, ...(payload === undefined ? {} : { payload }) });
    if (answer.statusCode >= 300) throw new Error(`${this.name}: ${method} ${path} answered ${answer.statusCode}: ${answer.body.slice(0, 1_500)}`);
    const [cookie] = [answer.headers['set-cookie'] ?? []].flat();
    if (cookie) this.session = { cookie: cookie.split(';')[0] ?? '', until: this.clock.now().getTime() + SESSION_MS };
    return (answer.body === '' ? {} : JSON.parse(answer.body)) as T;
  }
}

/** The demo organization while its past is being written. */
export class DemoWorld {
  tenantId = '';
  /** What has been waiting for its day. */
  private readonly steps: { at: number; order: number; work: () => Promise<void> }[] = [];

  constructor(private readonly app: NestFastifyApplication, readonly clock: DemoClock, /** The present. */ readonly present: Date) {}

  person(name: string, email: string, password: string): DemoPerson {
    return new DemoPerson(this.app, this.clock, name, email, password);
  }

  /** An instant so many days before the present, at a time of day in UTC; negative days lie ahead. */
  daysAgo(days: number, hour = 10, minute = 0): Date {
    const at = new Date(this.present.getTime() - days * 86_400_000);
    at.setUTCHours(hour, minute, 0, 0);
    return at;
  }

  /** Puts something on the calendar of the story; what lies ahead of the present never happens. */
  plan(at: Date, work: () => Promise<void>): void {
    if (at < this.present) this.steps.push({ at: at.getTime(), order: this.steps.length, work });
  }

  /**
   * Lets the story happen, step by step, with what time brings in between: at every step, and at least every `everyDays` days.
   * @param onProgress told the share that has passed, 0 to 1
   * @param daily asked on every day on which something may have become due
   */
  async play(everyDays: number, daily: () => Promise<void>, onProgress: (share: number) => void): Promise<void> {
    const start = Math.min(...this.steps.map((step) => step.at));
    for (let day = start; day < this.present.getTime(); day += everyDays * 86_400_000) this.steps.push({ at: day, order: this.steps.length, work: daily });
    // Steps may plan further steps, so the next one is looked for every time.
    for (;;) {
      let next: (typeof this.steps)[number] | undefined;
      for (const step of this.steps) if (!next || step.at < next.at || (step.at === next.at && step.order < next.order)) next = step;
      if (!next) break;
      this.steps.splice(this.steps.indexOf(next), 1);
      const dayBefore = Math.floor(this.clock.now().getTime() / 86_400_000);
      this.clock.moveTo(new Date(Math.max(next.at, this.clock.now().getTime())));
      if (Math.floor(this.clock.now().getTime() / 86_400_000) !== dayBefore) await this.passTime();
      await next.work();
      onProgress((next.at - start) / (this.present.getTime() - start));
    }
    this.clock.moveTo(this.present);
    await this.passTime();
    await this.passTime();
  }

  /** Events reach their listeners, jobs run, ticks tick: what a worker does all the time. */
  async passTime(): Promise<void> {
    await this.settle();
    for (const tick of TICKS) await this.run({ id: newId(), name: tick, payload: {} });
    await this.settle();
  }

  private async settle(): Promise<void> {
    for (;;) {
      await this.run({ id: newId(), name: 'platform.relay-outbox', payload: {} });
      const jobs = this.app.get(InlineQueue).take();
      if (jobs.length === 0) return;
      const outbox = this.app.get(OutboxRepository);
      for (const job of jobs) {
        await this.run(job);
        // Jobs of sweeps have ids of their own and no row to settle.
        if (isId(job.id)) await outbox.markDone(TenantScope.forSystem(this.tenantId, 'demo'), job.id, this.clock.now());
      }
    }
  }

  private run(job: InlineJob): Promise<void> {
    return this.app.get(JobDispatcher).dispatch(job.name, job.payload as JobPayloads[JobName], { attempt: 1, signal: new AbortController().signal, jobId: job.id });
  }

  /** Whether work is left that should have been done: 0 in a finished demo. */
  overdueWork(): Promise<number> {
    return this.app.get(OutboxRepository).countOverdue(SystemScope.because('check that the demo left no work undone'), this.present);
  }
}
