import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** The harmless string that every scanner reports as a virus, in two halves so that no scanner reports this file. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

/** Speaks clamd's INSTREAM over TCP and knows one virus. `behaviour` makes it fail in the ways a real one does. */
export class ClamdServer {
  behaviour: 'scan' | 'size-limit' | 'silent' | 'hang-up' = 'scan';
  readonly scanned: number[] = [];
  private constructor(private readonly server: Server, private readonly sockets: Set<Socket>) {}

  static async start(): Promise<ClamdServer> {
    const sockets = new Set<Socket>();
    const server = createServer();
    const clamd = new ClamdServer(server, sockets);
    server.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      socket.on('error', () => socket.destroy());
      clamd.serve(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return clamd;
  }

  get url(): string {
    return `tcp://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise<void>((resolve, reject) => this.server.close((error) => (error ? reject(error) : resolve())));
  }

  private serve(socket: Socket): void {
    let pending = Buffer.alloc(0);
    let greeted = false;
    const content: Buffer[] = [];
    socket.on('data', (piece: Buffer) => {
      pending = Buffer.concat([pending, piece]);
      if (this.behaviour === 'hang-up') return void socket.destroy();
      if (!greeted) {
        const end = pending.indexOf(0);
        if (end < 0) return;
        if (pending.subarray(0, end).toString() !== 'zINSTREAM') return void socket.end('UNKNOWN COMMAND\0');
        pending = pending.subarray(end + 1);
        greeted = true;
        if (this.behaviour === 'size-limit') return void socket.end('INSTREAM size limit exceeded. ERROR\0');
      }
      while (pending.length >= 4) {
        const length = pending.readUInt32BE(0);
        if (length === 0) return this.answer(socket, Buffer.concat(content));
        if (pending.length < 4 + length) return;
        content.push(pending.subarray(4, 4 + length));
        pending = pending.subarray(4 + length);
      }
    });
  }

  private answer(socket: Socket, content: Buffer): void {
    if (this.behaviour === 'silent') return;
    this.scanned.push(content.length);
    socket.end(content.includes(EICAR) ? 'stream: Eicar-Test-Signature FOUND\0' : 'stream: OK\0');
  }
}
