import { randomBytes } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { clockOf, type RosterConfig } from '@roster/platform-config';
import { createHttpApp } from '@roster/platform-http';
import { Client } from 'pg';
import { DemoClock } from './demo-clock.js';
import { DEMO_WORKLOADS, UNOWNED_INVENTORY, type DemoWorkload } from './demo-scenario.js';
import { DemoModule } from './demo.module.js';
import { DemoPerson, DemoWorld } from './demo-world.js';
import { DEMO_MAIL_DOMAIN } from './remove-demo.js';

const DAY_MS = 86_400_000;
const FIRST_DAY = 330;
const ORGANIZATION = 'Northwind Insurance (demo)';
/** Validity of kill-switch drills by tier is 365, 180, 90 and 30 days; a careful team repeats them a little earlier. */
const DRILL_EVERY_DAYS = { low: 350, medium: 170, high: 82, critical: 26 } as const;
/** When the on-call owner of the orphaned workloads leaves. */
const LEAVES_DAYS_AGO = 40;
const PERIOD_OF_LIFE = 4; // days between looks at what is due

interface Item { id: string }
interface Review { id: string; workload: { key: string }; status: string; dueAt: string }
interface Page<T> { items: T[] }
interface Coverage { edition: string; domains: { id: string; criteria: { id: string }[] }[] }

export interface WrittenDemo {
  readonly organization: string;
  readonly email: string;
  readonly password: string;
  readonly workloads: number;
}

/** The people. Everybody starts as an administrator to get a key, then takes the role they have. */
const PEOPLE = [
  ['Ada Okafor', 'admin'], ['Grace Lind', 'risk_owner'], ['Lena Fischer', 'risk_owner'], ['Mateo Ruiz', 'engineering_lead'], ['Priya Nair', 'engineering_lead'], ['Jonas Weber', 'engineering_lead'],
  ['Sara Haddad', 'auditor'],
] as const;

const inject = (text: string, name: string, type: string, fields: Record<string, string>): FormData => {
  const form = new FormData();
  for (const [key, value] of Object.entries(fields)) form.append(key, value);
  form.append('file', new Blob([text], { type }), name);
  return form;
};

/**
 * Writes the demo organization with its past, through the API itself, on a clock that passes through the last eleven months.
 * Nothing else may work on the database meanwhile: a worker would re-evaluate the past by the present clock.
 * @param migratorUrl to mark the organization as demo, which the API does not allow
 * @param onProgress told the share that is written, 0 to 1
 */
export async function writeDemo(config: RosterConfig, migratorUrl: string, onProgress: (share: number) => void): Promise<WrittenDemo> {
  const clock = new DemoClock();
  const settings: RosterConfig = { ...config, signUpOpen: true, smtpUrl: null, metricsPort: 0 };
  const present = new Date(Math.floor(clockOf(config).now().getTime() / 1000) * 1000); // the story ends now
  clock.moveTo(new Date(present.getTime() - FIRST_DAY * DAY_MS));
  const founder = { name: PEOPLE[0][0], email: emailOf(PEOPLE[0][0]), password: randomBytes(12).toString('base64url') };
  const founded = await withApp(settings, clock, async (app) => {
    const world = new DemoWorld(app, clock, present);
    return world.person(founder.name, founder.email, founder.password).call<{ organization: { id: string } }>('POST', '/sign-up', { organization: { name: ORGANIZATION, timeZone: 'Europe/Berlin' }, user: founder });
  });
  // From here on the sweeps, which look across organizations, see the demo organization only: a past clock must not touch anybody else's work.
  const narrow = withOptions(config.databaseUrl, `-c app.tenant_id=${founded.organization.id}`);
  // Ten thousand small commits need not each wait for the disk: a demo that is cut off half-way is removed anyway.
  return withApp({ ...settings, databaseUrl: withOptions(config.databaseUrl, '-c synchronous_commit=off'), databaseSchedulerUrl: narrow }, clock, (app) => {
    const world = new DemoWorld(app, clock, present);
    world.tenantId = founded.organization.id;
    return new DemoWriter(world, migratorUrl, founder, onProgress).write();
  });
}

