/**
 * The rules of docs/architecture.md section 2 that a linter can see, each under its own name (`roster/...`), so that a file group is
 * exempt from one rule and never by accident from another. Rules about the whole graph are in test/architecture.
 */
import { createProjectGraphAsync } from '@nx/devkit';
import nx from '@nx/eslint-plugin';
import { builtinRules } from 'eslint/use-at-your-own-risk';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { DEPENDENCY_CONSTRAINTS } from './tools/nx/project-layout.mjs';

// The boundary rule skips itself when nobody has computed the project graph yet; a rule that skips is no rule.
process.env.NX_DAEMON = 'false';
await createProjectGraphAsync({ exitOnError: false });

const imports = tseslint.plugin.rules['no-restricted-imports'];
const syntax = builtinRules.get('no-restricted-syntax');

const TESTS = ['**/*.spec.ts', '**/*.spec.tsx', '**/*.medium-spec.ts', 'test/**/*.ts', 'libs/testing/**/*.ts', 'libs/**/testing/**/*.ts'];
const SQL_HOMES = ['libs/platform/database/**', '**/*.repository.ts', 'libs/schema/**'];

const roster = {
  rules: {
    'no-deep-import': imports, 'orm-doors': imports, 'no-relation': imports, 'queue-doors': imports, 'controller-stays-outside': imports,
    'dto-knows-no-entity': imports, 'entity-knows-no-dto': imports, 'no-hidden-wiring': imports, 'jest-globals': imports,
    'no-raw-sql': syntax, 'no-process-env': syntax, 'no-local-clock': syntax, 'no-request-scope': syntax, 'no-role-name': syntax, 'no-framework-meaning': syntax,
    'no-swallowed-error': syntax, 'no-raw-html': syntax, 'no-secret-in-storage': syntax, 'ui-fetches-nothing': imports,
  },
};

