import { problem, type FieldError } from '@roster/platform-errors';

/** When a version is true and until when it counts. Null = open. */
export interface EvidencePeriod {
  readonly effectiveFrom: Date | null;
  readonly effectiveTo: Date | null;
  readonly expiresAt: Date | null;
}

const EARLIEST = Date.UTC(1990, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);

/**
 * Reads the dates of a submission (domain.md section 7: the effective period differs from the recorded time).
 * @param text RFC 3339 instants
 * @throws EVIDENCE_PERIOD_INVALID naming each date that does not fit
 */
export function readPeriod(text: { readonly effectiveFrom?: string | null; readonly effectiveTo?: string | null; readonly expiresAt?: string | null }): EvidencePeriod {
  const errors: FieldError[] = [];
  const read = (path: 'effectiveFrom' | 'effectiveTo' | 'expiresAt'): Date | null => {
    const value = text[path];
    if (value === undefined || value === null) return null;
    const at = new Date(value);
    if (!(at.getTime() >= EARLIEST && at.getTime() < LATEST)) errors.push({ path, code: 'out_of_range', message: 'expected an instant from 1990 to 2199' });
    return at;
  };
  const period = { effectiveFrom: read('effectiveFrom'), effectiveTo: read('effectiveTo'), expiresAt: read('expiresAt') };
  const { effectiveFrom, effectiveTo, expiresAt } = period;
  if (effectiveFrom && effectiveTo && effectiveTo <= effectiveFrom) errors.push({ path: 'effectiveTo', code: 'before_start', message: 'expected an instant after effectiveFrom' });
  if (effectiveFrom && expiresAt && expiresAt <= effectiveFrom) errors.push({ path: 'expiresAt', code: 'before_start', message: 'expected an instant after effectiveFrom' });
  if (errors.length > 0) throw problem('EVIDENCE_PERIOD_INVALID', 'The dates do not fit together. Nothing was changed.', { errors });
  return period;
}
