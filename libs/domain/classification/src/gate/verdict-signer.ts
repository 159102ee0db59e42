import { Injectable } from '@nestjs/common';
import { SigningKeys } from '@roster/platform-signing';
import { CompactSign } from 'jose';

/** How long a signed verdict may be relied on, in seconds: a pipeline step asks anew. */
export const VERDICT_TTL_SECONDS = 300;
/** Type of a signed verdict (RFC 8725, explicit typing). */
export const VERDICT_TYPE = 'roster-gate+jwt';

/** Signs gate verdicts as compact JWS (RFC 7515) with the Ed25519 key of the installation. */
@Injectable()
export class VerdictSigner {
  constructor(private readonly keys: SigningKeys) {}

  /**
   * @param claims what is signed besides `iss`, `iat` and `exp`
   * @param at the instant of the answer
   */
  sign(claims: Readonly<Record<string, unknown>>, at: Date): Promise<string> {
    const issuedAt = Math.floor(at.getTime() / 1_000);
    const payload = JSON.stringify({ iss: this.keys.name, iat: issuedAt, exp: issuedAt + VERDICT_TTL_SECONDS, ...claims });
    return new CompactSign(new TextEncoder().encode(payload)).setProtectedHeader({ alg: 'EdDSA', typ: VERDICT_TYPE, kid: this.keys.keyId }).sign(this.keys.privateKey);
  }

  /** The public key as a JSON Web Key Set, to check verdicts with. */
  keySet(): { keys: { kty: string; crv: string; x: string; kid: string; alg: string; use: string }[] } {
    return { keys: [{ kty: 'OKP', crv: 'Ed25519', x: this.keys.publicKeyRaw.toString('base64url'), kid: this.keys.keyId, alg: 'EdDSA', use: 'sig' }] };
  }
}
