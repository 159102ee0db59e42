import 'reflect-metadata';
import { assertMigrated } from '@roster/schema';
import { loadConfig } from '@roster/platform-config';
import { followLauncher } from '@roster/platform-embedded';
import { createHttpApp } from '@roster/platform-http';
import { RosterLogger } from '@roster/platform-logging';
import { ApiModule } from './api.module.js';
import { serveDocs } from './docs.js';
import { serveWebUi } from './web-ui.js';

const config = loadConfig();
const logger = new RosterLogger('api', config.logLevel);
let close = async (): Promise<void> => undefined;
followLauncher(() => close());
try {
  await assertMigrated(config.databaseUrl);
  const app = await createHttpApp(ApiModule.forRoot(config), { trustedProxyHops: config.trustedProxyHops, logger });
  close = () => app.close();
  serveDocs(app);
  await serveWebUi(app);
  await app.listen(config.port, config.host);
  logger.log(`Listening on ${config.publicUrl}`, { port: config.port });
  process.send?.({ ready: true, port: config.port });
} catch (error) {
  logger.fatal('The API could not start', error);
  process.exitCode = 1;
  setImmediate(() => process.exit(1));
}
