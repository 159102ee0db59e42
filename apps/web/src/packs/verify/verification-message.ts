import type { PackCheck, PackReport } from '@roster/pack-verify';

export interface VerificationRequest {
  readonly file: File;
  /** 64 hex digits, or null when nobody has compared the key yet. */
  readonly trustedFingerprint: string | null;
}
export type VerificationMessage =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'check'; readonly check: PackCheck }
  | { readonly kind: 'report'; readonly report: PackReport }
  | { readonly kind: 'error'; readonly message: string };
