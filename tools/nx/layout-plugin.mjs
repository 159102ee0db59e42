import { dirname } from 'node:path';
import { placeOf } from './project-layout.mjs';

const ROOT = '{workspaceRoot}';
const SOURCES = ['{projectRoot}/src/**/*', `${ROOT}/libs/contracts/src/**/*`, `${ROOT}/tsconfig*.json`, `${ROOT}/package-lock.json`];
const jest = (tier, root) => ({
  command: `jest --selectProjects ${tier} --passWithNoTests --testPathPatterns ${root}/src`,
  options: { env: { NODE_OPTIONS: '--experimental-vm-modules' } },
});

/** Gives every folder with a package.json under apps/ and libs/ its tags and targets. A folder outside the layout is an error. */
export const createNodesV2 = ['{apps,libs}/**/package.json', (files) => files.filter((file) => !/node_modules|\/dist\//.test(file)).map((file) => {
  const root = dirname(file);
  const place = placeOf(root);
  if (!place) throw new Error(`${root} has no place in the layout: see tools/nx/project-layout.mjs and docs/architecture.md`);
  return [file, {
    projects: {
      [root]: {
        root,
        sourceRoot: `${root}/src`,
        projectType: root.startsWith('apps/') ? 'application' : 'library',
        tags: place.tags,
        targets: {
          test: { ...jest('unit', root), cache: true, inputs: [...SOURCES, '^default'] },
          'test-medium': { ...jest('medium', root), cache: false },
          lint: { command: `eslint ${root}`, cache: true, inputs: [...SOURCES, `${ROOT}/eslint.config.mjs`, `${ROOT}/tools/nx/project-layout.mjs`] },
        },
      },
    },
  }];
})];

export const name = 'roster-layout';
