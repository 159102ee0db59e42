interface PostgresErrorShape {
  readonly code: string;
  readonly constraint?: string;
}

/** The Postgres error behind a thrown value, whether pg or TypeORM raised it. */
export function postgresError(error: unknown): PostgresErrorShape | null {
  if (typeof error !== 'object' || error === null) return null;
  if ('driverError' in error) return postgresError(error.driverError);
  return 'code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code) ? (error as PostgresErrorShape) : null;
}

/** @param constraint name of the unique constraint or index; any when omitted */
export const isUniqueViolation = (error: unknown, constraint?: string): boolean => {
  const found = postgresError(error);
  return found?.code === '23505' && (constraint === undefined || found.constraint === constraint);
};
/** Serialization failure or deadlock: running the whole unit of work again is correct. */
export const isRetryable = (error: unknown): boolean => ['40001', '40P01'].includes(postgresError(error)?.code ?? '');
