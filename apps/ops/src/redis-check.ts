import type { RosterConfig } from '@roster/platform-config';
import { StartProblem } from '@roster/platform-embedded';
import { QueueConnection } from '@roster/platform-queue';

/** @throws StartProblem when the configured Redis does not answer or may drop jobs */
export async function requireDurableRedis(config: RosterConfig): Promise<void> {
  try {
    await new QueueConnection(config).assertDurable();
  } catch (error) {
    const message = (error as Error).message;
    throw new StartProblem(
      message.includes('maxmemory-policy') ? message : `The Redis at ${new URL(config.redisUrl ?? '').host} does not answer: ${message}`,
      'run `redis-cli CONFIG SET maxmemory-policy noeviction` and put it into redis.conf (with `appendonly yes`), or leave REDIS_URL empty to keep the queues in PostgreSQL.', { cause: error },
    );
  }
}
