const STANDARD = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
/** Arguments a function takes at once everywhere. */
const PIECE = 8_192;

/** Standard base64 (RFC 4648 section 4), with padding. */
export const encodeBase64 = (bytes: Uint8Array): string => {
  let binary = '';
  for (let at = 0; at < bytes.length; at += PIECE) binary += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(binary);
};

/**
 * Decodes standard base64 (RFC 4648 section 4) and refuses every other spelling of the same bytes, so that a changed character is always noticed.
 * @returns null when the text is not the one canonical encoding
 */
export const decodeBase64 = (text: string): Uint8Array | null => {
  if (!STANDARD.test(text)) return null;
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  return encodeBase64(bytes) === text ? bytes : null;
};
