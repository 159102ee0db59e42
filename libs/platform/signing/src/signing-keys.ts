import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * The Ed25519 key of this installation. It signs packs (DSSE), trail checkpoints (C2SP signed note) and gate verdicts (JWS).
 * Compare its fingerprint out of band: the `keyId` is the hex SHA-256 of the public key in SPKI DER form.
 */
export class SigningKeys {
  readonly publicKey: KeyObject;
  readonly publicKeyPem: string;
  /** The 32 raw bytes of the public key. */
  readonly publicKeyRaw: Buffer;
  readonly keyId: string;

  /**
   * @param name name of the installation in signatures: a host name without scheme, spaces or plus signs
   */
  constructor(readonly name: string, readonly privateKey: KeyObject) {
    if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error('The signing key must be an Ed25519 private key');
    this.publicKey = createPublicKey(privateKey);
    const der = this.publicKey.export({ type: 'spki', format: 'der' });
    this.publicKeyPem = this.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    this.publicKeyRaw = der.subarray(der.length - 32);
    this.keyId = createHash('sha256').update(der).digest('hex');
  }

  static fromFile(name: string, file: string): SigningKeys {
    return new SigningKeys(name, createPrivateKey(readFileSync(file)));
  }

  /** Raw 64-byte Ed25519 signature. */
  sign(bytes: Uint8Array): Buffer {
    return sign(null, bytes, this.privateKey);
  }
}