function withOptions(url: string, options: string): string {
  const copy = new URL(url);
  copy.searchParams.set('options', options);
  return copy.href;
}
const emailOf = (name: string): string => `${name.split(' ')[0]?.toLowerCase()}@${DEMO_MAIL_DOMAIN}`;
async function withApp<T>(config: RosterConfig, clock: DemoClock, work: (app: NestFastifyApplication) => Promise<T>): Promise<T> {
  const app = await createHttpApp(DemoModule.forRoot(config, clock), { trustedProxyHops: 0, logger: false });
  try {
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    return await work(app);
  } finally {
    await app.close();
  }
}

class DemoWriter {
  private readonly people: DemoPerson[] = [];
  private coverage: Coverage = { edition: '', domains: [] };
  private readonly keys = new Map<DemoWorkload, string>();
  private readonly byKey = new Map<string, DemoWorkload>();

  constructor(private readonly world: DemoWorld, private readonly migratorUrl: string, private readonly founder: { readonly email: string; readonly password: string }, private readonly onProgress: (share: number) => void) {}

  private get ada(): DemoPerson { return this.one(0); }
  private get grace(): DemoPerson { return this.one(1); }
  private one(index: number): DemoPerson {
    const person = this.people[index];
    if (!person) throw new Error(`the demo has no person ${index}`);
    return person;
  }
  private riskOwner(workload: DemoWorkload): DemoPerson { return this.one(1 + (workload.name.length % 2)); }
  private lead(workload: DemoWorkload): DemoPerson { return workload.story === 'orphaned' ? this.one(5) : this.one(3 + (workload.name.length % 2)); }
  private keyOf(workload: DemoWorkload): string {
    const key = this.keys.get(workload);
    if (!key) throw new Error(`${workload.name} is not registered yet`);
    return key;
  }

  async write(): Promise<WrittenDemo> {
    await this.hirePeople();
    for (const workload of DEMO_WORKLOADS) this.plan(workload);
    this.planTheRest();
    await this.world.play(PERIOD_OF_LIFE, () => this.lookAtReviews(), this.onProgress);
    await this.leave();
    return { organization: ORGANIZATION, email: this.founder.email, password: this.founder.password, workloads: DEMO_WORKLOADS.length };
  }

  private async hirePeople(): Promise<void> {
    for (const [name, role] of PEOPLE) {
      const person = this.world.person(name, emailOf(name), this.founder.password);
      this.people.push(person);
      if (person.email !== this.founder.email) {
        const { token } = await this.ada.inPerson<{ token: string }>('POST', '/invitations', { email: person.email, role: 'admin' });
        await person.call('POST', `/invitations/${token}/accept`, { name, password: this.founder.password });
      }
      const me = await person.inPerson<{ member: { id: string; permissions: string[] } }>('GET', '/me');
      person.memberId = me.member.id;
      const expiresAt = new Date(this.world.clock.now().getTime() + 360 * DAY_MS).toISOString();
      const permissions = me.member.permissions.filter((permission) => !['access:api-key:manage', 'access:member:manage'].includes(permission));
      const { key } = await person.inPerson<{ key: string }>('POST', '/api-keys', { name: 'Demo', permissions, expiresAt });
      person.useKey(key);
      if (person.email !== this.founder.email) await this.ada.inPerson('PATCH', `/members/${person.memberId}`, { role }, { 'if-match': '*' });
    }
    await this.markAsDemo();
  }

  private async markAsDemo(): Promise<void> {
    const client = new Client({ connectionString: this.migratorUrl, application_name: 'roster-ops' });
    await client.connect();
    try {
      await client.query('BEGIN');
      await client.query(`SELECT set_config('app.tenant_id', $1, true)`, [this.world.tenantId]);
      await client.query('UPDATE organization SET demo = true WHERE tenant_id = $1', [this.world.tenantId]);
      await client.query('COMMIT');
    } finally {
      await client.end();
    }
  }

