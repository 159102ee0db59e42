import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Screen } from './screen.js';

const FOLDER = join(import.meta.dirname, 'screens');
const PAGES = join(import.meta.dirname, '../../apps/web/src/pages');

const files = readdirSync(FOLDER).filter((file) => file.endsWith('.screens.ts')).sort();
const every = (await Promise.all(files.map(async (file) => ((await import(join(FOLDER, file))) as { screens: readonly Screen[] }).screens))).flat();
/** Addresses of the route files: `_app/workloads.$key.owners.tsx` answers `/workloads/…/owners`. Layouts have no screen of their own. */
const routes = readdirSync(PAGES, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.tsx') && !/(^|\/)(__root|_app|settings|workloads\.\$key)\.tsx$/.test(file) && file !== '_app/settings.index.tsx')
  .map((file) => `/${file.replace(/^_app\//, '').replace(/\.tsx$/, '').replace(/(^|\.)index$/, '').replaceAll('.', '/')}`);
const answers = (route: string, path: string): boolean => new RegExp(`^${route.replace(/\$\w+/g, '[^/]+')}$`).test(path);

describe('the list of screens', () => {
  it('has one of every route', () => {
    const walked = every.map(({ path }) => (typeof path === 'string' ? path : path.route).replace(/\?.*$/, ''));
    expect(routes.length).toBeGreaterThan(30);
    expect(routes.filter((route) => !walked.some((path) => path === route || answers(route, path)))).toEqual([]);
  });

  it('has no two of one name: they would share their pictures', () => {
    expect(every.map(({ name }) => name).filter((name, at, names) => names.indexOf(name) !== at)).toEqual([]);
  });

  it('is walked from end to end', () => {
    const suites = readdirSync(import.meta.dirname).filter((file) => /^screens-.*\.spec\.ts$/.test(file)).map((file) => readFileSync(join(import.meta.dirname, file), 'utf8')).join('\n');
    expect(files.filter((file) => !suites.includes(`./screens/${file.replace(/\.ts$/, '.js')}`))).toEqual([]);
  });
});
