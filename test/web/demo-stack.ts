import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Launcher } from '../e2e/launcher.js';
import { Person } from '../e2e/person.js';

/** A Tuesday morning in the zone of the demo organization. */
export const DEMO_INSTANT = '2026-06-30T07:00:00.000Z';

/** A Roster of its own with the demo organization, whose clock stands still: what it shows is the same in every run. */
export class DemoStack {
  private constructor(private readonly launcher: Launcher, private readonly home: string, readonly ada: Person) {}

  static async start(): Promise<DemoStack> {
    const home = await mkdtemp(join(tmpdir(), 'roster-demo-'));
    const clock = join(home, 'clock');
    await writeFile(clock, DEMO_INSTANT);
    const launcher = await Launcher.start(join(home, 'roster'), { args: ['--demo'], env: { TEST_CLOCK_FILE: clock, LOG_LEVEL: 'warn' } });
    const [, email = '', password = ''] = /Sign in\s+(\S+) \/ (\S+)/.exec(launcher.output) ?? [];
    if (launcher.readyAfterMs === null || email === '') throw new Error(`The demo did not start:\n${launcher.output}`);
    const ada = new Person(`http://localhost:${launcher.port}`, email, password);
    await ada.signIn();
    return new DemoStack(launcher, home, ada);
  }

  get url(): string { return `http://localhost:${this.launcher.port}`; }

  async stop(): Promise<void> {
    await this.launcher.interrupt();
    await rm(this.home, { recursive: true, force: true });
  }
}
