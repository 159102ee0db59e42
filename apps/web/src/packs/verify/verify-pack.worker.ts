import { blobArchive, verifyPack } from '@roster/pack-verify';
import type { VerificationMessage, VerificationRequest } from './verification-message.js';

/** Beside the page, so that a large pack does not make it stutter. The file is read slice by slice where it lies; nothing leaves the browser. */
const tell = (message: VerificationMessage): void => postMessage(message);

addEventListener('message', ({ data }: MessageEvent<VerificationRequest>) => {
  const { file, trustedFingerprint } = data;
  verifyPack(blobArchive(file), {
    ...(trustedFingerprint === null ? {} : { trustedFingerprint }),
    onProgress: (done, total) => tell({ kind: 'progress', done, total }),
    onCheck: (check) => tell({ kind: 'check', check }),
  }).then((report) => tell({ kind: 'report', report }), (error: unknown) => tell({ kind: 'error', message: error instanceof Error ? error.message : String(error) }));
});
