import { createServer, connect, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { Transform } from 'node:stream';

/** A cable between browser and service that can be pulled: connections through it really break, and new ones are refused until it is plugged in again. It can hold what is sent as well. */
export class Relay {
  private plugged = true;
  private held: { readonly over: Promise<void>; readonly end: () => void } | null = null;
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server, private readonly target: URL) {
    server.on('connection', (near) => {
      if (!this.plugged) return near.destroy();
      const far = connect(Number(this.target.port), this.target.hostname);
      for (const socket of [near, far]) {
        this.sockets.add(socket);
        socket.on('error', () => socket.destroy());
        socket.on('close', () => { this.sockets.delete(socket); near.destroy(); far.destroy(); });
      }
      near.pipe(new Transform({ transform: (chunk, _encoding, done) => { void (this.held?.over ?? Promise.resolve()).then(() => done(null, chunk)); } })).pipe(far).pipe(near);
      return undefined;
    });
  }

  /** @param url where the service answers */
  static async to(url: string): Promise<Relay> {
    const server = createServer();
    const relay = new Relay(server, new URL(url));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return relay;
  }

  /** Where the browser finds the service. */
  get url(): string { return `http://localhost:${(this.server.address() as AddressInfo).port}`; }

  /** Holds what the browser sends from now on, until it is released; what the browser takes back meanwhile, by closing the connection, never arrives. */
  hold(): void {
    if (this.held) return;
    let end = (): void => undefined;
    const over = new Promise<void>((resolve) => { end = resolve; });
    this.held = { over, end };
  }

  release(): void {
    this.held?.end();
    this.held = null;
  }

  pull(): void {
    this.plugged = false;
    for (const socket of this.sockets) socket.destroy();
  }

  plug(): void { this.plugged = true; }

  async close(): Promise<void> {
    this.pull();
    await new Promise<void>((resolve) => { this.server.close(() => resolve()); });
  }
}
