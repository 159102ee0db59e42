/** The command line as a user runs it: processes, exit codes, standard output and error, against a started stack. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Launcher } from './launcher.js';

jest.setTimeout(120_000);
const repository = fileURLToPath(new URL('../../', import.meta.url));

describe('roster', () => {
  let home: string;
  let stack: Launcher;
  const roster = async (args: string[], options: { stdin?: string; env?: Record<string, string> } = {}): Promise<{ code: number; out: string; err: string; json: Record<string, unknown> }> => {
    const { NODE_OPTIONS: _options, ...inherited } = process.env;
    const child = spawn(process.execPath, ['apps/cli/bin/roster.mjs', ...args], { cwd: repository, env: { ...inherited, ROSTER_CONFIG: join(home, 'login.json'), ...options.env } });
    child.stdin.end(options.stdin ?? '');
    const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit') as Promise<[number]>]);
    const value = ((): Record<string, unknown> => {
      try {
        return JSON.parse(out) as Record<string, unknown>;
      } catch {
        return {};
      }
    })();
    return { code, out, err, json: value };
  };
  const ok = async (...call: Parameters<typeof roster>): ReturnType<typeof roster> => {
    const result = await roster(...call);
    expect({ call: call[0].join(' '), code: result.code, ...(result.code === 0 ? {} : { err: result.err, out: result.out }) }).toEqual({ call: call[0].join(' '), code: 0 });
    return result;
  };

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'roster-cli-'));
    stack = await Launcher.start(join(home, 'roster'));
  });
  afterAll(async () => {
    await stack.interrupt();
    await rm(home, { recursive: true, force: true });
  });

  it('asks to sign in first', async () => {
    const { code, err } = await roster(['workload', 'list']);
    expect(code).toBe(1);
    expect(err).toContain('Not signed in.\nRun `roster login`');
  });

  it('signs up, keeps a key in a private file, and knows who is there', async () => {
    const { out } = await ok(['login', stack.url, '--sign-up', '--organization', 'Cli Ltd', '--time-zone', 'Europe/Rome', '--name', 'Ada', '--email', 'ada@cli.example', '--password-stdin'], { stdin: 'correct horse battery staple\n' });
    expect(out).toContain(`Signed in to ${stack.url} as ada@cli.example (Cli Ltd).`);
    const file = await readFile(join(home, 'login.json'), 'utf8');
    expect((await stat(join(home, 'login.json'))).mode & 0o777).toBe(0o600);
    expect(file).not.toContain('battery');
    const { json } = await ok(['whoami', '--json']);
    expect(json).toMatchObject({ user: { email: 'ada@cli.example' }, organization: { name: 'Cli Ltd', timeZone: 'Europe/Rome' }, via: 'api_key' });
  });

  it('says what is wrong with a password, and a wrong one', async () => {
    const short = await roster(['login', stack.url, '--sign-up', '--organization', 'X', '--name', 'Y', '--email', 'y@cli.example', '--password-stdin', '--config', join(home, 'other.json')], { stdin: 'short\n' });
    expect(short.code).toBe(1);
    expect(short.err).toMatch(/password/i);
    const wrong = await roster(['login', stack.url, '--email', 'ada@cli.example', '--password-stdin', '--config', join(home, 'other.json')], { stdin: 'not the right password\n' });
    expect(wrong.code).toBe(1);
    await expect(stat(join(home, 'other.json'))).rejects.toThrow('ENOENT');
  });

  it('imports: a dry run writes nothing, the import does, twice changes nothing; rejected rows are kept', async () => {
    const file = join(home, 'inventory.csv');
    await writeFile(file, 'Name,Purpose,Team,Kind,Handles PII\nInvoice reader,Reads invoices,Finance,vision,no\nTicket router,Routes tickets,Support,ml,yes\n,No name at all,Support,model,no\n');
    const dry = await roster(['import', file, '--dry-run', '--json']);
    expect(dry.json).toMatchObject({ status: 'succeeded', dryRun: true, result: { total: 3, rejected: 1 } });
    expect((await ok(['workload', 'list', '--json'])).json).toEqual({ items: [], truncated: false });
    const real = await roster(['import', file, '--rejected', join(home, 'rejected.csv'), '--json']);
    expect(real.code).toBe(1);
    expect(real.json).toMatchObject({ result: { total: 3, created: 2, rejected: 1 } });
    expect(await readFile(join(home, 'rejected.csv'), 'utf8')).toContain('No name at all');
    expect((await roster(['import', file, '--json'])).json).toMatchObject({ result: { created: 0, updated: 0, unchanged: 2 } });
    const people = await roster(['import', file]);
    expect(people.out).toMatch(/3 rows accounted for:/);
    expect(people.out).toMatch(/Column +Field +Decided +Filled/);
  });

  it('takes an import back', async () => {
    const file = join(home, 'extra.json');
    await writeFile(file, JSON.stringify([{ name: 'Only for a moment', team: 'Support' }]));
    const { json } = await ok(['import', file, '--json']);
    const { out } = await ok(['import-rollback', String(json['id'])]);
    expect(out).toContain('1 workloads withdrawn');
  });

  it('registers, lists, filters and shows', async () => {
    const { out } = await ok(['workload', 'register', 'Support bot', '--key', 'SUPPORT-BOT', '--kind', 'agent', '--purpose', 'Answers customers', '--team', 'Support', '--real-data', 'yes', '--pii', 'no', '--tools', 'no', '--risk-tier', 'low', '--risk-tier-rationale', 'Public help pages']);
    expect(out).toContain('Registered SUPPORT-BOT.');
    const again = await roster(['workload', 'register', 'Support bot', '--key', 'SUPPORT-BOT', '--kind', 'agent', '--purpose', 'x', '--team', 'Support', '--real-data', 'yes']);
    expect(again.code).toBe(1);
    expect(again.err).toMatch(/SUPPORT-BOT/);
    expect((await ok(['workload', 'list', '--filter', 'unowned=true', '--count'])).out).toMatch(/2 in all/);
    const limited = await ok(['workload', 'list', '--limit', '1', '--json']);
    expect(limited.json).toMatchObject({ truncated: true });
    expect((await ok(['workload', 'list', '-q', 'customers', '--json'])).json).toMatchObject({ items: [{ key: 'SUPPORT-BOT' }] });
    const shown = await ok(['workload', 'get', 'SUPPORT-BOT']);
    expect(shown.out).toMatch(/processesRealData +yes/);
    const missing = await roster(['workload', 'get', 'NOT-THERE', '--json']);
    expect(missing.code).toBe(1);
    expect(JSON.parse(missing.err)).toMatchObject({ code: 'INVENTORY_WORKLOAD_NOT_FOUND', status: 404 });
  });

  it('classifies, supposes, and gates with exit codes', async () => {
    const { out } = await ok(['classify', 'SUPPORT-BOT']);
    expect(out).toMatch(/SUPPORT-BOT is PILOT/);
    expect(out).toContain('What stands in the way:');
    const supposed = await ok(['classify', 'SUPPORT-BOT', '--what-if', 'processesRealData=no', '--json']);
    expect(supposed.json).toMatchObject({ stage: 'experiment', id: null });
    const failed = await roster(['gate', 'SUPPORT-BOT', '--json', '--jws', join(home, 'verdict.jws')]);
    expect(failed.code).toBe(1);
    expect(failed.json).toMatchObject({ verdict: 'fail', workload: 'SUPPORT-BOT' });
    expect((await readFile(join(home, 'verdict.jws'), 'utf8')).trim().split('.')).toHaveLength(3);
    expect((await roster(['gate', 'SUPPORT-BOT', '--for', 'scope-change:more_traffic'])).code).toBe(0);
    await ok(['workload', 'register', 'Refund agent', '--key', 'REFUND', '--kind', 'agent', '--purpose', 'Refunds', '--team', 'Support', '--real-data', 'yes', '--pii', 'yes', '--tools', 'yes']);
    expect((await roster(['gate', 'REFUND', '--for', 'scope-change:more_traffic'])).code).toBe(2);
    expect((await roster(['gate', 'NOT-THERE'])).code).toBe(3);
    expect((await roster(['gate', 'SUPPORT-BOT', '--url', 'http://127.0.0.1:9', '--api-key', 'roster_x_y'])).code).toBe(3);
    expect((await roster(['gate', 'SUPPORT-BOT', '--for', 'anything'])).code).toBe(64);
  });

  it('adds evidence from a file and from an address', async () => {
    const file = join(home, 'report.md');
    await writeFile(file, '# Report\n');
    const { json } = await ok(['evidence', 'add', file, '--kind', 'document', '--workload', 'SUPPORT-BOT', '--expires', '2099-01-01T00:00:00Z', '--json']);
    expect(json).toMatchObject({ version: 1, status: 'submitted', links: [{ criterion: null }] });
    await ok(['evidence', 'add', 'https://example.com/policy', '--kind', 'link', '--title', 'Policy', '--workload', 'SUPPORT-BOT']);
    expect((await roster(['evidence', 'add', join(home, 'nothing.pdf'), '--kind', 'document'])).err).toMatch(/cannot be read \(ENOENT\)/);
    expect((await roster(['evidence', 'add', file, '--kind', 'rumour'])).code).toBe(64);
  });

  it('builds a pack, verifies it offline, and notices one flipped byte', async () => {
    const { json } = await ok(['pack', 'build', '--workload', 'SUPPORT-BOT', '--out', home, '--json']);
    const file = String(json['file']);
    const { keyFingerprint } = json['result'] as { keyFingerprint: string };
    const keys = spawn(process.execPath, ['apps/ops/bin/roster-ops.mjs', 'keys', '--json'], { cwd: repository, env: { ...process.env, NODE_OPTIONS: '', ROSTER_HOME: join(home, 'roster') } });
    expect(JSON.parse(await text(keys.stdout))).toMatchObject({ keyId: keyFingerprint });
    const offline = { env: { ROSTER_URL: 'http://127.0.0.1:9' } };
    expect((await ok(['pack', 'verify', file, '--key', keyFingerprint], offline)).out).toMatch(/\nVERIFIED\nSigned by key [0-9a-f]{64}\n$/);
    expect((await ok(['pack', 'verify', file], offline)).out).toContain('Nobody has compared this key yet');
    expect((await roster(['pack', 'verify', file, '--key', '0'.repeat(64)], offline)).code).toBe(1);
    const bytes = await readFile(file);
    bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 1;
    await writeFile(join(home, 'flipped.zip'), bytes);
    const flipped = await roster(['pack', 'verify', join(home, 'flipped.zip'), '--json'], offline);
    expect(flipped.code).toBe(1);
    expect(flipped.json).toMatchObject({ ok: false });
  });

  it('completes commands and options in the shell', async () => {
    await writeFile(join(home, 'completion.bash'), (await ok(['completion', 'bash'])).out);
    const complete = async (...words: string[]): Promise<string[]> => {
      const child = spawn('bash', ['-c', `source ${join(home, 'completion.bash')}; COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _roster_completion; printf '%s\\n' "\${COMPREPLY[@]}"`]);
      return (await text(child.stdout)).trim().split('\n');
    };
    expect(await complete('roster', 'wo')).toEqual(['workload']);
    expect(await complete('roster', 'workload', '')).toEqual(expect.arrayContaining(['list', 'get', 'register']));
    expect(await complete('roster', 'pack', 'build', '--ed')).toEqual(['--edition']);
  });

  it('signs out', async () => {
    await ok(['logout']);
    expect((await roster(['whoami'])).err).toContain('Not signed in');
  });
});
