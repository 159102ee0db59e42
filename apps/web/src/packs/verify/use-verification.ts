import type { PackCheck, PackCheckId, PackReport } from '@roster/pack-verify';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { VerificationMessage, VerificationRequest } from './verification-message.js';

export interface Verification {
  readonly file: File;
  readonly progress: { readonly done: number; readonly total: number };
  /** Verdicts so far. */
  readonly checks: ReadonlyMap<PackCheckId, PackCheck>;
  /** When it has ended. */
  readonly report: PackReport | null;
  /** Why it could not run to its end. */
  readonly failure: string | null;
}

/** Checks one dropped pack after the other, each in a worker of its own. */
export function useVerification(): { verification: Verification | null; verify: (file: File, trustedFingerprint: string | null) => void; clear: () => void } {
  const [verification, setVerification] = useState<Verification | null>(null);
  const worker = useRef<Worker>(null);
  const stop = useCallback(() => {
    worker.current?.terminate();
    worker.current = null;
  }, []);
  useEffect(() => stop, [stop]);
  const verify = useCallback((file: File, trustedFingerprint: string | null) => {
    stop();
    const fresh = new Worker(new URL('./verify-pack.worker.ts', import.meta.url), { type: 'module' });
    worker.current = fresh;
    setVerification({ file, progress: { done: 0, total: file.size }, checks: new Map(), report: null, failure: null });
    const change = (next: (state: Verification) => Verification): void => setVerification((state) => (state?.file === file ? next(state) : state));
    fresh.addEventListener('message', ({ data }: MessageEvent<VerificationMessage>) => {
      switch (data.kind) {
        case 'progress': return change((state) => ({ ...state, progress: { done: data.done, total: data.total } }));
        case 'check': return change((state) => ({ ...state, checks: new Map(state.checks).set(data.check.id, data.check) }));
        case 'report': stop(); return change((state) => ({ ...state, report: data.report, checks: new Map(data.report.checks.map((check) => [check.id, check])) }));
        case 'error': stop(); return change((state) => ({ ...state, failure: data.message }));
      }
    });
    fresh.addEventListener('error', (event) => change((state) => ({ ...state, failure: event.message })));
    fresh.postMessage({ file, trustedFingerprint } satisfies VerificationRequest);
  }, [stop]);
  const clear = useCallback(() => {
    stop();
    setVerification(null);
  }, [stop]);
  return { verification, verify, clear };
}
