/** What the benches share: percentiles, a seeded organization, an application context. */
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { presetSettings } from '@roster/access';
import { newId, TenantScope } from '@roster/platform-context';

export const percentile = (values, p) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor((values.length * p) / 100))] ?? 0;
export const seconds = async (work) => {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
};
/** Highest resident memory of this process while `work` runs, in MiB. */
export const peakMemory = async (work) => {
  let peak = process.memoryUsage().rss;
  const timer = setInterval(() => { peak = Math.max(peak, process.memoryUsage().rss); }, 20);
  const result = await work();
  clearInterval(timer);
  return { result, mebibytes: Math.round(Math.max(peak, process.memoryUsage().rss) / 2 ** 20) };
};
export async function withAdmin(stack, work) {
  const client = new pg.Client({ connectionString: stack.adminUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
/** An organization with one member, inserted as superuser. */
export async function seedOrganization(stack) {
  const tenantId = newId();
  const memberId = newId();
  const userId = newId();
  const { timeZone, edition, ...settings } = presetSettings();
  await withAdmin(stack, async (client) => {
    await client.query('INSERT INTO organization (tenant_id, name, time_zone, edition, settings) VALUES ($1, $2, $3, $4, $5)', [tenantId, 'Bench', timeZone, edition, JSON.stringify(settings)]);
    await client.query(`INSERT INTO user_account (id, email, name, password_hash) VALUES ($1, $2, 'Bench', '$argon2id$none')`, [userId, `bench-${userId}@example.test`]);
    await client.query(`INSERT INTO member (tenant_id, id, user_id, email, name, role) VALUES ($1, $2, $3, $4, 'Bench', 'admin')`, [tenantId, memberId, userId, `bench-${userId}@example.test`]);
  });
  return { tenantId, memberId, scope: TenantScope.forSystem(tenantId, 'bench') };
}
/** The composed worker without timers: services and job handlers, ready to call. */
export async function workerContext(stack, overrides = {}) {
  const { WorkerModule } = await import('../../apps/worker/dist/worker.module.js');
  return NestFactory.createApplicationContext(WorkerModule.forRoot({ ...stack.config, ...overrides }), { logger: ['error'], abortOnError: false });
}
