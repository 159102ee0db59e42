/** A file on its way. */
export interface EvidenceUpload {
  readonly id: string;
  readonly fileName: string;
  readonly declaredType: string;
  readonly size: number;
  /** How many bytes have arrived, without gaps. */
  readonly received: number;
  readonly expectedSha256: string | null;
  /** Set once it is complete and has passed the checks. */
  readonly sha256: string | null;
  readonly expiresAt: Date;
}
