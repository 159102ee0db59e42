import { JOB_NAMES, PERMISSION_NAMES, PROBLEMS } from '@roster/contracts';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { filesUnder, isTest, parse, read, SOURCES } from './source-tree.js';

const PRODUCT = SOURCES.filter((file) => !isTest(file));
const classesOf = (file: string): ts.ClassDeclaration[] => parse(file).statements.filter(ts.isClassDeclaration);
const has = (node: ts.HasModifiers, kind: ts.SyntaxKind): boolean => node.modifiers?.some((modifier) => modifier.kind === kind) ?? false;

describe('rule 8: scope is a typed argument', () => {
  const SCOPES = new Set(['TenantScope', 'SystemScope', 'Scope']);

  it('is the first argument of every public method of every repository', () => {
    const wrong: string[] = [];
    let methods = 0;
    for (const file of PRODUCT.filter((path) => path.endsWith('.repository.ts'))) {
      for (const { name, members, heritageClauses } of classesOf(file)) {
        if (!heritageClauses?.some((clause) => /Repository/.test(clause.getText()))) continue;
        for (const member of members) {
          if (!ts.isMethodDeclaration(member) || has(member, ts.SyntaxKind.PrivateKeyword) || has(member, ts.SyntaxKind.ProtectedKeyword) || has(member, ts.SyntaxKind.StaticKeyword)) continue;
          methods += 1;
          const type = member.parameters[0]?.type?.getText() ?? '(none)';
          if (!SCOPES.has(type)) wrong.push(`${file}: ${name?.text ?? '?'}.${member.name.getText()}(${type}, …)`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(methods).toBeGreaterThan(50);
  });

  it('comes from access for people and says so for the system: nobody else makes an authorised scope', () => {
    const allowed = ['libs/access/', 'libs/platform/context/', 'libs/platform/http/src/idempotency.interceptor.ts'];
    expect(PRODUCT.filter((file) => read(file).includes('TenantScope.authorised(') && !allowed.some((home) => file.startsWith(home)))).toEqual([]);
  });
});

describe('names', () => {
  const ROLES = ['entity', 'repository', 'service', 'usecase', 'query', 'dto', 'mapper', 'controller', 'errors', 'listener', 'job', 'module', 'guard', 'interceptor', 'filter', 'decorator', 'config', 'schema',
    'command', 'port', 'loader', 'builder', 'binding', 'queries', 'mutations', 'stories', 'samples', 'screens', 'types', 'worker'];

  it('are kebab-case with at most one role and one kind of test', () => {
    const name = new RegExp(`^[a-z0-9]+(-[a-z0-9]+)*(\\.(${ROLES.join('|')}))?(\\.(spec|medium-spec))?\\.tsx?$`);
    const special = /^((jest|component)\.setup|postgres\.(global-setup|global-teardown|server)|web\.global-(setup|teardown)|vite\.config|[a-z-]+\.golden\.spec)\.ts$/;
    // Files of the route tree are named by the addresses they answer.
    const route = /^apps\/web\/src\/pages\/.*\.tsx$/;
    const wrong = SOURCES.filter((file) => { const base = file.split('/').pop() ?? ''; return !name.test(base) && !special.test(base) && !route.test(file); });
    expect(wrong).toEqual([]);
  });

  it('never say utils, helpers, common, shared, misc or a version', () => {
    expect(SOURCES.filter((file) => /(^|[/-])(utils?|helpers?|common|shared|misc)(\/|(\.[a-z]+)*\.tsx?$)|-v\d+[./]/.test(file))).toEqual([]);
  });

  it('have no I prefix and no Impl', () => {
    const wrong = PRODUCT.flatMap((file) => parse(file).statements.flatMap((statement) =>
      (ts.isInterfaceDeclaration(statement) || ts.isClassDeclaration(statement)) && /^I[A-Z][a-z]|Impl$/.test(statement.name?.text ?? '') ? [`${file}: ${statement.name?.text ?? ''}`] : []));
    expect(wrong).toEqual([]);
  });

  it('follow one form for permissions, jobs, events and errors', () => {
    const events = [...read('libs/contracts/src/event.ts').matchAll(/^ {2}'([^']+)':/gm)].map(([, event]) => event ?? '');
    expect(PERMISSION_NAMES.filter((permission) => !/^[a-z]+(:[a-z]+(-[a-z]+)*){2}$/.test(permission))).toEqual([]);
    expect(JOB_NAMES.filter((job) => !/^[a-z]+\.[a-z]+(-[a-z]+)+$/.test(job))).toEqual([]);
    expect(events.filter((event) => !/^[a-z]+(\.[a-z]+(-[a-z]+)*){2}$/.test(event))).toEqual([]);
    expect(Object.keys(PROBLEMS).filter((code) => !/^[A-Z]+(_[A-Z]+)+$/.test(code))).toEqual([]);
    expect(events.length).toBeGreaterThan(10);
  });
});

describe('tests', () => {
  it('are never skipped, focused or left for later', () => {
    const wrong = SOURCES.filter((file) => isTest(file) && /\b(describe|it|test)\.(skip|only|todo|failing)\b|\b(xit|xdescribe|fit|fdescribe)\(/.test(read(file)) && !file.endsWith('architecture/shape.spec.ts'));
    expect(wrong).toEqual([]);
  });

  it('of the unit tier need neither Nest nor a database', () => {
    const wrong = SOURCES.filter((file) => /^(apps|libs)\/.*[^m]\.spec\.ts$/.test(file) && /from '(@nestjs\/testing|pg|typeorm)'|createTestDatabase|createTestContext|createTestApp/.test(read(file)));
    expect(wrong).toEqual([]);
  });

  it('of the medium tier always look from another organization when they touch a tenant table', () => {
    // Frameworks are the same for everybody: the library has no tables. A PlanBench puts a neighbour beside the organization that it asks.
    const missing = filesUnder('libs/domain', 'libs/access', 'libs/trail').filter((file) => file.endsWith('.medium-spec.ts') && !file.startsWith('libs/domain/frameworks/') && !/other|another|foreign|attacker|victim|second organi[sz]ation|PlanBench/i.test(read(file)));
    expect(missing).toEqual([]);
  });
});

describe('what stays out of the code', () => {
  it('machine paths and the way it was made', () => {
    const wrong = filesUnder('apps', 'libs', 'test', 'docs', 'tools').filter((file) => /\.(tsx?|mjs|md|sql|json|yml|css|html)$/.test(file) && !file.endsWith('architecture/shape.spec.ts'))
      .filter((file) => /\/work\/(main|shared)|\/tmp\/roster\b|\/home\/[a-z]+\//.test(read(file)));
    expect(wrong).toEqual([]);
  });
});