  private plan(workload: DemoWorkload): void {
    const { world } = this;
    const day = (after: number, hour = 10, minute = workload.name.length): Date => world.daysAgo(workload.since - after, hour, minute);
    world.plan(day(0, 8), () => this.register(workload));
    if (['experiment', 'pilot'].includes(workload.story)) return;
    if (workload.component) world.plan(day(0, 9), () => this.shareComponent(workload));
    const tier = workload.tier ?? 'critical';
    const proven = !['waiting', 'rejected', 'brokenGlass'].includes(workload.story);
    world.plan(day(1), () => this.proposeOwners(workload));
    if (workload.story !== 'waiting') world.plan(day(2, 10, workload.name.length % 20), () => this.acceptOwnership(workload));
    for (const part of [0, 1, 2]) world.plan(day(3, 9 + part), () => this.submitEvidence(workload, part));
    if (proven && !['hardening', 'excepted'].includes(workload.story)) {
      for (let after = 6; after < workload.since; after += DRILL_EVERY_DAYS[tier]) {
        if ((workload.story === 'lapsed' && after > 60) || (workload.story === 'orphaned' && workload.since - after <= LEAVES_DAYS_AGO)) break;
        world.plan(day(after, 11), () => this.drill(workload, 'kill_switch', 'passed', 90 + (workload.name.length * 7) % 180));
      }
      world.plan(day(7, 15), () => this.drill(workload, 'rollback', 'passed', 600));
    }
    if (workload.story === 'hardening') world.plan(day(8, 11), () => this.drill(workload, 'kill_switch', workload.name.length % 2 === 0 ? 'failed' : 'passed', 420));
    if (workload.story === 'excepted') world.plan(day(6, 11), () => this.askForExceptions(workload));
    if (workload.story === 'scaled') world.plan(day(20, 9), () => this.reportReturn(workload));
    if (workload.story === 'brokenGlass') world.plan(world.daysAgo(4), () => this.breakGlass(workload));
    if (workload.story === 'paused') world.plan(world.daysAgo(20), () => this.change(workload, { lifecycle: 'paused' }));
    if (workload.story === 'retired') world.plan(world.daysAgo(45), () => this.retire(workload));
    if (workload.story === 'production' && workload.tier === 'medium') world.plan(world.daysAgo(30), () => this.widen(workload));
  }

  private planTheRest(): void {
    const { world } = this;
    world.plan(world.daysAgo(LEAVES_DAYS_AGO), async () => {
      await this.ada.inPerson('DELETE', `/members/${this.one(5).memberId}`, undefined, { 'if-match': '*' });
    });
    world.plan(world.daysAgo(25), () => this.importUnowned());
    world.plan(world.daysAgo(3), async () => {
      await this.ada.inPerson('POST', '/invitations', { email: `victor@${DEMO_MAIL_DOMAIN}`, role: 'viewer' });
    });
  }

