import { canonicalJson, type JsonValue } from '@roster/trail';

/** Turns a database row into a document: camelCase names, RFC 3339 UTC instants; nothing is left out. */
export const toDocument = (value: JsonValue): JsonValue => {
  if (Array.isArray(value)) return (value as JsonValue[]).map(toDocument);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [camel(name), instant(name, toDocument(member as JsonValue))]));
};

const camel = (name: string): string => name.replace(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
/** Postgres writes timestamps in JSON with the offset of the session; a pack has UTC only. */
const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?[+-]\d{2}:\d{2}$/;
const instant = (name: string, value: JsonValue): JsonValue =>
  (typeof value === 'string' && /(?:_at|At|_from|From|_to|To|^at)$/.test(name) && TIMESTAMP.test(value) ? new Date(value).toISOString() : value);

/** The text of a JSON file: sorted members, indented, so that people can read it and the same data is the same bytes. */
export const documentText = (value: JsonValue): string => `${JSON.stringify(JSON.parse(canonicalJson(value)), null, 2)}\n`;

/** The same on one line, for lists with one element per line. */
export const lineText = (value: JsonValue): string => canonicalJson(value);
