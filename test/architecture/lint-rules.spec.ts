import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { ROOT } from './source-tree.js';

const SERVICE = 'libs/domain/inventory/src/workload/probe.service.ts';
const REPOSITORY = 'libs/domain/inventory/src/workload/probe.repository.ts';
const CONTROLLER = 'libs/domain/inventory/src/workload/probe.controller.ts';
const TEST = 'libs/domain/inventory/src/workload/probe.spec.ts';

/** [what it breaks, file it stands in, code, rule that must object] */
const BROKEN: [string, string, string, string][] = [
  ['rule 1: a forward reference', SERVICE, `import { forwardRef } from '@nestjs/common';\nexport const x = forwardRef;`, 'roster/no-hidden-wiring'],
  ['rule 1: a module reference', SERVICE, `import { ModuleRef } from '@nestjs/core';\nexport const x = ModuleRef;`, 'roster/no-hidden-wiring'],
  ['rule 1: request scope', SERVICE, `import { Scope } from '@nestjs/common';\nexport const x = Scope.REQUEST;`, 'roster/no-request-scope'],
  ['rule 2: a deep import', SERVICE, `import { x } from '@roster/evidence/src/item.js';\nexport const y = x;`, 'roster/no-deep-import'],
  ['rule 2: a relative import across libraries', SERVICE, `import { x } from '../../../evidence/src/index.js';\nexport const y = x;`, '@nx/enforce-module-boundaries'],
  ['floors: upwards', 'libs/platform/http/src/probe.ts', `import { Access } from '@roster/access';\nexport const x = Access;`, '@nx/enforce-module-boundaries'],
  ['edges: against an arrow', SERVICE, `import { CoverageQuery } from '@roster/evidence';\nexport const x = CoverageQuery;`, '@nx/enforce-module-boundaries'],
  ['floors: the command line reaches for a library of the server', 'apps/cli/src/probe.ts', `import { Database } from '@roster/platform-database';\nexport const x = Database;`, '@nx/enforce-module-boundaries'],
  ['rule 3: a relation', 'libs/domain/inventory/src/workload/probe.entity.ts', `import { ManyToOne } from 'typeorm';\nexport const x = ManyToOne;`, 'roster/no-relation'],
  ['rule 4: the data source', SERVICE, `import { DataSource } from 'typeorm';\nexport const x = DataSource;`, 'roster/orm-doors'],
  ['rule 4: an entity manager as a type', SERVICE, `import type { EntityManager } from 'typeorm';\nexport type X = EntityManager;`, 'roster/orm-doors'],
  ['rule 4: the driver', SERVICE, `import { Pool } from 'pg';\nexport const x = Pool;`, 'roster/orm-doors'],
  ['rule 4: SQL in a string', SERVICE, `export const x = 'SELECT id FROM workload';`, 'roster/no-raw-sql'],
  ['rule 4: SQL in a template', SERVICE, 'export const x = (t: string): string => `\n  UPDATE workload SET name = ${t}`;', 'roster/no-raw-sql'],
  ['rule 4: SQL in a controller', CONTROLLER, `export const x = 'DELETE FROM workload';`, 'roster/no-raw-sql'],
  ['rule 5: the environment', SERVICE, `export const x = process.env['HOME'];`, 'roster/no-process-env'],
  ['rule 5: the environment by import', SERVICE, `import { env } from 'node:process';\nexport const x = env;`, 'roster/no-process-env'],
  ['rule 5: the queue', SERVICE, `import { Queue } from 'bullmq';\nexport const x = Queue;`, 'roster/queue-doors'],
  ['rule 5: Redis', REPOSITORY, `import { Redis } from 'ioredis';\nexport const x = Redis;`, 'roster/queue-doors'],
  ['rule 6: a controller sees a repository', CONTROLLER, `import { R } from './workload.repository.js';\nexport const x = R;`, 'roster/controller-stays-outside'],
  ['rule 6: a controller sees an entity', CONTROLLER, `import type { E } from './workload.entity.js';\nexport type X = E;`, 'roster/controller-stays-outside'],
  ['rule 6: a DTO knows an entity', 'libs/domain/inventory/src/workload/probe.dto.ts', `import type { E } from './workload.entity.js';\nexport type X = E;`, 'roster/dto-knows-no-entity'],
  ['rule 6: an entity knows a DTO', 'libs/domain/inventory/src/workload/probe.entity.ts', `import type { D } from './workload.dto.js';\nexport type X = D;`, 'roster/entity-knows-no-dto'],
  ['time: the local clock', SERVICE, 'export const x = new Date();', 'roster/no-local-clock'],
  ['time: Date.now', SERVICE, 'export const x = Date.now();', 'roster/no-local-clock'],
  ['roles: a comparison with a role name', SERVICE, `export const x = (role: string): boolean => role === 'admin';`, 'roster/no-role-name'],
  ['frameworks: a domain by its number', SERVICE, `export const x = 'PSF-3';`, 'roster/no-framework-meaning'],
  ['errors: swallowed', SERVICE, 'export const x = (work: Promise<void>): Promise<void> => work.catch(() => {});', 'roster/no-swallowed-error'],
  ['errors: swallowed in a block', SERVICE, 'export function x(): void { try { JSON.parse("x"); } catch {} }', 'no-empty'],
  ['types: any', SERVICE, 'export const x = (y: any): void => { void y; };', '@typescript-eslint/no-explicit-any'],
  ['types: ts-ignore', SERVICE, '// @ts-ignore because it is late\nexport const x: string = 1;', '@typescript-eslint/ban-ts-comment'],
  ['work left over', SERVICE, '// TODO: later\nexport const x = 1;', 'no-warning-comments'],
  ['web: HTML from a string', 'apps/web/src/shell/probe.tsx', 'export const X = ({ text }: { text: string }) => <p dangerouslySetInnerHTML={{ __html: text }} />;', 'roster/no-raw-html'],
  ['web: a secret in storage', 'apps/web/src/shell/probe.tsx', `export const keep = (token: string): void => localStorage.setItem('x', token);`, 'roster/no-secret-in-storage'],
  ['web: a library of the server', 'apps/web/src/shell/probe.tsx', `import { Database } from '@roster/platform-database';\nexport const x = Database;`, '@nx/enforce-module-boundaries'],
  ['web: a component that fetches', 'libs/ui/src/text/probe.tsx', `import { useQuery } from '@tanstack/react-query';\nexport const x = useQuery;`, 'roster/ui-fetches-nothing'],
  ['web: a hook in a condition', 'libs/ui/src/text/probe.tsx', `import { useState } from 'react';\nexport function useX(on: boolean): void { if (on) useState(1); }`, 'react-hooks/rules-of-hooks'],
  ['the linter switched off', SERVICE, '/* eslint-disable */\nexport const x = (y: any): void => { void y; };', '@typescript-eslint/no-explicit-any'],
];

