import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { EVIDENCE_KINDS, RISK_TIERS, SCOPE_CHANGE_KINDS, STAGES, TRI_STATES, WORKLOAD_KINDS } from '@roster/contracts';
import { classify } from './classify.command.js';
import { EXIT, explain, problemJson } from './complaint.js';
import { completionScript, SHELLS } from './completion.command.js';
import { connect, type GlobalOptions } from './connection.js';
import { addEvidence } from './evidence.command.js';
import { gate, GATE_EXIT } from './gate.command.js';
import { importFile, rollBackImport } from './import.command.js';
import { login, logout, whoami } from './login.command.js';
import { Output } from './output.js';
import { buildPack } from './pack-build.command.js';
import { verifyPackCommand } from './pack-verify.command.js';
import { getWorkload, listWorkloads, registerWorkload } from './workload.command.js';

let exitCode: number = EXIT.ok;
let failureCode: number = EXIT.failed;
const repeat = (value: string, before: string[]): string[] => [...before, value];
const wholeNumber = (value: string): number => {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError('expected a whole number.');
  return Number(value);
};
const choice = (flags: string, description: string, values: readonly string[]): Option => new Option(flags, description).choices([...values]);

/** An option with a fixed set of values that may be given several times. */
const choices = (flags: string, description: string, values: readonly string[]): Option => new Option(flags, `${description} (repeatable; ${values.join(', ')})`).default([], 'all')
  .argParser((value: string, before: string[]) => {
    if (!values.includes(value)) throw new InvalidArgumentError(`expected one of ${values.join(', ')}.`);
    return [...before, value];
  });

const program = new Command('roster')
  .description('Register AI workloads, bring evidence, ask where they stand, and take packs away that verify offline.')
  .addOption(new Option('--url <address>', 'address of the service (default: the one of the last login)').env('ROSTER_URL'))
  .addOption(new Option('--api-key <key>', 'API key, instead of a login; better given in the environment').env('ROSTER_API_KEY'))
  .addOption(new Option('--config <file>', 'where logins are kept (default: ~/.config/roster/credentials.json)').env('ROSTER_CONFIG'))
  .option('--json', 'one JSON value on standard output, for programs', false)
  .showHelpAfterError('(`roster --help`, or --help after any command)').showSuggestionAfterError().exitOverride();

const globals = (): GlobalOptions => program.opts<GlobalOptions>();
const output = (): Output => new Output(globals().json ?? false);
/** Runs a command and keeps its exit code. */
const keep = async (work: Promise<number>): Promise<void> => { exitCode = await work; };

program.command('login').description('sign in to a service, and remember it').argument('[address]', 'scheme, host and port; default http://localhost:3000')
  .option('--sign-up', 'create an organization, with you as its first administrator').option('--organization <name>', 'its name; when signing in: the id of one of several organizations')
  .option('--time-zone <zone>', 'IANA time zone of the organization; default: the one of this machine').option('--name <name>', 'your name').option('--email <address>', 'your e-mail address')
  .option('--password-stdin', 'read the password from standard input').option('--api-key-stdin', 'sign in with an API key from standard input')
  .action((address: string | undefined, options) => keep(login(address, { ...globals(), ...options }, output())));
program.command('logout').description('forget the login').action(() => keep(logout(globals(), output())));
program.command('whoami').description('show who is signed in, and where').action(async () => keep(whoami(await connect(globals()), output())));

program.command('import').description('import workloads from CSV, XLSX, JSON or NDJSON').argument('<file>', 'the file; encoding, delimiter and columns are found out')
  .option('--dry-run', 'only show what would happen').option('--map <column=field>', 'where a column goes, such as "Use case=name"; an empty field leaves it out (repeatable)', repeat, [])
  .option('--default <field=value>', 'value for all rows that have none (repeatable)', repeat, []).option('--upsert-by <field>', 'what says which workload a row is, such as key (repeatable)', repeat, [])
  .addOption(choice('--unmapped <what>', 'columns that no field fits: keep as custom fields, or leave out', ['custom', 'ignore']))
  .option('--formulas <what>', 'cells with formulas: reject, text or value').option('--encoding <name>', 'such as windows-1252').option('--delimiter <character>', 'of a CSV file').option('--sheet <name>', 'of an XLSX file')
  .option('--rejected <file>', 'keep the rejected rows in this file')
  .action(async (file: string, options) => keep(importFile(await connect(globals()), file, options, output())));
program.command('import-rollback').description('take a whole import back').argument('<id>', 'id of the import')
  .action(async (id: string) => keep(rollBackImport(await connect(globals()), id, output())));

const workload = program.command('workload').description('workloads of the inventory');
workload.command('list').description('list workloads, last changed first')
  .addOption(choices('--stage <stage>', 'only of this computed stage', STAGES)).addOption(choices('--risk-tier <tier>', 'only of this tier', RISK_TIERS))
  .option('--team <name>', 'only of this team (repeatable)', repeat, []).option('--filter <field=value>', 'any filter of the API, such as unowned=true (repeatable)', repeat, []).option('-q, --search <text>', 'text search')
  .option('--sort <field>', 'such as name or -riskTier').addOption(new Option('--limit <n>', 'most rows; 0 for all').default(50).argParser(wholeNumber)).option('--count', 'also say how many there are in all')
  .action(async (options) => keep(listWorkloads(await connect(globals()), options, output())));
