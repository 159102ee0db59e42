/** What is remembered about one key: an account seen from one network, a network, or an account. */
export interface ThrottleCounter {
  /** Failures in a row since the last success. */
  readonly failures: number;
  readonly lastFailedAt: Date | null;
  readonly lastSucceededAt: Date | null;
}

/** The three counters a sign-in looks at; null where nothing is remembered. */
export interface ThrottleCounters {
  /** This account from this network. */
  readonly pair: ThrottleCounter | null;
  /** This network, whatever the account. */
  readonly network: ThrottleCounter | null;
  /** This account, from anywhere. */
  readonly account: ThrottleCounter | null;
}

/** Delays in seconds, memory in hours. Chosen so that one network gets at most about 300 guesses a day at one account. */
export const LOGIN_THROTTLE = {
  /** Wrong passwords a network may send for one account before it has to wait. */
  freePerPair: 5,
  /** The same when the account is under attack from elsewhere: one try is always free, so nobody is locked out by others. */
  freePerPairUnderAttack: 1,
  /** Failures on one account, from anywhere, that count as an attack. */
  attackThreshold: 30,
  /** Wrong passwords a network may send over all accounts before it has to wait. */
  freePerNetwork: 30,
  longestPairDelaySeconds: 300,
  longestNetworkDelaySeconds: 60,
  /** Counters older than this are forgotten. */
  memoryHours: 24,
  /** A network from which the person signed in this recently is familiar: only the pair counts there. */
  familiarDays: 90,
} as const;

/** How long to wait after the n-th failure beyond the free ones: 1, 2, 4, … seconds up to a limit. Zero when within the free ones. */
export const delaySeconds = (failures: number, free: number, longest: number): number =>
  failures < free ? 0 : Math.min(longest, 2 ** Math.min(failures - free, 30));

const HOUR = 3_600_000;
const remembered = (counter: ThrottleCounter | null, now: Date): number =>
  counter?.lastFailedAt && now.getTime() - counter.lastFailedAt.getTime() < LOGIN_THROTTLE.memoryHours * HOUR ? counter.failures : 0;

const waitMs = (counter: ThrottleCounter | null, free: number, longest: number, now: Date): number => {
  const failures = remembered(counter, now);
  const since = counter?.lastFailedAt ? now.getTime() - counter.lastFailedAt.getTime() : 0;
  return Math.max(0, delaySeconds(failures, free, longest) * 1000 - Math.max(0, since));
};

/**
 * Whether a sign-in attempt is looked at now (ASVS 5.0 6.1.1 and 6.3.1). The delay doubles with every failure of the same network and
 * falls to zero by waiting; failures from other networks never make anybody wait who has not failed themselves, so an attacker cannot
 * lock an account. An attempt refused here is not counted, so hammering does not prolong a wait.
 * @returns seconds to wait, rounded up; 0 when the attempt may go on
 */
export function secondsToWait(counters: ThrottleCounters, now: Date): number {
  const familiar = counters.pair?.lastSucceededAt != null
    && now.getTime() - counters.pair.lastSucceededAt.getTime() < LOGIN_THROTTLE.familiarDays * 24 * HOUR;
  const attacked = !familiar && remembered(counters.account, now) >= LOGIN_THROTTLE.attackThreshold;
  const pair = waitMs(counters.pair, attacked ? LOGIN_THROTTLE.freePerPairUnderAttack : LOGIN_THROTTLE.freePerPair, LOGIN_THROTTLE.longestPairDelaySeconds, now);
  const network = familiar ? 0 : waitMs(counters.network, LOGIN_THROTTLE.freePerNetwork, LOGIN_THROTTLE.longestNetworkDelaySeconds, now);
  return Math.ceil(Math.max(pair, network) / 1000);
}

/**
 * The network an address belongs to for counting: a /24 of IPv4, a /56 of IPv6 (what one customer gets), IPv4 inside IPv6 as IPv4.
 * @param address as the HTTP layer found it, with the trusted number of proxies already taken off
 */
export function networkOf(address: string): string {
  const v4 = /(?:^|:)(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.\d{1,3}$/.exec(address);
  if (v4) return `${v4[1]}.${v4[2]}.${v4[3]}.0/24`;
  const plain = address.split('%')[0] ?? address;
  const [head = '', tail] = plain.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = tail === undefined ? left : [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  const bits = groups.slice(0, 4).map((group) => group.padStart(4, '0').toLowerCase()).join('');
  return `${bits.slice(0, 14)}/56`;
}
