import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const DIST = join(import.meta.dirname, '..', '..', 'apps', 'web', 'dist');
/** Kilobytes after gzip (issue: first route, lazy routes, charts, styles). */
const BUDGET = { firstRouteJs: 280, css: 45, lazyRoute: 60, table: 45, charts: 30 };
/** Files of script before the first page is there: each costs a request, and a browser asks for six at a time. */
const FIRST_ROUTE_FILES = 30;

interface Chunk {
  readonly file: string;
  readonly src?: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
  readonly css?: readonly string[];
}

const manifest = JSON.parse(readFileSync(join(DIST, 'manifest.json'), 'utf8')) as Record<string, Chunk>;
const weights = new Map<string, number>();
function kilobytes(file: string): number {
  const known = weights.get(file);
  if (known !== undefined) return known;
  const weight = gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length / 1_000;
  weights.set(file, weight);
  return weight;
}
const chunkOf = (key: string): Chunk => {
  const chunk = manifest[key];
  if (!chunk) throw new Error(`${key} is not in the manifest`);
  return chunk;
};
/** A chunk and everything it cannot start without. */
function closure(key: string, seen = new Set<string>()): Set<string> {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of chunkOf(key).imports ?? []) closure(next, seen);
  return seen;
}
const weigh = (keys: Iterable<string>): number => [...new Set([...keys].map((key) => chunkOf(key).file))].reduce((sum, file) => sum + kilobytes(file), 0);
const styles = (keys: Iterable<string>): number => [...new Set([...keys].flatMap((key) => chunkOf(key).css ?? []))].reduce((sum, file) => sum + kilobytes(file), 0);

const nameOf = (key: string): string => key.replace(/^.*src\/pages\//, '').replace(/\.tsx\?.*$/, '');
const entry = Object.keys(manifest).find((key) => chunkOf(key).isEntry) ?? '';
const entryChunks = closure(entry);
/** The split parts of routes, as `pages/_app/inventory.index.tsx?tsr-split=component`. */
const routes = Object.keys(manifest).filter((key) => /src\/pages\/.*tsr-split=/.test(key));
/** Fetched once and used by ten routes: the grid has a budget of its own. */
const isTable = (key: string): boolean => /data-table/.test(chunkOf(key).file);
const frame = routes.filter((key) => /pages\/_app\.tsx\?/.test(key));
/** What has been fetched when the frame with the home page is there. */
const first = new Set([...entryChunks, ...frame.flatMap((key) => [...closure(key)]), ...routes.filter((key) => /pages\/_app\/index\.tsx\?/.test(key)).flatMap((key) => [...closure(key)])]);
const framed = new Set([...entryChunks, ...frame.flatMap((key) => [...closure(key)])]);

describe('the weight of the web UI', () => {
  const table = routes.map((key) => {
    // A page below a layout is opened when the layout is there.
    const layout = new Set(routes.filter((other) => other !== key && nameOf(key).startsWith(`${nameOf(other)}.`)).flatMap((other) => [...closure(other)]));
    const own = [...closure(key)].filter((chunk) => !framed.has(chunk) && !layout.has(chunk) && !isTable(chunk));
    return { route: nameOf(key), js: Number(weigh(own).toFixed(1)), css: Number(styles(own).toFixed(1)) };
  }).sort((a, b) => b.js - a.js);

  it(`is at most ${BUDGET.firstRouteJs} kB of script and ${BUDGET.css} kB of styles for the first route`, () => {
    const measured = { js: Number(weigh(first).toFixed(1)), css: Number(styles(first).toFixed(1)) };
    process.stdout.write(`first route: ${measured.js} kB of script, ${measured.css} kB of styles (gzip)\n${table.map(({ route, js, css }) => `${route.padEnd(48)} ${String(js).padStart(6)} kB  ${String(css).padStart(5)} kB`).join('\n')}\n`);
    expect(frame).toHaveLength(1);
    expect(measured.js).toBeLessThanOrEqual(BUDGET.firstRouteJs);
    expect(measured.css).toBeLessThanOrEqual(BUDGET.css);
    expect(new Set([...first].map((key) => chunkOf(key).file)).size).toBeLessThanOrEqual(FIRST_ROUTE_FILES);
  });

  it(`is at most ${BUDGET.lazyRoute} kB more for every other route`, () => {
    expect(table.length).toBeGreaterThan(20);
    expect(table.filter(({ js }) => js > BUDGET.lazyRoute)).toEqual([]);
  });

  it(`is at most ${BUDGET.table} kB for the table and ${BUDGET.charts} kB for the charts`, () => {
    const table = Object.keys(manifest).filter(isTable);
    expect(table.length).toBeGreaterThan(0);
    expect(weigh(table)).toBeLessThanOrEqual(BUDGET.table);
    const portfolio = routes.filter((key) => nameOf(key) === '_app/portfolio');
    expect(portfolio).toHaveLength(1);
    expect(weigh(portfolio)).toBeLessThanOrEqual(BUDGET.charts);
  });

  it('asks for nothing from elsewhere and has no map of its sources in what it serves as script', () => {
    const html = readFileSync(join(DIST, 'index.html'), 'utf8');
    expect([...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address).filter((address) => !address?.startsWith('/'))).toEqual([]);
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>/);
  });
});