  private async register(workload: DemoWorkload): Promise<void> {
    const owner = this.riskOwner(workload);
    const production = !['experiment', 'pilot', 'waiting', 'rejected'].includes(workload.story);
    const { key } = await this.lead(workload).call<{ key: string }>('POST', '/workloads', {
      name: workload.name, kind: workload.kind, purpose: workload.purpose, team: workload.team, businessUnit: workload.unit, riskOwner: owner.memberId, processesRealData: workload.realData,
      handlesPii: workload.pii, executesTools: workload.tools, downstreamChange: workload.tools === 'unknown' ? 'unknown' : workload.tools, maintained: 'yes', tags: ['demo'],
      ...(workload.tier ? { riskTier: workload.tier, riskTierRationale: `Agreed with the ${workload.team} team` } : {}),
      exposure: production ? 'general' : workload.story === 'experiment' ? 'none' : 'internal', operation: 'on_demand', dataClasses: [workload.pii === 'yes' ? 'confidential' : 'internal'], jurisdictions: ['DE', 'FR'],
      ...(production ? { environments: ['production'], runbookLink: `https://wiki.${DEMO_MAIL_DOMAIN}/runbooks/${workload.name.length}`, lifecycle: 'active' } : {}),
    });
    this.keys.set(workload, key);
    this.byKey.set(key, workload);
    if (this.coverage.domains.length === 0) this.coverage = await this.grace.call('GET', `/workloads/${key}/coverage`);
    // Ownership is accepted in person. Many of them come together, so that nobody has to sign in all day.
    this.world.plan(this.world.daysAgo(workload.since - 2, 10, workload.name.length % 20), () => owner.inPerson('POST', `/workloads/${key}/owners/risk_owner/accept`).then(() => undefined));
  }
  private async shareComponent(workload: DemoWorkload): Promise<void> {
    await this.lead(workload).call('PUT', `/workloads/${this.keyOf(workload)}/components`, {
      components: [{ type: 'service', name: workload.component, provider: 'Northwind', version: '3.2.0', hosting: 'Own data centre', lockIn: 'medium' }],
    }, { 'if-match': '*' });
  }

  private async proposeOwners(workload: DemoWorkload): Promise<void> {
    const path = `/workloads/${this.keyOf(workload)}/owners`;
    await this.riskOwner(workload).call('PUT', `${path}/on_call`, { memberId: this.lead(workload).memberId });
    await this.riskOwner(workload).call('PUT', `${path}/engineering_lead`, { memberId: this.lead(workload).memberId });
  }
  private async acceptOwnership(workload: DemoWorkload): Promise<void> {
    for (const role of ['on_call', 'engineering_lead']) await this.lead(workload).inPerson('POST', `/workloads/${this.keyOf(workload)}/owners/${role}/accept`);
  }

  /** Three reports share the domains of the edition among them, whatever domains it has. */
  private async submitEvidence(workload: DemoWorkload, part: number): Promise<void> {
    const [title, kind] = [['Security and data report', 'document'], ['Operations and monitoring report', 'measurement'], ['Evaluation report', 'test_run']][part] ?? ['Report', 'document'];
    const key = this.keyOf(workload);
    const all = workload.tier !== 'low';
    const lacking = workload.story === 'hardening' && part === 2 ? 2 : 0;
    const links = this.coverage.domains.filter((_, index) => index % 3 === part)
      .flatMap((domain) => domain.criteria.slice(lacking, all ? undefined : lacking + 1).map(({ id }) => ({ workload: key, criterion: `${this.coverage.edition}/${id}` })));
    const ends = this.evidenceEnds(workload, part);
    const submitted = await this.lead(workload).call<Item>('POST', '/evidence', inject(
      `# ${title}: ${workload.name}\n\nMade-up content of the demo, ${this.world.clock.now().toISOString()}.\n`, `${key.toLowerCase()}-${part + 1}.md`, 'text/markdown',
      { kind: kind ?? 'document', title: `${title}: ${workload.name}`, links: JSON.stringify(links), ...(ends ? { expiresAt: ends.toISOString() } : {}) },
    ));
    if (workload.story === 'waiting' || workload.story === 'brokenGlass') return;
    const reject = workload.story === 'rejected' && part !== 1;
    this.world.plan(new Date(this.world.clock.now().getTime() + DAY_MS), async () => {
      await this.riskOwner(workload).call('POST', `/evidence/${submitted.id}/versions/1/decision`, reject ? { decision: 'reject', comment: 'It describes another system' } : { decision: 'accept', comment: 'Checked' });
    });
  }
  private evidenceEnds(workload: DemoWorkload, part: number): Date | null {
    if (part !== 1) return null;
    if (workload.story === 'expiring') return this.world.daysAgo(-(4 + (workload.name.length * 5) % 22));
    if (workload.story === 'fallen') return this.world.daysAgo(12 + (workload.name.length % 3) * 9);
    return this.world.daysAgo(-(90 + workload.name.length * 4));
  }

