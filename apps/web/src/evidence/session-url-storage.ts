import type { PreviousUpload, UrlStorage } from 'tus-js-client';

const PREFIX = 'roster-upload:';

/**
 * Remembers where unfinished uploads stand, for this tab and until the sign-out: names of files are nobody else's business. After a reload the
 * same file goes on from where it was.
 */
export class SessionUrlStorage implements UrlStorage {
  findAllUploads(): Promise<PreviousUpload[]> {
    return Promise.resolve(entries(PREFIX));
  }

  findUploadsByFingerprint(fingerprint: string): Promise<PreviousUpload[]> {
    return Promise.resolve(entries(`${PREFIX}${fingerprint}:`));
  }

  removeUpload(urlStorageKey: string): Promise<void> {
    sessionStorage.removeItem(urlStorageKey);
    return Promise.resolve();
  }

  addUpload(fingerprint: string, upload: PreviousUpload): Promise<string> {
    const key = `${PREFIX}${fingerprint}:${upload.uploadUrl ?? ''}`;
    sessionStorage.setItem(key, JSON.stringify(upload));
    return Promise.resolve(key);
  }
}

function entries(prefix: string): PreviousUpload[] {
  const keys = Array.from({ length: sessionStorage.length }, (_item, index) => sessionStorage.key(index) ?? '').filter((key) => key.startsWith(prefix));
  return keys.map((key) => ({ ...(JSON.parse(sessionStorage.getItem(key) ?? '{}') as PreviousUpload), urlStorageKey: key }));
}
