import { i18n } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { ShownProblem, TransferStatus, TransferView } from '@roster/ui';
import type { DetailedError, Upload } from 'tus-js-client';
import { SessionUrlStorage } from './session-url-storage.js';

/** A file that arrived whole and waits to be submitted; it can be kept in a draft. */
export interface ArrivedUpload {
  /** Id of the upload, as a submission names it. */
  readonly uploadId: string;
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
}

export interface Transfer extends TransferView {
  /** Set once it arrived whole. */
  readonly uploadId: string | null;
}

/** Pieces: small enough that a slow line finishes one in the time a request may take. */
const PIECE_BYTES = 2 * 1024 * 1024;
const AT_ONCE = 3;
const RETRY_DELAYS_MS = [0, 500, 1_000, 2_000];
/** After the quick retries; the browser saying that it is online again comes first. */
const OFFLINE_RETRY_MS = 5_000;

/**
 * Sends files to the service in pieces, a few at once. A broken line costs the piece under way; it goes on by itself when the line is back.
 * Made for `useSyncExternalStore`.
 */
export class TransferQueue {
  private transfers: readonly Transfer[] = [];
  private readonly files = new Map<string, File>();
  private readonly uploads = new Map<string, Upload>();
  /** The latest start of each file, while it is being prepared: one that was stopped meanwhile must not go on. */
  private readonly starts = new Map<string, symbol>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly listeners = new Set<() => void>();
  private serial = 0;
  private opened = false;

