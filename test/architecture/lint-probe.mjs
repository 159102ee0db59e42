/**
 * Runs code that breaks a rule through the linter of this repository, in one process, and prints what it reported.
 * Input on stdin: [{ code, filePath, typed }]. Output: for each probe the list of { ruleId, message }.
 */
import { ESLint } from 'eslint';

const TYPED_RULES = ['no-floating-promises', 'no-misused-promises', 'await-thenable', 'only-throw-error', 'switch-exhaustiveness-check'].map((name) => `@typescript-eslint/${name}`);
const typed = new ESLint();
// Without types a probe may stand in a file that does not exist.
const untyped = new ESLint({ overrideConfig: [{ files: ['**/*.ts', '**/*.tsx'], languageOptions: { parserOptions: { projectService: false } }, rules: Object.fromEntries(TYPED_RULES.map((rule) => [rule, 'off'])) }] });

let input = '';
for await (const chunk of process.stdin) input += chunk;
const results = [];
for (const { code, filePath, typed: withTypes } of JSON.parse(input)) {
  const [result] = await (withTypes ? typed : untyped).lintText(code, { filePath });
  results.push((result?.messages ?? []).map(({ ruleId, message }) => ({ ruleId, message })));
}
process.stdout.write(JSON.stringify(results));
