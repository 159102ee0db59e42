import { Injectable } from '@nestjs/common';
import { type Checkpoint, formatCheckpointText, formatNote, formatVerifierKey, noteVerifier, type NoteVerifier, publicKeyFromRaw } from '@roster/pack-verify';
import type { TenantScope } from '@roster/platform-context';
import { SigningKeys } from '@roster/platform-signing';

/** The identity under which the log of one organization signs its checkpoints. */
@Injectable()
export class TrailLogKey {
  constructor(private readonly keys: SigningKeys) {}

  /** `<installation>/trail/<tenant>`: one log per organization. */
  origin(scope: TenantScope): string {
    return `${this.keys.name}/trail/${scope.tenantId}`;
  }

  verifier(scope: TenantScope): NoteVerifier {
    return noteVerifier(this.origin(scope), publicKeyFromRaw(this.keys.publicKeyRaw));
  }

  /** The public key in the form of https://c2sp.org/signed-note: `name+id+key`. */
  verifierKey(scope: TenantScope): string {
    return formatVerifierKey(this.verifier(scope));
  }

  /** Signs a head of the tree. @returns the signed note (https://c2sp.org/tlog-checkpoint) */
  sign(scope: TenantScope, head: Omit<Checkpoint, 'origin'>): string {
    const { name, keyId } = this.verifier(scope);
    const text = formatCheckpointText({ origin: name, ...head });
    return formatNote(text, [{ keyName: name, keyId, signature: this.keys.sign(Buffer.from(text, 'utf8')) }]);
  }
}