  constructor(private readonly origin: string) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    if (this.listeners.size === 0) globalThis.addEventListener('online', this.onOnline);
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) globalThis.removeEventListener('online', this.onOnline);
    };
  };

  readonly snapshot = (): readonly Transfer[] => this.transfers;

  /** Adds files; they start by themselves. */
  add(files: readonly File[]): void {
    for (const file of files) {
      const id = this.nextId();
      this.files.set(id, file);
      this.transfers = [...this.transfers, { id, name: file.name, size: file.size, sent: 0, status: 'waiting', sha256: null, problem: null, uploadId: null }];
    }
    this.changed();
    this.startNext();
  }

  /** Takes over files that arrived before a reload. */
  restore(arrived: readonly ArrivedUpload[]): void {
    this.transfers = [...this.transfers, ...arrived.map((one): Transfer => ({ id: this.nextId(), name: one.name, size: one.size, sent: one.size, status: 'done', sha256: one.sha256, problem: null, uploadId: one.uploadId }))];
    this.changed();
  }

  pause(id: string): void {
    this.stop(id);
    this.update(id, { status: 'paused' });
    this.startNext();
  }

  /** Goes on with a paused file, or tries a failed one again. */
  resume(id: string): void {
    this.update(id, { status: 'waiting', problem: null });
    this.startNext();
  }

  /** Forgets a file; what was sent of it is given up at the service too, unless it was submitted. */
  remove(id: string, submitted = false): void {
    this.stop(id, !submitted);
    this.uploads.delete(id);
    this.files.delete(id);
    this.transfers = this.transfers.filter((one) => one.id !== id);
    this.changed();
    this.startNext();
  }

  /** Lets files start; nothing is sent before. */
  open(): void {
    this.opened = true;
    this.startNext();
  }

  /** Stops everything where it is, without giving anything up. */
  close(): void {
    this.opened = false;
    for (const { id, status } of this.transfers) {
      if (status === 'done' || status === 'failed' || status === 'paused') continue;
      this.stop(id);
      this.update(id, { status: 'waiting' });
    }
  }

  private readonly onOnline = (): void => {
    for (const { id, status } of this.transfers) if (status === 'offline') this.resume(id);
  };

  private nextId(): string {
    this.serial += 1;
    return `transfer-${this.serial}`;
  }

  private startNext(): void {
    if (!this.opened) return;
    const busy = this.transfers.filter(({ status }) => status === 'sending' || status === 'checking').length;
    for (const { id } of this.transfers.filter(({ status }) => status === 'waiting').slice(0, Math.max(0, AT_ONCE - busy))) void this.start(id);
  }

  private async start(id: string): Promise<void> {
    const file = this.files.get(id);
    if (!file) return;
    this.update(id, { status: 'sending' });
    const existing = this.uploads.get(id);
    if (existing) return existing.start();
    const mine = Symbol(id);
    this.starts.set(id, mine);
    const { Upload: TusUpload } = await import('tus-js-client');
    const upload: Upload = new TusUpload(file, {
      endpoint: `${this.origin}/api/v1/uploads`, metadata: { filename: file.name, filetype: file.type }, chunkSize: PIECE_BYTES, retryDelays: RETRY_DELAYS_MS, urlStorage: new SessionUrlStorage(), removeFingerprintOnSuccess: true,
      onProgress: (sent) => this.update(id, { sent, status: sent === file.size ? 'checking' : 'sending' }),
      onSuccess: ({ lastResponse }) => this.arrived(id, upload.url, lastResponse.getHeader('roster-sha256')),
      onError: (error) => this.failed(id, error),
    });
    const [previous] = await upload.findPreviousUploads();
    if (this.starts.get(id) !== mine) return; // stopped or removed meanwhile, maybe started anew
    this.starts.delete(id);
    if (previous) upload.resumeFromPreviousUpload(previous);
    this.uploads.set(id, upload);
    upload.start();
  }

  private arrived(id: string, url: string | null, sha256: string | undefined): void {
    const uploadId = url?.split('/').pop() ?? null;
    this.uploads.delete(id);
    if (uploadId === null || sha256 === undefined) this.update(id, { status: 'failed', problem: { kind: 'problem', title: i18n._(msg`The service did not confirm the file`), detail: i18n._(msg`Nothing was submitted. Remove the file and add it again.`) } });
    else {
      const { name, size } = this.files.get(id) ?? { name: '', size: 0 };
      this.update(id, { status: 'done', sent: size, sha256, uploadId });
      // The same file given twice, such as once before the form was left and once after, is one file.
      if (this.transfers.some((one) => one.id !== id && one.sha256 === sha256 && one.name === name)) return this.remove(id);
    }
    this.startNext();
  }

  private failed(id: string, error: Error): void {
    const { originalResponse } = error as Partial<DetailedError>;
    if (originalResponse) {
      this.uploads.delete(id);
      this.update(id, { status: 'failed', problem: problemOf(originalResponse.getBody(), originalResponse.getStatus()) });
    } else {
      this.update(id, { status: 'offline' });
      this.timers.set(id, setTimeout(() => { if (this.statusOf(id) === 'offline') this.resume(id); }, OFFLINE_RETRY_MS));
    }
    this.startNext();
  }

  private stop(id: string, giveUp = false): void {
    clearTimeout(this.timers.get(id));
    this.timers.delete(id);
    this.starts.delete(id);
    const upload = this.uploads.get(id);
    if (upload) {
      // What the service no longer knows is given up already; it forgets the rest by itself after a day.
      void upload.abort(giveUp).catch(() => undefined);
      return;
    }
    const done = this.transfers.find((one) => one.id === id);
    if (giveUp && done?.uploadId) void fetch(`${this.origin}/api/v1/uploads/${done.uploadId}`, { method: 'DELETE', headers: { 'tus-resumable': '1.0.0' } }).catch(() => undefined);
  }

  private statusOf(id: string): TransferStatus | null {
    return this.transfers.find((one) => one.id === id)?.status ?? null;
  }

  private update(id: string, change: Partial<Transfer>): void {
    this.transfers = this.transfers.map((one) => (one.id === id ? { ...one, ...change } : one));
    this.changed();
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}

/** What the service said about a file. */
function problemOf(body: string, status: number): ShownProblem {
  const said = parsed(body);
  return {
    kind: 'problem', title: said.title ?? i18n._(msg`The file was not taken`), detail: said.detail ?? i18n._(msg`The service answered ${status}. Nothing was submitted; try again.`),
    ...(said.code ? { code: said.code } : {}), ...(said.requestId ? { requestId: said.requestId } : {}), ...(said.errors ? { errors: said.errors } : {}),
  };
}

function parsed(body: string): { title?: string; detail?: string; code?: string; requestId?: string; errors?: { path: string; code: string; message: string }[] } {
  try {
    return JSON.parse(body) as ReturnType<typeof parsed>;
  } catch {
    return {}; // A proxy in between answers in its own words.
  }
}
