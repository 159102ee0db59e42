import { createServer, type Server } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { fileForm } from './upload.js';

let server: Server | undefined;
afterEach(() => { server?.close(); });

describe('fileForm', () => {
  it('sends fields first, then the file byte by byte, and counts', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'roster-form-'));
    const file = join(folder, 'evidence.bin');
    const content = Buffer.alloc(300_000, 7);
    await writeFile(file, content);
    let received: { type: string; body: Buffer } | undefined;
    server = createServer((request, response) => void buffer(request).then((body) => {
      received = { type: request.headers['content-type'] ?? '', body };
      response.end('{}');
    }));
    await new Promise<void>((resolve) => { server?.listen(0, '127.0.0.1', resolve); });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const progress: number[] = [];
    const form = await fileForm(file, { kind: 'document', notes: undefined, title: 'Übung' }, (done, total) => progress.push(done / total));
    await fetch(url, { method: 'POST', body: form.body, headers: form.headers, duplex: form.duplex } as RequestInit);
    const parsed = await new Response(new Uint8Array(received?.body ?? []), { headers: { 'content-type': received?.type ?? '' } }).formData();
    expect([...parsed.keys()]).toEqual(['kind', 'title', 'file']);
    expect(parsed.get('title')).toBe('Übung');
    const sent = parsed.get('file') as File;
    expect(sent.name).toBe('evidence.bin');
    expect(Buffer.from(await sent.arrayBuffer()).equals(content)).toBe(true);
    expect(progress.at(-1)).toBe(1);
    await rm(folder, { recursive: true });
  });
});
