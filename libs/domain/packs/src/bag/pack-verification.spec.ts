import { execFileSync } from 'node:child_process';
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  blobArchive, formatCheckpointText, formatNote, formatVerifierKey, leafHash, nodeHash, noteVerifier, PACK_FILES, type PackCheck, type PackCheckId, type PackReport, publicKeyFromPem, type Signer, verifyPack,
  verifyPackFile,
} from '@roster/pack-verify';
import yazl from 'yazl';
import type { PackMember } from './pack-member.js';
import { PackSpool } from './pack-spool.js';
import { sealBag } from './seal-bag.js';
import { MEMBER_OPTIONS, PackMemberChanged, zipPack, zipPackSize } from './zip-pack.js';

const TENANT = '019a0000-0000-7000-8000-00000000000a';
const ROOT = 'pack';
const keys = generateKeyPairSync('ed25519');
const signerOf = ({ publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject }): Signer => ({
  publicKeyPem: publicKey.export({ format: 'pem', type: 'spki' }).toString(), sign: (message) => sign(null, message, privateKey),
});
const logKey = noteVerifier('roster.test/trail/a', publicKeyFromPem(signerOf(keys).publicKeyPem));

const member = (path: string, text: string): PackMember => ({
  path, size: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex'), open: () => Readable.from(text === '' ? [] : [Buffer.from(text)]),
});
const signedNote = (size: number, root: Buffer): string => {
  const text = formatCheckpointText({ origin: logKey.name, size, root });
  return formatNote(text, [{ keyName: logKey.name, keyId: logKey.keyId, signature: sign(null, Buffer.from(text), keys.privateKey) }]);
};

/** A small but complete pack: two data files, one evidence file, a trail of three entries of which two are shown, continuing one of one entry. */
const buildMembers = async (spool: PackSpool, change: { signer?: Signer; marker?: string } = {}): Promise<PackMember[]> => {
  const signer = change.signer ?? signerOf(keys);
  const disclosures = ['{"payload":{"n":0}}', '{"payload":{"n":1}}', '{"payload":{"n":2}}'];
  const entries = disclosures.map((text, n) => JSON.stringify({ n, payloadDigest: `sha256:${createHash('sha256').update(text).digest('hex')}`, tenant: TENANT }));
  const [a, b, c] = entries.map((entry) => Buffer.from(leafHash(Buffer.from(entry)))) as [Buffer, Buffer, Buffer];
  const root = Buffer.from(nodeHash(nodeHash(a, b), c));
  const lines = (items: readonly unknown[]): string => items.map((item) => `${typeof item === 'string' ? item : JSON.stringify(item)}\n`).join('');
  const b64 = (...hashes: Buffer[]): string[] => hashes.map((hash) => hash.toString('base64'));
  return sealBag(spool, {
    payload: [member('data/inventory.csv', `key,name\nBOT,${change.marker ?? 'Bot'}\n`), member('data/workloads/w1.json', '{"key":"BOT"}'), member('data/evidence/e1/v1/report.txt', 'proof'), member('data/empty.txt', '')],
    tags: [
      member(PACK_FILES.signingKey, signer.publicKeyPem), member(PACK_FILES.logKey, `${formatVerifierKey(logKey)}\n`), member(PACK_FILES.checkpoint, signedNote(3, root)), member(PACK_FILES.verifyGuide, '# Verify\n'),
      member(PACK_FILES.entries, lines([entries[0], entries[2]])), member(PACK_FILES.disclosures, lines([disclosures[0], disclosures[2]])),
      member(PACK_FILES.proofs, lines([{ index: 0, hashes: b64(b, c) }, { index: 2, hashes: b64(Buffer.from(nodeHash(a, b))) }])),
      member(PACK_FILES.consistency, JSON.stringify({ earlier: signedNote(1, a), hashes: b64(b, c) })),
    ],
    info: [['Source-Organization', 'Acme']],
    predicate: {
      packKey: 'k', tenant: { id: TENANT, name: 'Acme' }, scope: {}, asOf: '2026-05-01T00:00:00.000Z', generator: { name: 'roster', version: '0.1.0' },
      log: { origin: logKey.name, treeSize: 3, rootHash: root.toString('base64') }, counts: { workloads: 1, evidenceFiles: 1, trailEntries: 2 },
    },
  }, signer);
};

