import { Global, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '@roster/platform-context';
import { ROSTER_CONFIG, type RosterConfig } from '@roster/platform-config';
import { Database } from './database.js';
import { NotificationListener } from './notification-listener.js';
import { SchedulerDatabase } from './scheduler-database.js';
import { UnitOfWork } from './unit-of-work.js';

/** The database of one process. Connects on start and closes on shutdown. */
@Global()
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(private readonly database: Database, private readonly scheduler: SchedulerDatabase, private readonly listener: NotificationListener) {}

  /**
   * @param applicationName shown in pg_stat_activity
   * @param entities entity classes of the composed libraries
   */
  static forRoot(applicationName: string, entities: (new () => object)[] = []): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [
        {
          provide: Database, inject: [ROSTER_CONFIG, Clock],
          useFactory: async (config: RosterConfig, clock: Clock) => {
            const database = new Database({ url: config.databaseUrl, poolSize: config.databasePoolSize, applicationName, entities }, clock);
            await database.connect();
            return database;
          },
        },
        { provide: SchedulerDatabase, inject: [ROSTER_CONFIG], useFactory: (config: RosterConfig) => new SchedulerDatabase(config.databaseSchedulerUrl || config.databaseUrl, applicationName) },
        {
          provide: NotificationListener, inject: [ROSTER_CONFIG],
          useFactory: async (config: RosterConfig) => {
            const listener = new NotificationListener(config.databaseUrl, applicationName);
            await listener.start();
            return listener;
          },
        },
        UnitOfWork,
      ],
      exports: [Database, SchedulerDatabase, NotificationListener, UnitOfWork],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.listener.close();
    await this.scheduler.close();
    await this.database.close();
  }
}
