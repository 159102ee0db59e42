import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOMAIN_EDGES } from '../../project-layout.mjs';

const capital = (word) => word[0].toUpperCase() + word.slice(1);
/** Route names are plural; what English does not form with -s is renamed by hand. */
const pluralOf = (word) => (/[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : /(s|x|ch|sh)$/.test(word) ? `${word}es` : `${word}s`);

/** Puts text before a marker. A marker that is gone means the file has another shape than this generator knows. */
function insert(tree, path, marker, text) {
  const content = tree.read(path, 'utf8');
  if (content === null) throw new Error(`${path} does not exist: make the library first (package.json, src/index.ts, the three modules)`);
  const at = content.indexOf(marker);
  if (at < 0) throw new Error(`${path} has no ${JSON.stringify(marker)}: write the slice into it by hand, or teach tools/nx/generators/slice the new shape`);
  tree.write(path, content.slice(0, at) + text + content.slice(at));
}

/**
 * Writes a slice into a domain library: migration, repository, service, DTO, mapper, controller, their tests, its permissions, its problem,
 * and its entries in the tenant isolation matrix. Run: `npx nx g ./tools/nx:slice <area> <noun> --migration <number>`.
 * @param {import('@nx/devkit').Tree} tree
 * @param {{ area: string, noun: string, migration: string }} options
 */
export default async function slice(tree, { area, noun, migration }) {
  if (!(area in DOMAIN_EDGES)) throw new Error(`${area} is no domain library. There are: ${Object.keys(DOMAIN_EDGES).join(', ')}`);
  const words = noun.split('-');
  const names = {
    lowerTitle: words.join(' '), lowerPlural: pluralOf(words.join(' ')),
    area, noun, route: pluralOf(noun), table: words.join('_'), Class: words.map(capital).join(''), CONSTANT: words.join('_').toUpperCase(),
    title: capital(words.join(' ')), plural: capital(pluralOf(words.join(' '))), PROBLEM: `${area.toUpperCase().replaceAll('-', '_')}_${words.join('_').toUpperCase()}_NOT_FOUND`,
  };
  const src = `libs/domain/${area}/src`;
  const folder = `${src}/${noun}`;
  if (tree.exists(folder)) throw new Error(`${folder} exists already`);
  const render = (text) => text.replace(/<%= (\w+) %>/g, (_, name) => {
    if (!(name in names)) throw new Error(`A template asks for ${name}, which nobody knows`);
    return names[name];
  });
  const write = (template, path) => tree.write(path, render(readFileSync(join(import.meta.dirname, 'files', `${template}.template`), 'utf8')));
  for (const kind of ['repository.ts', 'dto.ts', 'mapper.ts', 'mapper.spec.ts', 'service.ts', 'controller.ts', 'controller.medium-spec.ts']) write(kind, `${folder}/${noun}.${kind}`);
  write('migration.sql', `libs/schema/migrations/${migration}_${names.table}.sql`);
  write('isolation.ts', `test/isolation/cases/${area}-${noun}.ts`);

  insert(tree, 'libs/contracts/src/permission.ts', '} as const;', `  '${area}:${noun}:read': 'Read ${names.lowerPlural}',\n  '${area}:${noun}:manage': 'Create and change ${names.lowerPlural}',\n`);
  insert(tree, `libs/contracts/src/problems/${area}.ts`, '} as const satisfies ProblemTable', `  ${names.PROBLEM}: { status: 404, title: 'No such ${names.lowerTitle}' },\n`);
  const core = `${src}/${area}.module.ts`;
  insert(tree, core, '\n/**', `import { ${names.Class}Repository } from './${noun}/${noun}.repository.js';\nimport { ${names.Class}Service } from './${noun}/${noun}.service.js';\n`);
  replace(tree, core, 'providers: [', `providers: [${names.Class}Repository, ${names.Class}Service, `);
  replace(tree, core, 'exports: [', `exports: [${names.Class}Service, `);
  const http = `${src}/${area}-http.module.ts`;
  insert(tree, http, '\n/**', `import { ${names.Class}Controller } from './${noun}/${noun}.controller.js';\n`);
  replace(tree, http, 'controllers: [', `controllers: [${names.Class}Controller, `);

  return () => console.log(`\nNext: give ${area}:${noun}:read and ${area}:${noun}:manage to roles in libs/access/src/role/role.ts, then\n  npm run gen && npm run check\n  npm run test:medium -- ${folder}`);
}

function replace(tree, path, marker, text) {
  insert(tree, path, marker, '');
  tree.write(path, tree.read(path, 'utf8').replace(marker, text));
}
