import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ClamdServer, EICAR } from '../testing/clamd-server.js';
import { readVerdict, scanStream } from './virus-scanner.js';

describe('the virus scanner', () => {
  let clamd: ClamdServer;
  beforeAll(async () => { clamd = await ClamdServer.start(); });
  beforeEach(() => { clamd.behaviour = 'scan'; });
  afterAll(() => clamd.stop());
  const scan = (content: Buffer, silence = 2_000) => scanStream(clamd.url, Readable.from([content]), silence);

  it('calls clean and harmful what clamd calls so, in chunks of any number', async () => {
    expect(await scan(Buffer.from('hello'))).toEqual({ scanStatus: 'clean', result: 'OK' });
    expect(await scan(Buffer.from(`before ${EICAR} after`))).toEqual({ scanStatus: 'infected', result: 'Eicar-Test-Signature' });
    const big = Buffer.alloc(1_000_003, 'x');
    big.write(EICAR, 65_500);
    expect((await scan(big)).scanStatus).toBe('infected');
    expect(clamd.scanned.at(-1)).toBe(1_000_003);
  });

  it('never takes silence, refusal or a broken connection for clean', async () => {
    clamd.behaviour = 'size-limit';
    await expect(scan(Buffer.alloc(3_000_000))).rejects.toThrow(/size limit exceeded/);
    clamd.behaviour = 'silent';
    await expect(scan(Buffer.from('x'), 100)).rejects.toThrow(/silent for 100 ms/);
    clamd.behaviour = 'hang-up';
    await expect(scan(Buffer.from('x'))).rejects.toThrow();
    await expect(scanStream('tcp://127.0.0.1:1', Readable.from(['x']))).rejects.toThrow(/ECONNREFUSED/);
    await expect(scanStream('http://example.test', Readable.from(['x']))).rejects.toThrow(/CLAMAV_URL must look like/);
  });

  it('understands nothing but the two verdicts', () => {
    expect(readVerdict('stream: OK\0')).toEqual({ scanStatus: 'clean', result: 'OK' });
    for (const answer of ['', 'OK', 'stream: OK but', 'stream: ERROR', 'INSTREAM size limit exceeded. ERROR', 'stream:  FOUND']) expect(() => readVerdict(answer)).toThrow(/did not scan/);
  });
});
