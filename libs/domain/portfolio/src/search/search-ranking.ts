import type { WorkloadHitDto } from './search.dto.js';

/** Best first: the key itself, a key or name that begins so, a name that has it, everything else; retired ones last among equals. */
export function rankWorkloads(hits: readonly WorkloadHitDto[], q: string): WorkloadHitDto[] {
  const wanted = q.trim().toLowerCase();
  const place = ({ key, name }: WorkloadHitDto): number => {
    const [k, n] = [key.toLowerCase(), name.toLowerCase()];
    if (k === wanted) return 0;
    if (n === wanted) return 1;
    if (k.startsWith(wanted)) return 2;
    if (n.startsWith(wanted)) return 3;
    return n.includes(wanted) || k.includes(wanted) ? 4 : 5;
  };
  return [...hits].sort((a, b) => place(a) - place(b) || Number(a.lifecycle === 'retired') - Number(b.lifecycle === 'retired') || a.name.localeCompare(b.name) || (a.key < b.key ? -1 : 1));
}