const SQL_START = '/^\\s*(SELECT\\s|INSERT\\s+INTO\\s|UPDATE\\s+\\S+\\s+SET\\s|DELETE\\s+FROM\\s|WITH\\s+\\w+\\s+AS\\s*\\(|COPY\\s+\\S+\\s+(FROM|TO)|BEGIN(;|$)|CALL\\s+\\w+\\()/i';

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '.nx/**', '.roster*/**', 'libs/api-client/src/generated/**', '**/route-tree.gen.ts', 'coverage/**', 'tmp/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { roster, '@nx': nx },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false, attributes: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true, 'ts-ignore': true, 'ts-nocheck': true, 'ts-check': false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none', ignoreRestSiblings: true }],
      '@typescript-eslint/no-empty-object-type': 'error',
      // An error that is caught is handled, reported or explained; an empty block is none of these (a comment is an explanation).
      'no-empty': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'], location: 'start' }],
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      // Rule 2: other libraries through their one door only.
      'roster/no-deep-import': ['error', { patterns: [{ regex: '^@roster/[^/]+/.+', message: 'Import @roster/<name>: a library has one door.' }] }],
      // Rule 1: no wiring behind the back of the module graph.
      'roster/no-hidden-wiring': ['error', {
        paths: [
          { name: '@nestjs/common', importNames: ['forwardRef'], message: 'A forward reference hides a cycle: publish an event or declare a port.' },
          { name: '@nestjs/core', importNames: ['ModuleRef', 'LazyModuleLoader'], message: 'Ask for what you need in the constructor.' },
        ],
      }],
      'roster/no-request-scope': ['error', { selector: "MemberExpression[object.name='Scope'][property.name='REQUEST']", message: 'Request scope rebuilds the graph per request: pass a TenantScope.' }],
      // Rule 3.
      'roster/no-relation': ['error', {
        paths: [{ name: 'typeorm', importNames: ['ManyToOne', 'OneToMany', 'OneToOne', 'ManyToMany', 'JoinColumn', 'JoinTable', 'RelationId', 'Tree', 'TreeParent', 'TreeChildren'],
          message: 'Keep an id column and put the foreign key into SQL.' }],
      }],
      // Rule 4.
      'roster/orm-doors': ['error', {
        paths: [
          { name: 'typeorm', importNames: ['DataSource', 'EntityManager', 'QueryRunner', 'Repository', 'TypeORMError', 'QueryFailedError', 'getRepository', 'InjectRepository'],
            message: 'The database is reached through *.repository.ts and platform/database.' },
          { name: '@nestjs/typeorm', message: 'Repositories extend TenantRepository.' },
          { name: 'pg', message: 'The database is reached through *.repository.ts and platform/database.' },
          { name: 'pg-copy-streams', message: 'The database is reached through *.repository.ts and platform/database.' },
        ],
      }],
      'roster/no-raw-sql': ['error',
        { selector: `Literal[value=${SQL_START}]`, message: 'SQL lives in *.repository.ts, platform/database and migrations.' },
        { selector: `TemplateLiteral > TemplateElement:first-child[value.raw=${SQL_START}]`, message: 'SQL lives in *.repository.ts, platform/database and migrations.' }],
      // Rule 5.
      'roster/no-process-env': ['error',
        { selector: "MemberExpression[object.name='process'][property.name='env']", message: 'Ask RosterConfig: the environment is read in platform/config only.' },
        { selector: "ImportDeclaration[source.value=/^(node:)?process$/] ImportSpecifier[imported.name='env']", message: 'Ask RosterConfig: the environment is read in platform/config only.' }],
      'roster/queue-doors': ['error', {
        paths: [{ name: 'bullmq', message: 'Enqueue through platform/queue.' }, { name: 'ioredis', message: 'Redis is reached through platform/queue.' }, { name: '@nestjs/bullmq', message: 'Enqueue through platform/queue.' }],
      }],
      // Business time comes from Clock.
      'roster/no-local-clock': ['error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Ask Clock for the time.' },
        { selector: "CallExpression[callee.name='Date'][arguments.length=0]", message: 'Ask Clock for the time.' },
        { selector: "MemberExpression[object.name='Date'][property.name='now']", message: 'Ask Clock for the time.' },
        { selector: "MemberExpression[object.name='Temporal'][property.name='Now']", message: 'Ask Clock for the time.' }],
      // Permissions only.
      'roster/no-role-name': ['error',
        { selector: 'BinaryExpression[operator=/^[!=]==?$/] > Literal[value=/^(admin|contributor|auditor|viewer)$/]', message: 'Ask for a permission, never for a role.' },
        { selector: 'SwitchCase > Literal[value=/^(admin|contributor|auditor|viewer)$/]', message: 'Ask for a permission, never for a role.' }],
      // Frameworks are data (domain.md section 2).
      'roster/no-framework-meaning': ['error',
        { selector: 'Literal[value=/\\bPSF-\\d/]', message: 'No code knows what a domain of a framework means: ask the edition.' },
        { selector: 'TemplateElement[value.raw=/\\bPSF-\\d/]', message: 'No code knows what a domain of a framework means: ask the edition.' }],
      'roster/no-swallowed-error': ['error',
        { selector: "CallExpression[callee.property.name='catch'] > ArrowFunctionExpression > BlockStatement[body.length=0]", message: 'An error is handled, reported or thrown on.' },
        { selector: "CallExpression[callee.property.name='then'][arguments.length=2] > ArrowFunctionExpression:last-child > BlockStatement[body.length=0]", message: 'An error is handled, reported or thrown on.' }],
    },
  },
  // Rule 6.
  {
    files: ['**/*.controller.ts'],
    plugins: { roster },
    rules: { 'roster/controller-stays-outside': ['error', { patterns: [{ regex: '\\.(repository|entity)\\.js$', message: 'A controller asks a service; it sees neither table nor entity.' }] }] },
  },
  {
    files: ['**/*.dto.ts'],
    plugins: { roster },
    rules: { 'roster/dto-knows-no-entity': ['error', { patterns: [{ regex: '\\.(entity|repository)\\.js$', message: 'DTO and entity meet in the mapper only.' }] }] },
  },
  {
    files: ['**/*.entity.ts'],
    plugins: { roster },
    rules: { 'roster/entity-knows-no-dto': ['error', { patterns: [{ regex: '\\.(dto|controller)\\.js$', message: 'DTO and entity meet in the mapper only.' }] }] },
  },
  // Floors and edges. Tests may use @roster/testing, which stands on the libraries they test; test/architecture judges them.
  {
    files: ['apps/**/*.{ts,tsx}', 'libs/**/*.{ts,tsx}'],
    ignores: TESTS,
    plugins: { '@nx': nx },
    rules: { '@nx/enforce-module-boundaries': ['error', { allow: [], enforceBuildableLibDependency: false, banTransitiveDependencies: false,
      // Tests of every library use @roster/testing, which uses the libraries. Cycles without it are found here, all of them in test/architecture.
      ignoredCircularDependencies: [['*', 'tag:floor:testing']],
      depConstraints: DEPENDENCY_CONSTRAINTS }] },
  },
  // The web: hooks by the rules, no HTML from strings, nothing secret in storage.
  {
    files: ['apps/web/**/*.{ts,tsx}', 'libs/ui/**/*.{ts,tsx}'],
    plugins: { roster, 'react-hooks': reactHooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      'roster/no-raw-html': ['error',
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: 'Text is text: React escapes it.' },
        { selector: "AssignmentExpression[left.property.name=/^(innerHTML|outerHTML)$/]", message: 'Text is text: React escapes it.' },
        { selector: "CallExpression[callee.property.name=/^(insertAdjacentHTML|write|writeln)$/][callee.object.name='document']", message: 'Text is text: React escapes it.' },
        { selector: "CallExpression[callee.name=/^(eval|Function)$/], NewExpression[callee.name='Function']", message: 'The policy of the page runs no code from text.' }],
      'roster/no-secret-in-storage': ['error',
        { selector: "CallExpression[callee.object.name=/^(localStorage|sessionStorage)$/][callee.property.name='setItem'] Identifier[name=/(token|secret|password|apiKey)/i]", message: 'Storage is readable by whoever sits at this browser: secrets stay in the HttpOnly cookie.' }],
    },
  },
  {
    files: ['libs/ui/**/*.{ts,tsx}'],
    plugins: { roster },
    rules: { 'roster/ui-fetches-nothing': ['error', { paths: [{ name: '@tanstack/react-query', message: 'libs/ui shows what it is given: fetch in apps/web.' }, { name: '@roster/api-client', message: 'libs/ui shows what it is given: fetch in apps/web.' }, { name: '@tanstack/react-router', message: 'libs/ui knows no addresses: take a render prop.' }] }] },
  },
  // Exemptions, one rule at a time.
  // Words of people are no SQL, and no database is within reach of a browser.
  { files: ['apps/web/**', 'libs/ui/**'], rules: { 'roster/no-raw-sql': 'off' } },
  { files: ['apps/web/vite.config.ts'], rules: { 'roster/no-process-env': 'off' } },
  { files: ['apps/web/src/clock/**'], rules: { 'roster/no-local-clock': 'off' } },
  { files: ['apps/web/src/gallery/**'], rules: { 'roster/no-framework-meaning': 'off' } },
  // The router is told of redirects and missing pages by throwing what it made for that.
  { files: ['apps/web/src/pages/**'], rules: { '@typescript-eslint/only-throw-error': 'off' } },
  { files: [...SQL_HOMES, ...TESTS, 'apps/ops/**'], rules: { 'roster/orm-doors': 'off', 'roster/no-raw-sql': 'off' } },
  { files: ['libs/platform/config/**', ...TESTS], rules: { 'roster/no-process-env': 'off' } },
  { files: ['libs/platform/queue/**', ...TESTS], rules: { 'roster/queue-doors': 'off' } },
  { files: ['libs/platform/context/src/clock.ts', 'libs/platform/context/src/file-clock.ts', ...TESTS], rules: { 'roster/no-local-clock': 'off' } },
  { files: ['libs/platform/**'], rules: { 'roster/no-hidden-wiring': 'off' } },
  { files: ['libs/access/src/role/**', ...TESTS], rules: { 'roster/no-role-name': 'off' } },
  { files: TESTS, rules: { 'roster/no-framework-meaning': 'off', '@typescript-eslint/only-throw-error': 'off' } },
  { files: ['apps/cli/**', 'apps/ops/**', 'tools/**'], rules: { 'no-console': 'off' } },
);
