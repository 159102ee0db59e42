import { createPrivateKey, createPublicKey, createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { StartProblem } from '@roster/platform-embedded';
import type { RolePasswords } from '@roster/schema';

/** Made once per installation; the file is readable by its owner only. */
export interface Secrets {
  readonly version: 1;
  readonly databaseSuperuser: string;
  readonly roles: RolePasswords;
}

/** The folder of an installation that runs on one machine: `ROSTER_HOME`. */
export interface RosterHome {
  readonly folder: string;
  readonly dataDir: string;
  readonly filesDir: string;
  readonly logsDir: string;
  readonly signingKeyFile: string;
  readonly secrets: Secrets;
}

const password = (): string => randomBytes(24).toString('base64url');

/** Writes a file that must never be written twice: the first of two writers wins, and nobody sees half of it. */
async function writeOnce(path: string, text: string): Promise<void> {
  const half = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(half, text, { mode: 0o600 });
  try {
    await link(half, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(half, { force: true });
  }
}
const exists = async (path: string): Promise<boolean> => (await stat(path).catch(() => null)) !== null;

async function readSecrets(path: string, dataDir: string): Promise<Secrets> {
  if (!(await exists(path))) {
    if (await exists(dataDir)) {
      throw new StartProblem(`The database in ${dataDir} exists, but the file with its passwords, ${path}, is gone.`, 'restore that file from your backup, or move the database folder away to start empty.');
    }
    const fresh: Secrets = { version: 1, databaseSuperuser: password(), roles: { migrator: password(), app: password(), scheduler: password(), queue: password() } };
    await writeOnce(path, `${JSON.stringify(fresh, null, 2)}\n`);
  }
  try {
    const secrets = JSON.parse(await readFile(path, 'utf8')) as Secrets;
    if (secrets.version !== 1) throw new Error(`version ${String(secrets.version)}`);
    return secrets;
  } catch (error) {
    throw new StartProblem(`The file ${path} cannot be read: ${(error as Error).message}`, 'restore it from your backup; it holds the passwords of the database.', { cause: error });
  }
}

/**
 * Opens the folder, and makes it with fresh passwords and a signing key at the first time.
 * @param folder relative to the working folder, or absolute
 * @throws StartProblem when it cannot be written, or its secrets are lost
 */
export async function openHome(folder: string): Promise<RosterHome> {
  const home = resolve(folder);
  const paths = { dataDir: join(home, 'postgres'), filesDir: join(home, 'files'), logsDir: join(home, 'logs'), keysDir: join(home, 'keys') };
  try {
    // Others may walk through, because as root the database server is another user; they may not look around.
    await mkdir(home, { recursive: true, mode: 0o711 });
    for (const path of [paths.filesDir, paths.logsDir, paths.keysDir]) await mkdir(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new StartProblem(`The folder ${home} cannot be made or written: ${(error as Error).message}`, 'choose another one with ROSTER_HOME, or give this user the right to write there.', { cause: error });
  }
  const signingKeyFile = join(paths.keysDir, 'signing.pem');
  if (!(await exists(signingKeyFile))) await writeOnce(signingKeyFile, newSigningKey());
  return { folder: home, dataDir: paths.dataDir, filesDir: paths.filesDir, logsDir: paths.logsDir, signingKeyFile, secrets: await readSecrets(join(home, 'secrets.json'), paths.dataDir) };
}

/** A fresh Ed25519 private key, PKCS 8 in PEM. */
export const newSigningKey = (): string => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** What auditors compare: the public key and the hex SHA-256 over its SPKI DER form, which packs and checkpoints carry as key id. */
export function publicKeyOf(privateKeyPem: string): { pem: string; keyId: string } {
  const key = createPublicKey(createPrivateKey(privateKeyPem));
  return { pem: key.export({ type: 'spki', format: 'pem' }).toString(), keyId: createHash('sha256').update(key.export({ type: 'spki', format: 'der' })).digest('hex') };
}
