import 'reflect-metadata';
import { Command } from 'commander';
import { StartProblem } from '@roster/platform-embedded';
import { addDemoCommand, removeDemoCommand, writeDemoProcess } from './demo/demo.command.js';
import { showKeys } from './keys.command.js';
import { migrateCommand } from './migrate.command.js';
import { up } from './up.command.js';

const program = new Command('roster-ops').description('Operator commands of a Roster installation. Settings: docs/reference/configuration.md.').showHelpAfterError();
let exitCode = 0;
const keep = (work: () => Promise<number>) => async (): Promise<void> => { exitCode = await work(); };

program.command('up').description('start everything: database, API, worker (what `npm start` does)').option('--demo', 'also add a demo organization with made-up workloads', false)
  .action((options) => keep(() => up(options))());
program.command('migrate').description('create roles and database where missing, and apply pending migrations').action(() => keep(migrateCommand)());
const demo = program.command('demo').description('the demo organization with made-up workloads');
demo.command('add').description('write it, with a past of eleven months').action(() => keep(addDemoCommand)());
demo.command('remove').description('remove it with everything in it').action(() => keep(removeDemoCommand)());
demo.command('write', { hidden: true }).action(() => keep(writeDemoProcess)());
program.command('redrive').description('run jobs again that failed on every attempt')
  .option('--job <name>', 'only jobs of this name').option('--dry-run', 'only list them', false).option('--json', 'machine-readable', false)
  .action((options) => keep(async () => (await import('./redrive.command.js')).redrive(options))());
program.command('keys').description('show the public signing key of this installation').option('--json', 'machine-readable', false)
  .action((options) => keep(() => showKeys(options))());

try {
  await program.parseAsync();
} catch (error) {
  exitCode = 1;
  if (error instanceof StartProblem) console.error(`\nRoster could not start.\n  ${error.message}`);
  else console.error(error instanceof Error && /configuration is not valid/.test(error.message) ? error.message : error);
}
process.exit(exitCode);