/** The same where it is allowed: each exemption is as narrow as it looks. */
const ALLOWED: [string, string, string][] = [
  ['SQL in a repository', REPOSITORY, `export const x = 'SELECT id FROM workload';`],
  ['the environment in its room', 'libs/platform/config/src/probe.ts', `export const x = process.env['HOME'];`],
  ['the queue in its room', 'libs/platform/queue/src/probe.ts', `import { Queue } from 'bullmq';\nexport const x = Queue;`],
  ['a listed domain edge', 'libs/domain/evidence/src/probe.ts', `import { InventoryModule } from '@roster/inventory';\nexport const x = InventoryModule;`],
  ['a date from a value', SERVICE, `export const x = new Date('2026-05-01T00:00:00Z');`],
  ['the name of an owner role', SERVICE, `export const x = (role: string): boolean => role === 'risk_owner';`],
  ['fixed times and framework ids in a test', TEST, `export const x = [new Date(), 'PSF-3'];`],
];

const TYPED: [string, string, string][] = [
  ['a promise nobody waits for', 'export async function x(): Promise<void> { await Promise.resolve(); }\nx();', '@typescript-eslint/no-floating-promises'],
  ['a promise as a condition', 'export async function x(): Promise<boolean> { return true; }\nif (x()) throw new Error();', '@typescript-eslint/no-misused-promises'],
  ['a thrown text', `export const x = (): never => { throw 'no'; };`, '@typescript-eslint/only-throw-error'],
  ['a switch with a hole', `export function x(y: 'a' | 'b'): number { switch (y) { case 'a': return 1; } return 2; }`, '@typescript-eslint/switch-exhaustiveness-check'],
];

describe('the lint rules of the architecture', () => {
  let reports: { ruleId: string | null; message: string }[][] = [];
  const probes = [
    ...BROKEN.map(([, filePath, code]) => ({ filePath, code, typed: false })), ...ALLOWED.map(([, filePath, code]) => ({ filePath, code, typed: false })),
    ...TYPED.map(([, code]) => ({ filePath: 'libs/contracts/src/value-sets.ts', code, typed: true })),
  ];
  beforeAll(() => {
    const run = spawnSync(process.execPath, [join(import.meta.dirname, 'lint-probe.mjs')], { cwd: ROOT, input: JSON.stringify(probes), encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' }, maxBuffer: 16_777_216 });
    if (run.status !== 0) throw new Error(run.stderr);
    reports = JSON.parse(run.stdout) as typeof reports;
  }, 120_000);

  it.each(BROKEN.map(([what, , , rule], index) => [what, rule, index] as const))('%s is refused by %s', (_, rule, index) => {
    expect(reports[index]?.map(({ ruleId }) => ruleId)).toContain(rule);
  });

  it.each(ALLOWED.map(([what], index) => [what, BROKEN.length + index] as const))('%s is allowed', (_, index) => {
    expect(reports[index]).toEqual([]);
  });

  it.each(TYPED.map(([what, , rule], index) => [what, rule, BROKEN.length + ALLOWED.length + index] as const))('%s is refused by %s', (_, rule, index) => {
    expect(reports[index]?.map(({ ruleId }) => ruleId)).toContain(rule);
  });
});
