/**
 * One runner, one project per tier. The file name says the tier:
 *   *.spec.ts          unit: no Nest container, no database
 *   *.medium-spec.ts   real Postgres (a clone of a migrated template per file)
 *   test/<tier>/**     architecture, isolation, e2e, chaos
 */
const base = {
  rootDir: import.meta.dirname,
  testEnvironment: '<rootDir>/tools/jest-environment.mjs',
  testEnvironmentOptions: { customExportConditions: ['roster:source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', {
      jsc: {
        parser: { syntax: 'typescript', decorators: true, dynamicImport: true },
        transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        target: 'es2022', keepClassNames: true,
      },
      module: { type: 'es6' }, sourceMaps: 'inline',
    }],
  },
  transformIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/.*/dist/', '<rootDir>/.nx/', '<rootDir>/.roster'],
  setupFilesAfterEnv: ['<rootDir>/libs/testing/src/jest.setup.ts'],
};
const withPostgres = {
  globalSetup: '<rootDir>/libs/testing/src/postgres.global-setup.ts',
  globalTeardown: '<rootDir>/libs/testing/src/postgres.global-teardown.ts',
};
/** React components in jsdom: words are compiled by the same macro as in the build, styles are their class names. */
const component = {
  ...base,
  testEnvironment: 'jsdom',
  testEnvironmentOptions: { customExportConditions: ['roster:source', 'browser'] },
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleFileExtensions: ['ts', 'tsx', 'js', 'mjs', 'cjs', 'json', 'node'],
  moduleNameMapper: { '\\.module\\.css$': '<rootDir>/libs/testing/assets/css-module.mjs', '\\.css$': '<rootDir>/libs/testing/assets/css-module.mjs', ...base.moduleNameMapper },
  transform: { '^.+\\.tsx?$': ['<rootDir>/tools/jest-web-transform.mjs', {}] },
  setupFilesAfterEnv: ['<rootDir>/libs/testing/src/component.setup.ts'],
};
export default {
  projects: [
    { ...base, displayName: 'unit', testMatch: ['<rootDir>/{apps,libs}/**/src/**/*.spec.ts'] },
    { ...base, displayName: 'architecture', testMatch: ['<rootDir>/test/architecture/**/*.spec.ts'] },
    { ...base, ...withPostgres, displayName: 'medium', testMatch: ['<rootDir>/{apps,libs}/**/src/**/*.medium-spec.ts'] },
    { ...base, ...withPostgres, displayName: 'isolation', testMatch: ['<rootDir>/test/isolation/**/*.spec.ts'] },
    { ...base, ...withPostgres, displayName: 'jobs', testMatch: ['<rootDir>/test/{jobs,chaos}/**/*.spec.ts'] },
    { ...base, globalSetup: '<rootDir>/test/web/web.global-setup.ts', globalTeardown: '<rootDir>/test/web/web.global-teardown.ts', displayName: 'web', testMatch: ['<rootDir>/test/web/**/!(screens*).spec.ts'] },
    { ...base, displayName: 'screens', testMatch: ['<rootDir>/test/web/screens*.spec.ts'] },
    { ...component, displayName: 'component', testMatch: ['<rootDir>/{apps,libs}/**/src/**/*.spec.tsx'] },
    { ...base, ...withPostgres, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.spec.ts'] },
  ],
};
