import { createServer, type Server } from 'node:http';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Prometheus metrics of one process. Labels are route patterns and job names, never ids or tenants. */
export class Metrics {
  private readonly registry = new Registry();
  private server: Server | null = null;
  private readonly httpDuration: Histogram<'method' | 'route' | 'status'>;
  private readonly jobs: Counter<'name' | 'outcome'>;

  constructor(service: string) {
    this.registry.setDefaultLabels({ service });
    collectDefaultMetrics({ register: this.registry });
    this.httpDuration = new Histogram({ name: 'roster_http_request_duration_seconds', help: 'Time to answer, by route pattern', labelNames: ['method', 'route', 'status'], registers: [this.registry],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10] });
    this.jobs = new Counter({ name: 'roster_jobs_total', help: 'Jobs that ended, by outcome', labelNames: ['name', 'outcome'], registers: [this.registry] });
  }

  /** @param seconds time from receiving to answering */
  observeRequest(method: string, route: string, status: number, seconds: number): void {
    this.httpDuration.observe({ method, route, status: String(status) }, seconds);
  }

  countJob(name: string, outcome: 'completed' | 'failed'): void {
    this.jobs.inc({ name, outcome });
  }

  /** A figure read at scrape time, such as the number of overdue rows. */
  gauge(name: string, help: string, read: () => Promise<number>): void {
    new Gauge({ name, help, registers: [this.registry], async collect() { this.set(await read()); } });
  }

  /** The exposition text. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  /** Serves GET /metrics on a port of its own, so that it is never public by accident. */
  async listen(port: number, host: string): Promise<void> {
    const server = createServer((request, response) => {
      if (request.url !== '/metrics') {
        response.writeHead(404).end();
        return;
      }
      this.text().then((text) => response.writeHead(200, { 'content-type': this.registry.contentType }).end(text), (error: Error) => response.writeHead(500).end(error.message));
    });
    this.server = server;
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  }

  async close(): Promise<void> {
    const { server } = this;
    if (server) await new Promise<void>((resolve) => server.close(() => resolve()));
  }
}
