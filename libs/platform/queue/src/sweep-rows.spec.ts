import { describe, expect, it } from '@jest/globals';
import { sweepRows, type Sweep } from './sweep-rows.js';

/** A sweep over the numbers below `count`, three at a time. */
function over(count: number, each: (row: number) => void = () => undefined): { sweep: Sweep<number>; seen: number[]; pages: (number | null)[] } {
  const seen: number[] = [];
  const pages: (number | null)[] = [];
  const sweep: Sweep<number> = {
    limit: 3,
    page: async (after, limit) => {
      pages.push(after);
      const from = after === null ? 0 : after + 1;
      return Array.from({ length: Math.min(limit, count - from) }, (_, index) => from + index);
    },
    each: async (row) => { seen.push(row); each(row); },
    failure: (failed) => `${failed} failed`,
  };
  return { sweep, seen, pages };
}
const going = (): AbortSignal => new AbortController().signal;

describe('sweeping rows', () => {
  it.each([[0, [null]], [2, [null]], [3, [null, 2]], [7, [null, 2, 5]]])('looks once at each of %s rows, page by page', async (count, expected) => {
    const { sweep, seen, pages } = over(count);
    await sweepRows(sweep, going());
    expect(seen).toEqual(Array.from({ length: count }, (_, index) => index));
    expect(pages).toEqual(expected);
  });

  it('goes on after what fails, also at the end of a page, and tells all of it', async () => {
    const wrong = [new Error('one'), new Error('five')];
    const { sweep, seen } = over(7, (row) => {
      if (row === 1) throw wrong[0];
      if (row === 5) throw wrong[1];
    });
    await expect(sweepRows(sweep, going())).rejects.toMatchObject({ name: 'AggregateError', message: '2 failed', errors: wrong });
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('ends before the next row when it is told to', async () => {
    const controller = new AbortController();
    const { sweep, seen } = over(7, (row) => { if (row === 4) controller.abort(); });
    await sweepRows(sweep, controller.signal);
    expect(seen).toEqual([0, 1, 2, 3, 4]);
  });
});
