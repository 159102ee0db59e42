import { createServer } from 'node:net';

const tryListen = (port: number, host: string): Promise<number | NodeJS.ErrnoException> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => resolve(bound));
    });
  });

/** Whether this process may listen on the port now. @param port 1-65535 */
export async function isPortFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return typeof (await tryListen(port, host)) === 'number';
}

/** A port nobody listens on, chosen by the operating system. Another process may still take it before you do. */
export async function findFreePort(host = '127.0.0.1'): Promise<number> {
  const found = await tryListen(0, host);
  if (typeof found === 'number') return found;
  throw found;
}
