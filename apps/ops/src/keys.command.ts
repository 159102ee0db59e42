import { readFile } from 'node:fs/promises';
import { loadConfig, loadOperatorSettings } from '@roster/platform-config';
import { openHome, publicKeyOf } from './roster-home.js';

/** `roster-ops keys`: the public half of the signing key, for auditors who compare it out of band. */
export async function showKeys(options: { json: boolean }): Promise<number> {
  const config = loadConfig();
  const file = config.signingKeyFile || (await openHome(loadOperatorSettings().home)).signingKeyFile;
  const { pem, keyId } = publicKeyOf(await readFile(file, 'utf8'));
  if (options.json) console.log(JSON.stringify({ name: config.signingKeyName, keyId, publicKey: pem }));
  else console.log(`Name         ${config.signingKeyName}\nKey id       ${keyId}\n             (hex SHA-256 of the public key; packs and checkpoints name it)\n\n${pem}`);
  return 0;
}
