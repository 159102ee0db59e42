/**
 * How long a sign-in lasts (ASVS 5.0 7.3.1 and 7.3.2; NIST SP 800-63B AAL2): 30 minutes without a request, 12 hours in all.
 * A request moves `last_seen_at` at most once a minute, so that reading does not write.
 */
export const SESSION_POLICY = { idleMinutes: 30, absoluteHours: 12, touchSeconds: 60 } as const;

/** What decides whether a session still counts. */
export interface SessionState {
  readonly lastSeenAt: Date;
  readonly absoluteExpiresAt: Date;
  readonly revokedAt: Date | null;
  /** Version of the password the session was made under, and the one that holds now: a password change ends every older session. */
  readonly credentialVersion: number;
  readonly currentCredentialVersion: number;
  readonly memberStatus: string;
}

/** Asked on every request; nothing about it is cached. */
export const sessionIsAlive = (session: SessionState, now: Date): boolean =>
  session.revokedAt === null
  && session.memberStatus === 'active'
  && session.credentialVersion === session.currentCredentialVersion
  && now < session.absoluteExpiresAt
  && now.getTime() - session.lastSeenAt.getTime() < SESSION_POLICY.idleMinutes * 60_000;

export const sessionEndsAt = (signedInAt: Date): Date => new Date(signedInAt.getTime() + SESSION_POLICY.absoluteHours * 3_600_000);

export const sessionNeedsTouch = (lastSeenAt: Date, now: Date): boolean => now.getTime() - lastSeenAt.getTime() >= SESSION_POLICY.touchSeconds * 1000;
