import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Clock, FileClock, SystemClock } from '@roster/platform-context';
import { ROSTER_CONFIG, type RosterConfig } from './roster-config.js';

/** The clock of a process: the machine's, or the file's that tests move (TEST_CLOCK_FILE). */
export const clockOf = (config: RosterConfig): Clock => (config.testClockFile ? new FileClock(config.testClockFile) : new SystemClock());

/** Configuration and clock of one process. */
@Global()
@Module({})
export class ConfigModule {
  /** @param clock only tests pass one */
  static forRoot(config: RosterConfig, clock?: Clock): DynamicModule {
    return {
      module: ConfigModule,
      providers: [
        { provide: ROSTER_CONFIG, useValue: config },
        { provide: Clock, useValue: clock ?? clockOf(config) },
      ],
      exports: [ROSTER_CONFIG, Clock],
    };
  }
}
