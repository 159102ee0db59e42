import { Argument, Command, CommanderError, Option } from 'commander';
import { EVIDENCE_KINDS } from '@roster/contracts';
import { EXIT, explain, problemJson } from './complaint.js';
import { completionScript, SHELLS } from './completion.command.js';
import { connect, type GlobalOptions } from './connection.js';
import { addEvidence } from './evidence.command.js';
import { login, logout, whoami } from './login.command.js';
import { Output } from './output.js';
import { verifyPackCommand } from './pack-verify.command.js';

let exitCode: number = EXIT.ok;
let failureCode: number = EXIT.failed;
const repeat = (value: string, before: string[]): string[] => [...before, value];
const choice = (flags: string, description: string, values: readonly string[]): Option => new Option(flags, description).choices([...values]);

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

const evidence = program.command('evidence').description('evidence for workloads');
evidence.command('add').description('submit a file or an address as evidence').argument('<source>', 'file, or http(s) address')
  .addOption(choice('--kind <kind>', 'kind of evidence', EVIDENCE_KINDS).makeOptionMandatory()).option('--title <title>', 'default: the name of the file')
  .option('--workload <key>', 'what it is about (repeatable)', repeat, []).option('--criterion <id>', 'what it supports, such as a requirement id of your edition (repeatable)', repeat, [])
  .option('--effective-from <time>', 'from when it is true (RFC 3339)').option('--effective-to <time>', 'until when it is true').option('--expires <time>', 'when it stops counting')
  .option('--notes <text>', 'for the reviewer').option('--sha256 <hex>', 'expected digest of the content')
  .action(async (source: string, options) => keep(addEvidence(await connect(globals()), source, options, output())));

const pack = program.command('pack').description('evidence packs');
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
