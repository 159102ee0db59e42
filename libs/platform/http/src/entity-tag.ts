import { problem } from '@roster/platform-errors';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Strong entity tag of a versioned resource. */
export const entityTag = (version: number): string => `"v${version}"`;

export const sendEntityTag = (reply: FastifyReply, version: number): void => void reply.header('etag', entityTag(version));

/**
 * The version a write was based on.
 * @returns the version, or null for `If-Match: *`
 * @throws PLATFORM_PRECONDITION_REQUIRED when the header is missing, PLATFORM_PRECONDITION_FAILED when it names no version
 */
export function requireIfMatch(request: FastifyRequest): number | null {
  const header = request.headers['if-match'];
  if (!header) throw problem('PLATFORM_PRECONDITION_REQUIRED', 'Send If-Match with the ETag you read, or * to overwrite whatever is there.');
  if (header.trim() === '*') return null;
  const match = /^(?:W\/)?"v(\d+)"$/.exec(header.trim());
  if (!match?.[1]) throw problem('PLATFORM_PRECONDITION_FAILED', `If-Match ${header} is not an ETag of this resource. Read it again.`);
  return Number(match[1]);
}

/** As {@link requireIfMatch}, for a write that may also be made without: null when the header is missing. */
export const readOptionalIfMatch = (request: FastifyRequest): number | null => (request.headers['if-match'] === undefined ? null : requireIfMatch(request));

/** @throws PLATFORM_PRECONDITION_FAILED when the resource has moved on; carries the current version */
export function assertVersion(expected: number | null, current: number): void {
  if (expected !== null && expected !== current) {
    throw problem('PLATFORM_PRECONDITION_FAILED', `You read version ${expected}, it is now version ${current}. Read it again and repeat your change.`, { extensions: { expectedVersion: expected, currentVersion: current } });
  }
}