workload.command('get').description('show a workload with facts and owners').argument('<workload>', 'key or id')
  .action(async (key: string) => keep(getWorkload(await connect(globals()), key, output())));
workload.command('register').description('register a workload').argument('<name>', 'its name')
  .addOption(choice('--kind <kind>', 'kind', WORKLOAD_KINDS).makeOptionMandatory()).requiredOption('--purpose <text>', 'what it is for').requiredOption('--team <name>', 'owning team')
  .addOption(choice('--real-data <answer>', 'does it process real user or customer data on request?', TRI_STATES).makeOptionMandatory()).option('--risk-owner <who>', 'member id, e-mail address, or me', 'me')
  .option('--key <key>', 'human key, such as SUPPORT-BOT; made from the name when left out').addOption(choice('--pii <answer>', 'does it handle personal data?', TRI_STATES)).addOption(choice('--tools <answer>', 'does it execute tools?', TRI_STATES))
  .addOption(choice('--risk-tier <tier>', 'risk tier; not set is treated as critical', RISK_TIERS)).option('--risk-tier-rationale <text>', 'why this tier').option('--on-call <who>', 'on-call owner: member id, e-mail address, or me')
  .option('--set <field=value>', 'any other text field of the API (repeatable)', repeat, [])
  .action(async (name: string, options) => keep(registerWorkload(await connect(globals()), name, options, output())));

program.command('classify').description('show the computed stage of a workload with its questions and gaps').argument('<workload>', 'key or id')
  .option('--what-if <fact=value>', 'suppose a fact, such as onCallOwner=yes; nothing is stored (repeatable)', repeat, []).option('--force', 'evaluate anew and store the result').option('--as-of <time>', 'as it was at an instant (RFC 3339)')
  .action(async (key: string, options) => keep(classify(await connect(globals()), key, options, output())));

program.command('gate').description('may it go to production, or may its scope grow? Exit code 0 pass, 1 fail, 2 frozen, 3 could not tell').argument('<workload>', 'key or id')
  .addOption(choice('--for <what>', 'what is asked for', ['production', ...SCOPE_CHANGE_KINDS.map((kind) => `scope-change:${kind}`)]).default('production')).option('--jws <file>', 'keep the signed verdict')
  .action(async (key: string, options) => {
    failureCode = GATE_EXIT.unknown;
    await keep(gate(await connect(globals()), key, options, output()));
  });

const evidence = program.command('evidence').description('evidence for workloads');
evidence.command('add').description('submit a file or an address as evidence').argument('<source>', 'file, or http(s) address')
  .addOption(choice('--kind <kind>', 'kind of evidence', EVIDENCE_KINDS).makeOptionMandatory()).option('--title <title>', 'default: the name of the file')
  .option('--workload <key>', 'what it is about (repeatable)', repeat, []).option('--criterion <id>', 'what it supports, such as a requirement id of your edition (repeatable)', repeat, [])
  .option('--effective-from <time>', 'from when it is true (RFC 3339)').option('--effective-to <time>', 'until when it is true').option('--expires <time>', 'when it stops counting')
  .option('--notes <text>', 'for the reviewer').option('--sha256 <hex>', 'expected digest of the content')
  .action(async (source: string, options) => keep(addEvidence(await connect(globals()), source, options, output())));

const pack = program.command('pack').description('evidence packs');
pack.command('build').description('build an evidence pack and download it; without choice: the whole inventory')
  .option('--workload <key>', 'only this workload (repeatable)', repeat, []).addOption(choices('--stage <stage>', 'only workloads of this stage', STAGES))
  .option('--team <name>', 'only workloads of this team (repeatable)', repeat, []).option('--edition <id>', 'framework edition for coverage').option('--as-of <time>', 'everything as it was known at this instant')
  .option('--from <time>', 'first instant of what happened over time').option('--to <time>', 'last instant of it').option('-o, --out <path>', 'file or folder')
  .action(async (options) => keep(buildPack(await connect(globals()), options, output())));
pack.command('verify').description('verify a pack: offline, without an account').argument('<file>', 'the pack, as downloaded')
  .option('--key <fingerprint or file>', 'key you trust: fingerprint from its publisher, or a PEM file')
  .action((file: string, options) => keep(verifyPackCommand(file, options, output())));

program.command('completion').description('completion script of a shell, such as: source <(roster completion bash)').addArgument(new Argument('<shell>').choices([...SHELLS]))
  .action((shell: (typeof SHELLS)[number]) => { process.stdout.write(completionScript(program, shell)); });

for (const command of [program, ...program.commands, ...program.commands.flatMap((sub) => sub.commands)]) command.exitOverride();
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.ok); // `roster ... | head`
  throw error;
});
try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  else {
    exitCode = (error as { exitCode?: number }).exitCode ?? failureCode;
    process.stderr.write(`${globals().json ? JSON.stringify(problemJson(error)) : explain(error)}\n`);
  }
}
process.exitCode = exitCode;
