import { Injectable, Logger } from '@nestjs/common';
import { Clock, SystemScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { createHash } from 'node:crypto';
import { PasswordHasher } from '../password/password-hasher.js';
import { UserAccountRepository, type UserAccountRow } from '../user-account/user-account.repository.js';
import { LOGIN_THROTTLE, networkOf, secondsToWait } from './login-throttle.js';
import { LoginThrottleRepository } from './login-throttle.repository.js';

const HOUR = 3_600_000;
const keyOf = (...parts: string[]): Buffer => createHash('sha256').update(parts.join('\u0000')).digest();

/**
 * The one place where an address and a password meet: signing in, changing a password, accepting an invitation with an existing account.
 * Throttled by account and network, and equally slow for accounts that do not exist (ASVS 5.0 6.3.1 and 6.3.8).
 */
@Injectable()
export class CredentialCheck {
  private readonly logger = new Logger('credential-check');

  constructor(
    private readonly accounts: UserAccountRepository, private readonly throttle: LoginThrottleRepository, private readonly hasher: PasswordHasher,
    private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  /**
   * @param email as typed, any case
   * @param address network address of the caller
   * @throws ACCESS_LOGIN_THROTTLED with Retry-After, ACCESS_CREDENTIALS_WRONG
   */
  async check(email: string, password: string, address: string): Promise<UserAccountRow> {
    const scope = SystemScope.because('a sign-in is checked before the organization is known');
    const account = email.normalize('NFKC').toLowerCase();
    const network = networkOf(address);
    const [pairKey, networkKey, accountKey] = [keyOf('pair', account, network), keyOf('network', network), keyOf('account', account)];
    const now = this.clock.now();
    const forgetAt = new Date(now.getTime() + LOGIN_THROTTLE.memoryHours * HOUR);
    // Counted before the password is looked at and taken back afterwards: many attempts at once cannot slip through between reading and counting.
    const wait = await this.unitOfWork.run(scope, async () => {
      const counters = await this.throttle.lock(scope, [pairKey, networkKey, accountKey], forgetAt);
      const found = (key: Buffer) => counters.get(key.toString('hex')) ?? null;
      const seconds = secondsToWait({ pair: found(pairKey), network: found(networkKey), account: found(accountKey) }, now);
      if (seconds === 0) await this.throttle.countFailure(scope, [pairKey, networkKey, accountKey], now, new Date(now.getTime() - LOGIN_THROTTLE.memoryHours * HOUR), forgetAt);
      return seconds;
    });
    if (wait > 0) {
      this.logger.warn('A sign-in was throttled', { network, account: accountKey.toString('hex').slice(0, 12), seconds: wait });
      throw problem('ACCESS_LOGIN_THROTTLED', `Wait ${wait} seconds, then try again. Other networks are not affected.`, { headers: { 'retry-after': String(wait) }, extensions: { retryAfterSeconds: wait } });
    }
    const user = await this.accounts.findByEmail(scope, email);
    if (!(await this.hasher.matches(user?.passwordHash ?? null, password)) || !user) {
      this.logger.warn('A sign-in failed', { network, account: accountKey.toString('hex').slice(0, 12) });
      throw problem('ACCESS_CREDENTIALS_WRONG', 'Check the e-mail address and the password.');
    }
    await this.unitOfWork.run(scope, async () => {
      await this.throttle.countSuccess(scope, pairKey, [networkKey, accountKey], now, new Date(now.getTime() + LOGIN_THROTTLE.familiarDays * 24 * HOUR));
      await this.throttle.forget(scope, now, 50);
    });
    return user;
  }
}
