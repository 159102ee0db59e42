import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { waitFor } from '@testing-library/react';
import type { UploadOptions } from 'tus-js-client';

/** Uploads that were made, in the order of their start. The protocol itself is tested in a browser against the service. */
const made: FakeUpload[] = [];
class FakeUpload {
  url: string | null = null;
  running = false;
  gaveUp = false;
  constructor(readonly file: File, readonly options: UploadOptions) { made.push(this); }
  findPreviousUploads(): Promise<[]> { return Promise.resolve([]); }
  resumeFromPreviousUpload(): void { throw new Error('There was none'); }
  start(): void { this.running = true; }
  abort(giveUp: boolean): Promise<void> {
    this.running = false;
    this.gaveUp ||= giveUp;
    return Promise.resolve();
  }
  arrive(id: string, sha256: string): void {
    this.running = false;
    this.url = `/api/v1/uploads/${id}`;
    this.options.onSuccess?.({ lastResponse: { getHeader: () => sha256 } } as never);
  }
}
jest.unstable_mockModule('tus-js-client', () => ({ Upload: FakeUpload }));
const { TransferQueue } = await import('./transfer-queue.js');

const file = (name: string): File => new File(['content'], name, { type: 'text/plain' });
const states = (queue: InstanceType<typeof TransferQueue>): string[] => queue.snapshot().map(({ name, status }) => `${name} ${status}`);
const running = (): string[] => made.filter((one) => one.running).map((one) => one.file.name);

describe('files on their way', () => {
  let queue: InstanceType<typeof TransferQueue>;
  beforeEach(() => {
    made.length = 0;
    queue = new TransferQueue('http://roster.test');
  });
  afterEach(() => queue.close());

  it('start once, however often the form opens and closes while one is being prepared', async () => {
    queue.add([file('a')]);
    queue.open();
    queue.close();
    queue.open();
    await waitFor(() => expect(running()).toEqual(['a']));
    await new Promise((resolve) => { setTimeout(resolve, 20); });
    expect([made.filter((one) => one.running).length, states(queue)]).toEqual([1, ['a sending']]);
  });

  it('go three at a time; the next starts when one has arrived', async () => {
    queue.open();
    queue.add(['a', 'b', 'c', 'd'].map(file));
    await waitFor(() => expect(running()).toEqual(['a', 'b', 'c']));
    expect(states(queue)[3]).toBe('d waiting');
    made[1]?.arrive('u-1', 'f00d');
    await waitFor(() => expect(running()).toEqual(['a', 'c', 'd']));
    expect(queue.snapshot()[1]).toMatchObject({ status: 'done', uploadId: 'u-1', sha256: 'f00d' });
  });

  it('take the same file once; one of that name with other content is another', async () => {
    const given = jest.fn<typeof fetch>(() => Promise.resolve({} as Response));
    Object.defineProperty(globalThis, 'fetch', { value: given, configurable: true });
    queue.restore([{ uploadId: 'u-0', name: 'a', size: 7, sha256: 'aaaa' }]);
    queue.open();
    queue.add([file('a'), file('a')]);
    await waitFor(() => expect(running()).toEqual(['a', 'a']));
    made[0]?.arrive('u-1', 'aaaa');
    made[1]?.arrive('u-2', 'bbbb');
    expect(queue.snapshot().map(({ uploadId }) => uploadId)).toEqual(['u-0', 'u-2']);
    // What came twice is given up at the service too.
    expect(given.mock.calls.map(([url, init]) => [url, init?.method])).toEqual([['http://roster.test/api/v1/uploads/u-1', 'DELETE']]);
    Reflect.deleteProperty(globalThis, 'fetch');
  });
});
