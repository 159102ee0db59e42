const STANDARD = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * Decodes standard base64 (RFC 4648 section 4) and refuses every other spelling of the same bytes, so that a changed character is always noticed.
 * @returns null when the text is not the one canonical encoding
 */
export const decodeBase64 = (text: string): Buffer | null => {
  if (!STANDARD.test(text)) return null;
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
};
