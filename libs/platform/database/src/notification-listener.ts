import { Client } from 'pg';

/** Everything the migrations notify about. */
const CHANNELS = ['roster_outbox', 'roster_operation', 'roster_notification', 'roster_session'] as const;

/**
 * One LISTEN connection per process. Notifications only wake somebody up earlier: whoever relies on them also polls.
 * Reconnects by itself after `retryMilliseconds`.
 */
export class NotificationListener {
  private client: Client | null = null;
  private readonly handlers = new Map<string, Set<(payload: string) => void>>();
  private closed = false;
  private retry: NodeJS.Timeout | null = null;

  constructor(private readonly url: string, private readonly applicationName: string, private readonly retryMilliseconds = 2_000) {}

  /** @returns a function that stops the subscription */
  on(channel: string, handler: (payload: string) => void): () => void {
    const set = this.handlers.get(channel) ?? new Set();
    set.add(handler);
    this.handlers.set(channel, set);
    return () => set.delete(handler);
  }

  async start(): Promise<void> {
    if (this.closed || this.client) return;
    const client = new Client({ connectionString: this.url, application_name: `${this.applicationName}-listen` });
    client.on('notification', (message) => {
      for (const handler of this.handlers.get(message.channel) ?? []) handler(message.payload ?? '');
    });
    client.on('error', () => this.reconnect());
    client.on('end', () => this.reconnect());
    this.client = client;
    try {
      await client.connect();
      await client.query(CHANNELS.map((channel) => `LISTEN ${channel}`).join('; '));
    } catch {
      this.reconnect();
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    if (this.retry) clearTimeout(this.retry);
    const client = this.client;
    this.client = null;
    await client?.end();
  }

  private reconnect(): void {
    if (this.closed || this.retry) return;
    this.client?.removeAllListeners();
    this.client?.on('error', () => undefined);
    this.client = null;
    this.retry = setTimeout(() => {
      this.retry = null;
      void this.start();
    }, this.retryMilliseconds);
  }
}
