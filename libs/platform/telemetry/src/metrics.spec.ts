import { afterAll, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:net';
import { Metrics } from './metrics.js';

const freePort = (): Promise<number> => new Promise((resolve, reject) => {
  const probe = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
    const address = probe.address();
    probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
  });
});

describe('Metrics', () => {
  const metrics = new Metrics('test');
  afterAll(() => metrics.close());

  it('counts requests by route pattern, jobs by outcome, and reads gauges when scraped', async () => {
    let overdue = 0;
    metrics.gauge('roster_overdue', 'Overdue rows', async () => overdue);
    metrics.observeRequest('GET', '/api/v1/workloads/:key', 200, 0.004);
    metrics.countJob('packs.build-pack', 'failed');
    overdue = 3;
    const port = await freePort();
    await metrics.listen(port, '127.0.0.1');
    const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
    const text = await answer.text();
    expect(text).toContain('roster_overdue{service="test"} 3');
    expect(text).toContain('route="/api/v1/workloads/:key"');
    expect(text).toMatch(/roster_jobs_total\{name="packs.build-pack",outcome="failed",service="test"\} 1/);
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);
  });
});
