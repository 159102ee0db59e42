import { loadConfig, loadOperatorSettings } from '@roster/platform-config';
import { prepareDatabase } from './database.js';
import { openHome } from './roster-home.js';

/** `roster-ops migrate`: roles, database and all pending migrations, under an advisory lock; changes nothing when all is current. */
export async function migrateCommand(): Promise<number> {
  const operator = loadOperatorSettings();
  const database = await prepareDatabase(loadConfig(), operator, await openHome(operator.home), (message) => console.log(message));
  try {
    console.log(database.applied.length === 0 ? 'The schema is current.' : `Applied:\n  ${database.applied.join('\n  ')}`);
  } finally {
    await database.embedded?.stop();
  }
  return 0;
}
