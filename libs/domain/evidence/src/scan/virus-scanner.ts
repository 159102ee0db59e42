import { connect, type Socket } from 'node:net';
import type { Readable } from 'node:stream';

/** What a scanner says about a file. */
export type ScanVerdict = { readonly scanStatus: 'clean' | 'infected'; readonly result: string };

const CHUNK_BYTES = 64 * 1024;
const MAX_ANSWER_BYTES = 4_096;

/**
 * Asks clamd about a stream with its INSTREAM command (clamd(8)): length-prefixed chunks, then a zero length, then one line of answer.
 * @param url `tcp://host:port` or `unix:/path`
 * @param silenceMilliseconds how long clamd may be silent
 * @returns the verdict; anything else clamd says is an error, so that a file is never taken for clean by accident
 * @throws Error when clamd cannot be reached, is silent, or did not scan (size limit, engine error)
 */
export async function scanStream(url: string, content: Readable, silenceMilliseconds = 60_000): Promise<ScanVerdict> {
  const socket = dial(url);
  socket.setTimeout(silenceMilliseconds, () => socket.destroy(new Error(`clamd was silent for ${silenceMilliseconds} ms`)));
  const answer = readAnswer(socket);
  // A failure while sending is reported by `answer`, which carries what clamd said before it hung up.
  const sent = send(socket, content).catch((error: unknown) => void socket.destroy(error instanceof Error ? error : new Error(String(error))));
  try {
    return readVerdict(await answer);
  } finally {
    content.destroy();
    socket.destroy();
    await sent;
  }
}

/** @throws Error for anything but a clear verdict */
export function readVerdict(answer: string): ScanVerdict {
  const line = answer.replace(/[\0\n\r]+$/, '');
  if (line === 'stream: OK') return { scanStatus: 'clean', result: 'OK' };
  const found = /^stream: (.+) FOUND$/.exec(line)?.[1];
  if (found !== undefined) return { scanStatus: 'infected', result: found.slice(0, 500) };
  throw new Error(`clamd did not scan the file: ${JSON.stringify(line.slice(0, 200))}`);
}

function dial(url: string): Socket {
  const parsed = new URL(url);
  if (parsed.protocol === 'unix:') return connect(parsed.pathname);
  if (parsed.protocol !== 'tcp:' || parsed.port === '') throw new Error('CLAMAV_URL must look like tcp://host:3310 or unix:/run/clamd.sock');
  return connect(Number(parsed.port), parsed.hostname);
}

async function send(socket: Socket, content: Readable): Promise<void> {
  await write(socket, Buffer.from('zINSTREAM\0'));
  for await (const piece of content) {
    const bytes = piece as Buffer;
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES) await write(socket, framed(bytes.subarray(at, at + CHUNK_BYTES)));
  }
  await write(socket, framed(Buffer.alloc(0)));
}

const framed = (bytes: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

const write = (socket: Socket, bytes: Buffer): Promise<void> => new Promise((resolve, reject) => {
  socket.write(bytes, (error) => (error ? reject(error) : resolve()));
});

function readAnswer(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (piece: string) => {
      text += piece;
      if (/[\0\n]/.test(text) || text.length > MAX_ANSWER_BYTES) resolve(text);
    });
    socket.on('error', (error) => (text === '' ? reject(error) : resolve(text)));
    socket.on('close', () => (text === '' ? reject(new Error('clamd closed the connection without an answer')) : resolve(text)));
  });
}