  private async drill(workload: DemoWorkload, kind: string, result: string, seconds: number): Promise<void> {
    const endedAt = new Date(this.world.clock.now().getTime() - 3_600_000);
    await this.lead(workload).call('POST', `/workloads/${this.keyOf(workload)}/drills`, {
      kind, result, method: kind === 'kill_switch' ? 'Feature flag off, traffic checked' : 'Previous release deployed', participants: [this.lead(workload).name],
      startedAt: new Date(endedAt.getTime() - seconds * 1000).toISOString(), endedAt: endedAt.toISOString(),
    });
  }

  private async askForExceptions(workload: DemoWorkload): Promise<void> {
    const wanted = this.coverage.domains.slice(0, 3).map((domain) => domain.criteria.at(-1)?.id ?? '');
    for (const [index, id] of wanted.entries()) {
      const notApplicable = index === 2;
      const { id: exception } = await this.lead(workload).call<Item>('POST', '/exceptions', {
        workload: this.keyOf(workload), criterion: `${this.coverage.edition}/${id}`, kind: notApplicable ? 'not_applicable' : 'exception', reason: notApplicable ? 'The product has no such part' : 'The vendor delivers this next quarter',
        ...(notApplicable ? {} : { compensatingControl: 'A person checks every tenth result', expiresAt: this.world.daysAgo(-(15 + index * 40)).toISOString() }),
      });
      if (index === 1) continue; // still waiting for its decision
      this.world.plan(new Date(this.world.clock.now().getTime() + DAY_MS), async () => {
        await this.riskOwner(workload).call('POST', `/exceptions/${exception}/decision`, { decision: 'approve', comment: 'Acceptable until then' });
      });
    }
  }

  private async reportReturn(workload: DemoWorkload): Promise<void> {
    const { id } = await this.lead(workload).call<Item>('POST', '/evidence', inject(`# Return of ${workload.name}\n\nMade-up figures of the demo.\n`, 'return.md', 'text/markdown', {
      kind: 'roi_report', title: `Return of ${workload.name}, shown to the board`, links: JSON.stringify([{ workload: this.keyOf(workload) }]), expiresAt: this.world.daysAgo(-200).toISOString(),
    }));
    this.world.plan(new Date(this.world.clock.now().getTime() + DAY_MS), async () => { await this.riskOwner(workload).call('POST', `/evidence/${id}/versions/1/decision`, { decision: 'accept', comment: 'As shown to the board' }); });
    // Concentration risk is looked at in a review, so there has to be one.
    this.world.plan(new Date(this.world.clock.now().getTime() + 2 * DAY_MS), async () => {
      const { id: review } = await this.riskOwner(workload).call<Item>('POST', '/reviews', { workload: this.keyOf(workload), reason: 'Part of the platform now' });
      await this.conduct(workload, review, 'submit');
    });
  }

  private async breakGlass(workload: DemoWorkload): Promise<void> {
    await this.ada.inPerson('POST', `/workloads/${this.keyOf(workload)}/freeze/break-glass`, { reason: 'Customers have to be reached this week', until: this.world.daysAgo(-6).toISOString() });
    await this.lead(workload).call('POST', `/workloads/${this.keyOf(workload)}/scope-changes`, { kind: 'more_traffic', detail: 'All regions that are affected' });
  }
  private async widen(workload: DemoWorkload): Promise<void> {
    await this.lead(workload).call('POST', `/workloads/${this.keyOf(workload)}/scope-changes`, { kind: 'new_region', detail: 'Austria' });
    await this.change(workload, { jurisdictions: ['DE', 'FR', 'AT'] });
  }
  private async change(workload: DemoWorkload, fields: Record<string, unknown>): Promise<void> {
    await this.lead(workload).call('PATCH', `/workloads/${this.keyOf(workload)}`, fields, { 'if-match': '*' });
  }
  private async retire(workload: DemoWorkload): Promise<void> {
    await this.riskOwner(workload).call('POST', `/workloads/${this.keyOf(workload)}/retire`, { reason: 'Replaced', record: 'Traffic moved, data deleted, accounts closed.' }, { 'if-match': '*' });
  }