describe('an evidence pack', () => {
  let folder: string;
  let spool: PackSpool;
  let members: PackMember[];
  let genuine: Buffer;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'roster-spec-'));
    spool = await PackSpool.create(folder);
    members = await buildMembers(spool);
    genuine = await buffer(zipPack(ROOT, members));
  });
  afterAll(async () => {
    await spool.discard();
    await rm(folder, { recursive: true });
  });

  const verifyBytes = async (bytes: Buffer, options = {}): Promise<PackReport> => {
    const path = join(folder, 'candidate.zip');
    await writeFile(path, bytes);
    const report = await verifyPackFile(path, options);
    // A browser has the same bytes as a blob and other digests: it must come to the same report, word by word.
    expect(await verifyPack(blobArchive(new Blob([bytes])), options)).toEqual(report);
    return report;
  };
  const failed = ({ checks }: PackReport): PackCheckId[] => checks.filter(({ status }) => status === 'failed').map(({ id }) => id);
  const zipped = (changed: readonly PackMember[]): Promise<Buffer> => buffer(zipPack(ROOT, changed));
  const replace = (path: string, text: string): PackMember[] => members.map((each) => (each.path === path ? member(path, text) : each));
  const textOf = async (path: string): Promise<string> => {
    const found = members.find((each) => each.path === path);
    if (found === undefined) throw new Error(`no ${path}`);
    return (await buffer(await found.open())).toString();
  };

  it('passes every check that has something to check against', async () => {
    const report = await verifyBytes(genuine);
    expect(failed(report)).toEqual([]);
    expect(report.checks.filter(({ status }) => status !== 'passed').map(({ id }) => id)).toEqual(['signature.key']);
    expect(report).toMatchObject({ ok: true, pack: { tenant: { id: TENANT }, counts: { payloadFiles: 4 } } });
  });

  it('tells each verdict as it falls, and in the end what the report says', async () => {
    const told = async (bytes: Buffer): Promise<{ told: PackCheck[]; report: PackReport }> => {
      const checks: PackCheck[] = [];
      const report = await verifyPack(blobArchive(new Blob([bytes])), { onCheck: (check) => { checks.push(check); } });
      return { told: checks, report };
    };
    const good = await told(genuine);
    expect(good.told.map(({ id }) => id)).toEqual([
      'container.layout', 'container.readable', 'bag.declaration', 'payload.complete', 'payload.intact', 'tags.complete', 'tags.intact', 'payload.oxum', 'signature.key', 'signature.envelope',
      'statement.subjects', 'statement.counts', 'log.checkpoint', 'log.inclusion', 'log.disclosures', 'log.consistency',
    ]);
    const bad = await told(await zipped(replace('data/workloads/w1.json', '{}').map((each) => (each.path === 'data/inventory.csv' ? member(each.path, '') : each))));
    for (const { told: checks, report } of [good, bad]) expect(report.checks.map(({ id }) => checks.findLast((check) => check.id === id))).toEqual(report.checks);
    expect(bad.told.filter(({ id }) => id === 'payload.intact').map(({ status, problemCount }) => [status, problemCount])).toEqual([['failed', 1], ['failed', 2]]);
  });

  it('has the size that was announced, however many files it has', async () => {
    expect(zipPackSize(ROOT, members)).toBe(genuine.length);
    const many = Array.from({ length: 300 }, (_, n) => member(`data/${n}.txt`, 'x'.repeat(n)));
    expect(zipPackSize(ROOT, many)).toBe((await zipped(many)).length);
  });

  it('tells whether the key is the trusted one', async () => {
    const fingerprint = (await verifyBytes(genuine)).keyFingerprint ?? '';
    expect(failed(await verifyBytes(genuine, { trustedFingerprint: fingerprint.toUpperCase() }))).toEqual([]);
    const report = await verifyBytes(genuine, { trustedFingerprint: 'ab'.repeat(32) });
    expect([report.ok, failed(report)]).toEqual([false, ['signature.key']]);
  });

  it('has the same bytes each time, whatever the order of its files', async () => {
    const again = await PackSpool.create(folder);
    try {
      expect((await zipped((await buildMembers(again)).reverse())).equals(genuine)).toBe(true);
    } finally {
      await again.discard();
    }
  });

  it('has the same bytes in every time zone', () => {
    const script = `const yazl = require('yazl'); const zip = new yazl.ZipFile(); zip.outputStream.pipe(process.stdout);
      zip.addBuffer(Buffer.from('x'), 'x', { ...JSON.parse(process.argv[1]), mtime: new Date(JSON.parse(process.argv[1]).mtime) }); zip.end();`;
    const build = (zone: string): string => execFileSync(process.execPath, ['-e', script, JSON.stringify(MEMBER_OPTIONS)], { env: { ...process.env, TZ: zone } }).toString('hex');
    const zones = ['UTC', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'];
    expect(new Set(zones.map(build)).size).toBe(1);
  });

  it('is noticed when one byte flips, in every region', async () => {
    // One byte of every header, directory and end record (another field each time), of every file and its name and checksum record, and an even spread.
    const positions = new Set<number>([genuine.length - 1]);
    for (let at = genuine.indexOf('PK'), n = 0; at >= 0; at = genuine.indexOf('PK', at + 1), n += 1) positions.add(Math.min(at + ((n * 7) % 46), genuine.length - 1));
    members.forEach(({ path, size }, n) => {
      const name = genuine.indexOf(`${ROOT}/${path}`);
      const start = name + ROOT.length + 1 + path.length;
      for (const at of [name + (n % 5), start + Math.floor((size * n) / members.length), start + size + (n % 16)]) positions.add(at);
    });
    for (let at = 0; at < genuine.length; at += 251) positions.add(at);
    const unnoticed: number[] = [];
    for (const at of positions) {
      const changed = Buffer.from(genuine);
      changed[at] = (changed[at] ?? 0) ^ 0x01;
      if ((await verifyBytes(changed)).ok) unnoticed.push(at);
    }
    expect(unnoticed).toEqual([]);
    expect(positions.size).toBeGreaterThan(120);
  });

  it('names the file that was changed', async () => {
    const report = await verifyBytes(await zipped(replace('data/evidence/e1/v1/report.txt', 'PROOF')));
    expect(failed(report)).toEqual(['payload.intact']);
    expect(report.checks.find(({ id }) => id === 'payload.intact')?.problems[0]).toContain('data/evidence/e1/v1/report.txt was changed');
  });

  it.each([
    ['data/inventory.csv', 'payload.complete'], ['data/empty.txt', 'payload.complete'], ['VERIFY.md', 'tags.complete'], ['bagit.txt', 'bag.declaration'], ['bag-info.txt', 'tags.complete'],
    ['manifest-sha256.txt', 'payload.complete'], ['tagmanifest-sha256.txt', 'tags.complete'], ['attestations/pack.intoto.jsonl', 'signature.envelope'], ['keys/pack-signing.pub.pem', 'signature.envelope'],
    ['keys/log.vkey', 'log.checkpoint'], ['log/checkpoint', 'log.checkpoint'], ['log/entries.jsonl', 'log.inclusion'], ['log/proofs.jsonl', 'log.inclusion'], ['log/disclosures.jsonl', 'log.disclosures'], ['log/consistency.json', 'tags.complete'],
  ] as const)('is noticed when %s was removed', async (path, check) => {
    const report = await verifyBytes(await zipped(members.filter((each) => each.path !== path)));
    expect([report.ok, failed(report)]).toEqual([false, expect.arrayContaining([check])]);
  });

  it.each([['data/extra.txt', 'payload.complete'], ['extra.txt', 'tags.complete'], ['attestations/second.intoto.jsonl', 'tags.complete']] as const)('is noticed when %s was added', async (path, check) => {
    const report = await verifyBytes(await zipped([...members, member(path, 'extra')]));
    expect([report.ok, failed(report)]).toEqual([false, expect.arrayContaining([check])]);
  });

  it('is noticed when the signature, the whole statement or the key comes from elsewhere', async () => {
    const stranger = signerOf(generateKeyPairSync('ed25519'));
    const otherSpool = await PackSpool.create(folder);
    try {
      const envelopeOf = async (others: readonly PackMember[]): Promise<string> => {
        const found = others.find(({ path }) => path === PACK_FILES.attestation);
        return found === undefined ? '' : (await buffer(await found.open())).toString();
      };
      const otherPack = await envelopeOf(await buildMembers(otherSpool, { marker: 'Other' }));
      const otherKey = await envelopeOf(await buildMembers(otherSpool, { signer: stranger }));
      const mine = JSON.parse(await textOf(PACK_FILES.attestation)) as { payload: string; payloadType: string };
      const swapped = `${JSON.stringify({ payloadType: mine.payloadType, payload: mine.payload, signatures: (JSON.parse(otherPack) as { signatures: unknown[] }).signatures })}\n`;
      expect(failed(await verifyBytes(await zipped(replace(PACK_FILES.attestation, swapped))))).toContain('signature.envelope');
      expect(failed(await verifyBytes(await zipped(replace(PACK_FILES.attestation, otherPack))))).toContain('statement.subjects');
      expect(failed(await verifyBytes(await zipped(replace(PACK_FILES.attestation, otherKey))))).toContain('signature.envelope');
      expect(failed(await verifyBytes(await zipped(replace(PACK_FILES.signingKey, stranger.publicKeyPem))))).toEqual(expect.arrayContaining(['signature.envelope', 'tags.intact']));
    } finally {
      await otherSpool.discard();
    }
  });

  it.each([
    ['a proof of another leaf', PACK_FILES.proofs, (text: string) => text.replace('"index":2', '"index":1'), 'log.inclusion'],
    ['an entry of another organization', PACK_FILES.entries, (text: string) => text.replaceAll(TENANT, TENANT.replace('a', 'b')), 'log.inclusion'],
    ['one entry shown twice', PACK_FILES.entries, (text: string) => text.split('\n').slice(0, 1).concat(text.split('\n')).join('\n'), 'log.inclusion'],
    ['another payload', PACK_FILES.disclosures, (text: string) => text.replace('"n":2', '"n":3'), 'log.disclosures'],
    ['a surplus payload', PACK_FILES.disclosures, (text: string) => `${text}{}\n`, 'log.disclosures'],
    ['an earlier checkpoint that was never signed', PACK_FILES.consistency, (text: string) => text.replace('\\n1\\n', '\\n2\\n'), 'log.consistency'],
    ['a broken consistency proof', PACK_FILES.consistency, (text: string) => text.replace(/"hashes":\["[^"]+",/, '"hashes":['), 'log.consistency'],
  ] as const)('is noticed with %s', async (_what, path, change, check) => {
    const report = await verifyBytes(await zipped(replace(path, change(await textOf(path)))));
    expect(failed(report)).toEqual(expect.arrayContaining([check, 'tags.intact']));
  });

  it('is refused when it was packed again by another tool', async () => {
    for (const options of [{ compress: true }, { mtime: new Date(1_700_000_000_000) }, { mode: 0o120777 }]) {
      const zip = new yazl.ZipFile();
      for (const each of members) zip.addBuffer(await buffer(await each.open()), `${ROOT}/${each.path}`, { ...MEMBER_OPTIONS, ...options });
      zip.end();
      expect((await verifyBytes(await buffer(zip.outputStream as Readable))).ok).toBe(false);
    }
  });

  it('is refused with bytes before, behind or inside, names that leave the folder, and names twice', async () => {
    const hidden = Buffer.from('hidden');
    const patched = (from: string, to: string): Buffer => {
      const copy = Buffer.from(genuine);
      for (let at = copy.indexOf(from); at >= 0; at = copy.indexOf(from, at + 1)) copy.write(to, at);
      return copy;
    };
    const bad = [
      Buffer.concat([hidden, genuine]), Buffer.concat([genuine, hidden]), Buffer.alloc(0), Buffer.from('not a zip'), genuine.subarray(0, genuine.length - 1), genuine.subarray(0, genuine.length / 2),
      patched('pack/bagit.txt', 'pack/../../../'), patched('pack/bagit.txt', '/etc/bagit.txt'), patched('pack/bagit.txt', 'pack\\bagit.txt'), patched('pack/bag-info.txt', 'pack/VERIFY.mdXXX'),
      patched('pack/data/empty.txt', 'pack/data/inventor'),
    ];
    for (const [i, bytes] of bad.entries()) if ((await verifyBytes(bytes)).ok) throw new Error(`case ${i} was accepted`);
    await expect(verifyPackFile(join(folder, 'does-not-exist.zip'))).rejects.toThrow('ENOENT');
  });

  it('is not built from content that changed under it', async () => {
    const lying = { ...member('data/inventory.csv', 'aaaa'), open: () => Readable.from([Buffer.from('bbbb')]) };
    await expect(zipped([lying])).rejects.toThrow(PackMemberChanged);
    for (const text of ['aaa', 'aaaaa']) await expect(zipped([{ ...lying, open: () => Readable.from([Buffer.from(text)]) }])).rejects.toThrow(PackMemberChanged);
    const gone = { ...lying, open: () => Promise.reject(new Error('storage is down')) };
    await expect(zipped([gone, member('data/z.txt', 'z')])).rejects.toThrow('storage is down');
    const broken = { ...lying, open: () => Readable.from((async function* () { yield Buffer.from('a'); throw new Error('connection lost'); })()) };
    await expect(pipeline(zipPack(ROOT, [broken]), createWriteStream(join(folder, 'broken.zip')))).rejects.toThrow('connection lost');
  });

  it('reports progress to the last byte', async () => {
    const seen: number[] = [];
    const path = join(folder, 'genuine.zip');
    await writeFile(path, genuine);
    await verifyPackFile(path, { onProgress: (done, total) => { seen.push(done); expect(total).toBe(genuine.length); } });
    expect(seen.at(-1)).toBe((await readFile(path)).length);
  });
});
