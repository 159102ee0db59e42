/** What a trail entry adds to a write: a unit of work with one update, without and with a trail entry. */
import { UnitOfWork, Database } from '@roster/platform-database';
import { Trail } from '@roster/trail';
import { percentile, seedOrganization, workerContext } from './measure.mjs';

const WRITES = 1_500;

export async function run(stack) {
  const context = await workerContext(stack);
  const { scope, tenantId } = await seedOrganization(stack);
  const unit = context.get(UnitOfWork);
  const database = context.get(Database);
  const trail = context.get(Trail);
  const write = () => database.current().client.query('UPDATE organization SET version = version + 1 WHERE tenant_id = $1', [tenantId]);
  const measure = async (withTrail) => {
    const times = [];
    for (let n = 0; n < WRITES; n += 1) {
      const started = performance.now();
      await unit.run(scope, async () => {
        await write();
        if (withTrail) await trail.record(scope, { action: 'access.organization.changed', object: { type: 'organization', id: tenantId, version: n }, payload: { changed: ['name'], from: 'a', to: 'b' } });
      });
      times.push(performance.now() - started);
    }
    return times;
  };
  await measure(true);
  const without = await measure(false);
  const withTrail = await measure(true);
  await context.close();
  const row = (p) => {
    const [a, b] = [percentile(withTrail, p), percentile(without, p)];
    return { name: `write with a trail entry, p${p}`, ours: a.toFixed(2), floor: b.toFixed(2), unit: 'ms', ratio: a / b, note: 'floor: the same write without' };
  };
  return [row(50), row(99)];
}
