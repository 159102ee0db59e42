import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin, Rolldown } from 'vite';

/** The files a page needs before it can be shown, beside those that every page starts with. */
export interface RouteFiles {
  /** Regular expression over the path of an address. */
  readonly path: string;
  /** Shown only to somebody who is signed in. */
  readonly signedIn: boolean;
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
}

const LAYOUT_OF_SIGNED_IN = '_app';
/** `_app/workloads.$key.owners` is below `_app` and `_app/workloads.$key`. */
function layoutsOf(page: string, folder: string): readonly string[] {
  const [directory, name = ''] = page.includes('/') ? page.split('/') : ['', page];
  const parts = name.split('.');
  const above = parts.slice(1).map((_, length) => [directory, parts.slice(0, length + 1).join('.')].filter(Boolean).join('/'));
  return [...(directory ? [directory] : []), ...above].filter((layout) => existsSync(join(folder, `${layout}.tsx`)));
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** `_app/workloads.$key.owners` answers `/workloads/<key>/owners`. */
const pathOf = (page: string): string => `^/${page.replace(/^_app\//, '').split('.').filter((part) => part !== 'index').map((part) => (part.startsWith('$') ? '[^/]+' : escaped(part))).join('/')}/?$`;

/**
 * Writes `route-files.json` beside the page: which files the service names in the head of a page, so that the browser fetches them at once and not
 * after the router has found out which it needs. Addresses without parameters come first.
 * @param folder the route files (src/pages)
 */
export function routeFiles(folder: string): Plugin {
  return {
    name: 'roster-route-files', apply: 'build', enforce: 'post',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((output): output is Rolldown.OutputChunk => output.type === 'chunk');
      const named = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
      const closure = (file: string, seen = new Set<string>()): Set<string> => {
        if (seen.has(file)) return seen;
        seen.add(file);
        for (const next of named.get(file)?.imports ?? []) closure(next, seen);
        return seen;
      };
      const started = new Set(chunks.filter(({ isEntry }) => isEntry).flatMap(({ fileName }) => [...closure(fileName)]));
      const stylesOf = (files: Iterable<string>): string[] => [...files].flatMap((file) => [...(named.get(file)?.viteMetadata?.importedCss ?? [])]);
      const startStyles = new Set(stylesOf(started));
      const partsOf = (page: string): string[] => chunks.filter(({ facadeModuleId }) => facadeModuleId?.startsWith(`${join(folder, page)}.tsx?`)).map(({ fileName }) => fileName);

      const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.tsx')).map((file) => file.replace(/\.tsx$/, '').replaceAll('\\', '/'));
      const pages = files.filter((page) => !page.startsWith('__') && !files.some((other) => other.startsWith(`${page}.`) || other.startsWith(`${page}/`)));
      const routes = pages.map((page): RouteFiles => {
        const layouts = layoutsOf(page, folder);
        const files = new Set([...layouts, page].flatMap(partsOf).flatMap((file) => [...closure(file)]));
        return {
          path: pathOf(page), signedIn: layouts.includes(LAYOUT_OF_SIGNED_IN),
          scripts: [...files].filter((file) => !started.has(file)), styles: [...new Set(stylesOf(files))].filter((file) => !startStyles.has(file)),
        };
      });
      routes.sort((a, b) => Number(a.path.includes('[^/]+')) - Number(b.path.includes('[^/]+')) || a.path.localeCompare(b.path, 'en'));
      this.emitFile({ type: 'asset', fileName: 'route-files.json', source: JSON.stringify(routes) });
    },
  };
}
