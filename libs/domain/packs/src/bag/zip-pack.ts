import { createHash } from 'node:crypto';
import { type Readable, Transform } from 'node:stream';
import yazl from 'yazl';
import { archiveSize, comparePaths, isPortablePath } from '@roster/pack-verify';
import type { PackMember } from './pack-member.js';

/**
 * The time lies before 1980 in every time zone: yazl writes local time and clamps to 1980-01-01 00:00, so the bytes do not depend on where they are made.
 */
export const MEMBER_OPTIONS = { compress: false, mtime: new Date(0), mode: 0o100644, forceDosTimestamp: true } as const;

/** A file whose bytes are not those that were recorded. The pack is not built: it would certify something else. */
export class PackMemberChanged extends Error {
  constructor(readonly path: string) {
    super(`${path} does not have the content that was recorded for it`);
  }
}

/**
 * Writes the one container a list of files has: stored, sorted by path, fixed times and modes. Streams; one member is open at a time.
 * Each member is checked against its size and digest on the way.
 * @param root folder inside the archive
 * @param onMember called after each member with the bytes written so far
 * @returns the archive; it fails with the error of the member that failed
 */
export const zipPack = (root: string, members: readonly PackMember[], onMember?: (done: number, bytes: number) => void): Readable => {
  const zip = new yazl.ZipFile();
  const output = zip.outputStream as Readable;
  const fail = (error: unknown): void => { output.destroy(error instanceof Error ? error : new Error(String(error))); };
  zip.on('error', fail);
  let open: Readable | undefined;
  output.on('close', () => open?.destroy());
  let done = 0;
  let bytes = 0;
  for (const member of [...members].sort((a, b) => comparePaths(a.path, b.path))) {
    if (!isPortablePath(`${root}/${member.path}`)) throw new Error(`${member.path} is not a path a pack may have`);
    zip.addReadStreamLazy(`${root}/${member.path}`, { ...MEMBER_OPTIONS, size: member.size }, (accept) => {
      void Promise.resolve().then(() => member.open()).then((source) => {
        const checked = checkContent(member, () => {
          done += 1;
          bytes += member.size;
          onMember?.(done, bytes);
        });
        source.on('error', fail);
        checked.on('error', fail);
        open = source;
        accept(null, source.pipe(checked));
      }).catch(fail);
    });
  }
  zip.end();
  return output;
};

/** Bytes of the archive that {@link zipPack} writes, known before it is written: object storage wants to know. */
export const zipPackSize = (root: string, members: readonly PackMember[]): number =>
  archiveSize([...members].sort((a, b) => comparePaths(a.path, b.path)).map(({ path, size }) => ({ name: `${root}/${path}`, size })));

const checkContent = ({ path, size, sha256 }: PackMember, onEnd: () => void): Transform => {
  const hash = createHash('sha256');
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, next) {
      hash.update(chunk);
      seen += chunk.length;
      next(seen > size ? new PackMemberChanged(path) : null, chunk);
    },
    flush(next) {
      if (seen !== size || hash.digest('hex') !== sha256) return next(new PackMemberChanged(path));
      onEnd();
      next();
    },
  });
};
