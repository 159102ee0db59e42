import { describe, expect, it } from '@jest/globals';
import { textSimilarity } from '../duplicate/duplicate-score.js';
import { alikeNames } from './alike-names.js';

const named = (...names: string[]) => names.map((name) => ({ name }));
const WORDS = ['claims', 'triage', 'fraud', 'scoring', 'invoice', 'reader', 'support', 'bot', 'letter', 'writer', 'tariff', 'finder', 'document', 'search', 'for', 'the', 'desk'];

describe('names that are alike', () => {
  it('finds exactly what comparing each with each finds', async () => {
    let seed = 7;
    const random = (below: number): number => { seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648; return seed % below; };
    const make = (): string => Array.from({ length: 1 + random(4) }, () => WORDS[random(WORDS.length)]).join(' ');
    const known = named(...Array.from({ length: 60 }, make));
    const fresh = named(...Array.from({ length: 120 }, make));
    const { best, checked } = await alikeNames(known, fresh, 0.55, 1_000_000);
    expect(checked).toBe(120);
    let some = 0;
    for (const [place, { name }] of fresh.entries()) {
      const similar = [...known, ...fresh.slice(0, place)].map((other) => textSimilarity(name, other.name)).filter((similarity) => similarity >= 0.55);
      const found = best.get(place);
      expect([name, found?.similarity, found?.others]).toEqual([name, similar.length === 0 ? undefined : expect.closeTo(Math.max(...similar), 10), similar.length === 0 ? undefined : similar.length - 1]);
      if (found) {
        some += 1;
        expect(textSimilarity(name, (found.of === 'known' ? known : fresh)[found.index]?.name ?? '')).toBeCloseTo(found.similarity, 10);
      }
    }
    expect(some).toBeGreaterThan(20);
  });

  it('says where a name stands: among the known, or before it in the file', async () => {
    const { best } = await alikeNames(named('Fraud scoring'), named('Fraud scorings', 'Weather map', 'Weather maps', '—'), 0.55, 1_000);
    expect(best.get(0)).toMatchObject({ of: 'known', index: 0 });
    expect(best.get(1)).toBeUndefined();
    expect(best.get(2)).toMatchObject({ of: 'fresh', index: 1 });
    expect(best.get(3)).toBeUndefined();
  });

  it('stops after its budget and says how far it came', async () => {
    const many = named(...Array.from({ length: 400 }, (_one, place) => `Assistant for case ${place}`));
    const { checked, comparisons } = await alikeNames([], many, 0.55, 500);
    expect(checked).toBeGreaterThan(10);
    expect(checked).toBeLessThan(100);
    expect(comparisons).toBeLessThan(1_000);
  });
});
