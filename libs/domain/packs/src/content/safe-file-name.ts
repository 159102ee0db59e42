const MAX = 80;
const ENDING = /\.[A-Za-z0-9]{1,10}$/;

/**
 * A name for an evidence file that every system can unpack. The original name stands in the index of the pack.
 * Letters keep their base form (é becomes e); everything else becomes `_`.
 */
export const safeFileName = (name: string): string => {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').replace(/[^A-Za-z0-9._-]+/g, '_');
  const ending = ENDING.exec(plain)?.[0] ?? '';
  const stem = trim(plain.slice(0, plain.length - ending.length)).slice(0, MAX);
  return `${trim(stem) || 'file'}${ending}`;
};

const trim = (text: string): string => text.replace(/^[._-]+|[._-]+$/g, '');
