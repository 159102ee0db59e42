import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import slice from '../../tools/nx/generators/slice/slice.mjs';
import { read, ROOT } from './source-tree.js';

/** The repository with what was written on top, nothing of it on disk. */
class OverlayTree {
  readonly written = new Map<string, string>();
  read(path: string): string | null { return this.written.get(path) ?? (existsSync(join(ROOT, path)) ? read(path) : null); }
  write(path: string, content: string): void { this.written.set(path, content); }
  exists(path: string): boolean { return this.written.has(path) || existsSync(join(ROOT, path)); }
}

const OPTIONS = { area: 'incidents', noun: 'near-miss', migration: '0990' };

describe('the slice generator', () => {
  it('writes a slice with its tests, wired in, which compiles against the code as it is', async () => {
    const tree = new OverlayTree();
    await slice(tree, OPTIONS);
    expect([...tree.written.keys()].sort()).toEqual([
      'libs/contracts/src/permission.ts', 'libs/contracts/src/problems/incidents.ts', 'libs/domain/incidents/src/incidents-http.module.ts', 'libs/domain/incidents/src/incidents.module.ts',
      ...['controller.medium-spec', 'controller', 'dto', 'mapper.spec', 'mapper', 'repository', 'service'].map((role) => `libs/domain/incidents/src/near-miss/near-miss.${role}.ts`),
      'libs/schema/migrations/0990_near_miss.sql', 'test/isolation/cases/incidents-near-miss.ts',
    ]);
    expect([...tree.written.values()].filter((text) => text.includes('<%'))).toEqual([]);

    const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.base.json'), (path) => ts.sys.readFile(path)) as { config: { compilerOptions: object } };
    const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT);
    const host = ts.createCompilerHost(options);
    const overlay = (path: string): string | undefined => tree.written.get(path.startsWith(`${ROOT}/`) ? path.slice(ROOT.length + 1) : path);
    const { fileExists, readFile, getSourceFile } = host;
    host.fileExists = (path) => overlay(path) !== undefined || fileExists(path);
    host.directoryExists = (path) => [...tree.written.keys()].some((file) => join(ROOT, file).startsWith(`${path}/`)) || ts.sys.directoryExists(path);
    host.readFile = (path) => overlay(path) ?? readFile(path);
    host.getSourceFile = (path, ...more) => { const text = overlay(path); return text === undefined ? getSourceFile(path, ...more) : ts.createSourceFile(path, text, options.target ?? ts.ScriptTarget.ES2022); };
    const program = ts.createProgram([...tree.written.keys()].filter((path) => path.endsWith('.ts')).map((path) => join(ROOT, path)), options, host);
    const wrong = [...tree.written.keys()].flatMap((path) => {
      const file = program.getSourceFile(join(ROOT, path));
      return file ? [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(({ messageText }) => `${path}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`) : [];
    });
    expect(wrong).toEqual([]);
  }, 60_000);

  it('refuses an unknown library and a slice that exists', async () => {
    await expect(slice(new OverlayTree(), { ...OPTIONS, area: 'cooking' })).rejects.toThrow(/no domain library/);
    await expect(slice(new OverlayTree(), { ...OPTIONS, noun: 'drill' })).rejects.toThrow(/exists already/);
  });
});
