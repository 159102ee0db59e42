import canonicalize from 'canonicalize';

/** What JSON can say, and nothing else. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [name: string]: JsonValue | undefined };

/**
 * The one spelling of a JSON value (RFC 8785): members sorted by UTF-16 code units, numbers and strings as ECMAScript prints them, no spaces.
 * Members that are `undefined` are left out.
 * @throws Error for NaN, infinities, lone surrogates and cycles, which have no canonical form
 */
export const canonicalJson = (value: JsonValue): string => {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('Only a JSON value has a canonical form');
  return text;
};
