import { Injectable } from '@nestjs/common';
import { NotificationListener } from '@roster/platform-database';
import { TenantScope } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { Operations, operationView } from '@roster/platform-queue';
import type { FastifyReply } from 'fastify';

const POLL_MILLISECONDS = 2_000;
const HEARTBEAT_MILLISECONDS = 15_000;

/** Server-sent events of one operation: `progress` whenever it changes, `end` once, then the stream closes. */
@Injectable()
export class OperationStream {
  constructor(private readonly operations: Operations, private readonly listener: NotificationListener) {}

  /** @throws PLATFORM_RESOURCE_NOT_FOUND when the scope has no such operation */
  async send(scope: TenantScope, id: string, reply: FastifyReply): Promise<void> {
    const first = await this.operations.find(scope, id);
    if (!first) throw problem('PLATFORM_RESOURCE_NOT_FOUND', 'There is no such operation.');
    reply.hijack();
    const raw = reply.raw;
    raw.writeHead(200, { ...headersOf(reply), 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    let shown = '';
    let busy = false;
    let again = false;
    const stop = (): void => {
      clearInterval(poll);
      clearInterval(heartbeat);
      unsubscribe();
    };
    const push = async (): Promise<void> => {
      if (busy) {
        again = true;
        return;
      }
      busy = true;
      const row = await this.operations.find(scope, id);
      const ended = row === null || ['succeeded', 'failed', 'canceled'].includes(row.status);
      const text = JSON.stringify(row === null ? { id, status: 'canceled' } : operationView(row));
      if (text !== shown && !raw.writableEnded) raw.write(`event: ${ended ? 'end' : 'progress'}\ndata: ${text}\n\n`);
      shown = text;
      busy = false;
      if (ended) {
        stop();
        raw.end();
      } else if (again) {
        again = false;
        await push();
      }
    };
    const wake = (): void => void push().catch(() => raw.destroy());
    const poll = setInterval(wake, POLL_MILLISECONDS);
    const heartbeat = setInterval(() => raw.write(': alive\n\n'), HEARTBEAT_MILLISECONDS);
    const unsubscribe = this.listener.on('roster_operation', (payload) => {
      if (payload === `${scope.tenantId}:${id}`) wake();
    });
    raw.on('close', stop);
    wake();
  }
}

const headersOf = (reply: FastifyReply): Record<string, string | number | string[]> =>
  Object.fromEntries(Object.entries(reply.getHeaders()).filter((entry): entry is [string, string | number | string[]] => entry[1] !== undefined));
