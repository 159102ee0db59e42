import type { FastifyReply, FastifyRequest } from 'fastify';
import { SESSION_POLICY } from './session-policy.js';

/** The prefix makes browsers insist on Secure, Path=/ and no Domain (ASVS 5.0 3.3.1 to 3.3.4). */
export const SESSION_COOKIE = '__Host-roster_session';

const ATTRIBUTES = { path: '/', httpOnly: true, secure: true, sameSite: 'lax' } as const;

export const readSessionCookie = (request: FastifyRequest): string | null => request.cookies[SESSION_COOKIE] ?? null;

export const sendSessionCookie = (reply: FastifyReply, token: string): void =>
  void reply.setCookie(SESSION_COOKIE, token, { ...ATTRIBUTES, maxAge: SESSION_POLICY.absoluteHours * 3600 });

export const clearSessionCookie = (reply: FastifyReply): void => void reply.clearCookie(SESSION_COOKIE, ATTRIBUTES);