  private async importUnowned(): Promise<void> {
    const { id } = await this.grace.call<Item>('POST', '/workload-imports', inject(UNOWNED_INVENTORY, 'inventory-of-the-departments.csv', 'text/csv', { options: JSON.stringify({ dryRun: false, mapping: { 'Use case': 'name', Department: 'team' } }) }));
    await this.world.passTime();
    const { status } = await this.grace.call<{ status: string }>('GET', `/workload-imports/${id}`);
    if (status !== 'succeeded') throw new Error(`the import of the demo ended as ${status}`);
  }

  /** What the teams do about reviews that are due, each by its habit. */
  private async lookAtReviews(): Promise<void> {
    const now = this.world.clock.now().getTime();
    const left = (this.world.present.getTime() - now) / DAY_MS;
    const { items } = await this.grace.call<Page<Review>>('GET', '/reviews?filter[status]=due&limit=200&sort=dueAt');
    for (const review of items) {
      const workload = this.byKey.get(review.workload.key);
      if (!workload) continue;
      const openDays = (now - Date.parse(review.dueAt)) / DAY_MS;
      const recent = left < 30;
      switch (workload.reviews) {
        case 'punctual': await this.conduct(workload, review.id, 'complete'); break;
        case 'finds': await this.conduct(workload, review.id, 'find'); break;
        case 'late': if (openDays > 9) await this.conduct(workload, review.id, 'complete'); break;
        case 'begins': await this.conduct(workload, review.id, recent ? 'begin' : 'complete'); break;
        case 'awaits': await this.conduct(workload, review.id, recent ? 'submit' : 'complete'); break;
        case 'never': break;
      }
    }
  }

  private async conduct(workload: DemoWorkload, id: string, how: 'begin' | 'submit' | 'complete' | 'find'): Promise<void> {
    const who = this.riskOwner(workload);
    const review = await who.call<{ template: { questions: { id: string }[] }; changesSinceLast: { digest: string; changes: unknown[] } }>('POST', `/reviews/${id}/start`, undefined, { 'if-match': '*' });
    if (how === 'begin') return;
    const { changes, digest } = review.changesSinceLast;
    const finds = how === 'find';
    const submitted = await who.call<{ status: string }>('POST', `/reviews/${id}/submit`, {
      answers: review.template.questions.map((question, index) => (finds && index === 1 ? { questionId: question.id, answer: 'no', comment: 'Only for half of the traffic' } : { questionId: question.id, answer: 'yes' })),
      ...(changes.length > 0 ? { changes: ['As the record shows; nothing else'] } : { nothingChangedSince: digest }), concentrationReviewed: true,
      ...(finds ? {
        outcome: 'continue_with_conditions', rationale: 'Small gap, no harm so far',
        findings: [{ severity: 'medium', title: 'Close the gap in sampling', ownerMemberId: this.lead(workload).memberId, dueAt: new Date(this.world.clock.now().getTime() + 30 * DAY_MS).toISOString() }],
      } : { outcome: 'continue' }),
    }, { 'if-match': '*' });
    if (submitted.status !== 'awaiting_sign_off' || how === 'submit') return;
    const second = this.people.slice(1, 3).find((person) => person !== who) ?? this.grace;
    await second.call('POST', `/reviews/${id}/sign-off`, { decision: 'approve' }, { 'if-match': '*' });
  }

  /** The keys that wrote the story are not left lying about. */
  private async leave(): Promise<void> {
    const { items } = await this.ada.inPerson<Page<Item & { revokedAt: string | null }>>('GET', '/api-keys?limit=200');
    for (const key of items) if (!key.revokedAt) await this.ada.inPerson('DELETE', `/api-keys/${key.id}`);
    await this.world.passTime();
    const overdue = await this.world.overdueWork();
    if (overdue > 0) throw new Error(`the demo left ${overdue} pieces of work undone`);
  }
}
