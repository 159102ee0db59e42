/**
 * The floors of docs/architecture.md as data: where a folder lives decides its tags. Read by the Nx plugin, ESLint and the
 * architecture tests, so that a library cannot forget what it is.
 */

/** Folder patterns, first match wins. `name` is the part of the path that names the scope. */
const FLOORS = [
  { pattern: /^libs\/contracts$/, floor: 0, scope: () => 'contracts' },
  // Pure functions without a dependency: the service seals with them, the auditor's laptop checks with the same ones.
  { pattern: /^libs\/pack-verify$/, floor: 0, scope: () => 'pack-verify' },
  { pattern: /^libs\/platform\/([a-z-]+)$/, floor: 1, scope: (name) => `platform-${name}` },
  { pattern: /^libs\/schema$/, floor: 1, scope: () => 'schema' },
  { pattern: /^libs\/(access|trail)$/, floor: 2, scope: (name) => name },
  { pattern: /^libs\/domain\/([a-z-]+)$/, floor: 3, scope: (name) => name },
  { pattern: /^libs\/(api-client|ui)$/, floor: 'client', scope: (name) => name },
  { pattern: /^apps\/(cli|web)$/, floor: 'client-app', scope: (name) => `app-${name}` },
  { pattern: /^apps\/([a-z-]+)$/, floor: 4, scope: (name) => `app-${name}` },
  { pattern: /^libs\/testing$/, floor: 'testing', scope: () => 'testing' },
];

/** Which domain may ask which (docs/architecture.md, edge list). Everything else goes through an event or a port. */
export const DOMAIN_EDGES = {
  frameworks: [],
  notifications: [],
  inventory: [],
  evidence: ['inventory', 'frameworks'],
  // A drill becomes evidence by itself, through the public submission service.
  incidents: ['inventory', 'evidence'],
  classification: ['inventory', 'frameworks', 'evidence', 'incidents'],
  reviews: ['inventory', 'frameworks', 'classification', 'evidence', 'incidents', 'notifications'],
  packs: ['inventory', 'frameworks', 'evidence', 'incidents', 'classification', 'reviews', 'notifications', 'portfolio'],
  onboarding: ['inventory', 'frameworks', 'evidence', 'incidents', 'classification', 'reviews', 'notifications'],
  portfolio: ['inventory', 'frameworks', 'evidence', 'incidents', 'classification', 'reviews', 'notifications'],
};

/** Floors a floor may import from, besides its own rules for domains. */
const REACH = {
  0: [0],
  1: [0, 1],
  2: [0, 1, 2],
  3: [0, 1, 2],
  4: [0, 1, 2, 3, 'client'],
  client: [0, 'client'],
  'client-app': [0, 'client'],
  // Only tests import it, so it may stand on everything below the domains.
  testing: [0, 1, 2],
};

/**
 * @param {string} root folder of a project, relative to the workspace
 * @returns {{ root: string, floor: number | string, scope: string, tags: string[] } | null} null when the folder has no place in the layout
 */
export function placeOf(root) {
  for (const { pattern, floor, scope } of FLOORS) {
    const match = pattern.exec(root);
    if (match) {
      const name = scope(match[1]);
      return { root, floor, scope: name, tags: [`floor:${floor}`, `scope:${name}`, ...(floor === 3 ? [`domain:${name}`] : [])] };
    }
  }
  return null;
}

/**
 * Whether code of one project may import another.
 * @param {{ floor: number | string, scope: string }} from
 * @param {{ floor: number | string, scope: string }} to
 */
export function mayImport(from, to) {
  if (from.scope === to.scope) return true;
  if (from.floor === 3 && to.floor === 3) return (DOMAIN_EDGES[from.scope] ?? []).includes(to.scope);
  return REACH[from.floor].includes(to.floor);
}

/** The same rules in the words of `@nx/enforce-module-boundaries`. */
export const DEPENDENCY_CONSTRAINTS = [
  ...Object.entries(REACH).filter(([floor]) => floor !== '3').map(([floor, reach]) => ({ sourceTag: `floor:${floor}`, onlyDependOnLibsWithTags: reach.map((to) => `floor:${to}`) })),
  ...Object.entries(DOMAIN_EDGES).map(([scope, edges]) => ({
    sourceTag: `domain:${scope}`,
    onlyDependOnLibsWithTags: ['floor:0', 'floor:1', 'floor:2', `domain:${scope}`, ...edges.map((edge) => `domain:${edge}`)],
  })),
];
