import type { JsonValue } from './canonical-json.js';

/** What stands where a secret was. */
export const REDACTED = '[redacted]';

/** Last words of field names that hold secrets. `tokenCount` and `passwordPolicy` end in something else and stay. */
const SECRET_NAME = new RegExp(
  '(?:password|passwd|passphrase|pwd|secret|token|apikey|authorization|cookie|privatekey|secretkey|accesskey|signingkey|encryptionkey'
  + '|sessionid|session|bearer|jwt|otp|totp|connectionstring|databaseurl|redisurl|dsn)'
  + '(?:s|hash|hashed|value|text|plain|header)?$',
);

/** Secrets that are recognised by their look, wherever they stand. Each pattern is linear: no nested repetition. */
const SECRET_TEXT: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----|$)/g, REDACTED],
  [/\broster_[0-9A-Za-z-]{4,64}_[0-9A-Za-z_-]{16,}/g, REDACTED],
  [/\b(Bearer|Basic|Digest|Negotiate)\s+[A-Za-z0-9._~+/=-]{8,}/gi, `$1 ${REDACTED}`],
  [/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/g, REDACTED],
  [/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g, REDACTED],
  [/\b(?:sk|pk|rk)[-_](?:(?:live|test|proj|ant|or|svcacct|admin)[-_][A-Za-z0-9_-]{12,}|[A-Za-z0-9]{20,})/g, REDACTED],
  [/\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{16,}|xox[abeprs]-[A-Za-z0-9-]{10,}|AIza[0-9A-Za-z_-]{30,}|hf_[A-Za-z0-9]{20,}|npm_[A-Za-z0-9]{20,})/g, REDACTED],
  [/\bhttps:\/\/hooks\.slack\.com\/[A-Za-z0-9/_-]+/g, REDACTED],
  // user:password@ in a URL: the host stays readable.
  [/([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/?#@:]{0,256}:[^\s/?#@]{1,256}@/gi, `$1${REDACTED}@`],
  // name=value and name: value, also as a query parameter of a signed link.
  [/\b(password|passwd|passphrase|pwd|secret|client[_-]?secret|token|access[_-]?token|refresh[_-]?token|id[_-]?token|api[_-]?key|access[_-]?key)(\s*[=:]\s*)("?)(?!\[redacted\])[^\s"'&;,]{3,}/gi, `$1$2$3${REDACTED}`],
  [/([?&](?:sig|signature|x-amz-signature|x-amz-security-token|x-goog-signature)=)[^\s"'&;,]{3,}/gi, `$1${REDACTED}`],
];

/** Plurals of these are often counts, so a number under such a name stays. */
const COUNTABLE = /token|session|cookie/;

const isSecretName = (name: string): boolean => SECRET_NAME.test(name.replace(/[^A-Za-z0-9]/g, '').toLowerCase());
const isSecretMember = (name: string, value: unknown): boolean =>
  isSecretName(name) && value !== null && typeof value !== 'boolean' && !(typeof value === 'number' && COUNTABLE.test(name.toLowerCase()));

/** Removes what looks like a secret from a text. */
export const redactText = (text: string): string => SECRET_TEXT.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), text);

/** Postgres stores neither lone surrogates nor NUL, and canonical JSON has no form for the former; both become U+FFFD, as UTF-8 encoders do. */
const storable = (text: string): string => text.replace(/\p{Surrogate}|\0/gu, '\ufffd');

const MAX_DEPTH = 32;

/**
 * Makes a value fit to be recorded for good: plain JSON, without passwords, tokens, keys and authorization headers, found by field name and by look.
 * Null, booleans and counts under a secret-sounding name stay; everything else there is replaced.
 * @param value what the caller wants to record; dates become RFC 3339
 * @throws TypeError for what JSON cannot say (functions, symbols, bigints, NaN, nesting deeper than 32), naming the place
 */
export const redact = (value: unknown, path = '$', depth = 0): JsonValue => {
  if (depth > MAX_DEPTH) throw new TypeError(`${path} is nested more than ${MAX_DEPTH} levels deep`);
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return storable(redactText(value));
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${path} is not a finite number`);
    return value;
  }
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item: unknown, i) => redact(item === undefined ? null : item, `${path}[${i}]`, depth + 1));
  if (typeof value === 'object') {
    const clean: Record<string, JsonValue> = Object.create(null) as Record<string, JsonValue>;
    // A header or setting written as a pair: {name: 'Authorization', value: '…'}.
    const label = (value as { name?: unknown; key?: unknown }).name ?? (value as { key?: unknown }).key;
    const isSecretPair = typeof label === 'string' && isSecretName(label);
    for (const [name, member] of Object.entries(value)) {
      if (member === undefined) continue;
      const where = `${path}.${name}`;
      const isSecret = isSecretMember(name, member) || (isSecretPair && name === 'value');
      clean[storable(redactText(name))] = isSecret ? REDACTED : redact(member, where, depth + 1);
    }
    return clean;
  }
  throw new TypeError(`${path} is a ${typeof value}, which cannot be recorded`);
};
