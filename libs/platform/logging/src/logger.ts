import type { LoggerService } from '@nestjs/common';
import { currentContext } from '@roster/platform-context';
import { pino, type Logger as Pino } from 'pino';

/** Names whose values never reach a log. */
const REDACTED = ['password', '*.password', 'token', '*.token', 'secret', '*.secret', 'authorization', '*.authorization', 'cookie', '*.cookie', 'headers.authorization',
  'headers.cookie', 'key', '*.key'];

/** Structured logs: one JSON object a line, with the request id, never with personal data or secrets. */
export class RosterLogger implements LoggerService {
  private readonly pino: Pino;

  constructor(service: string, level: string) {
    this.pino = pino({ level, base: { service }, redact: { paths: REDACTED, censor: '[redacted]' }, timestamp: pino.stdTimeFunctions.isoTime });
  }

  log(message: unknown, ...more: unknown[]): void { this.write('info', message, more); }
  warn(message: unknown, ...more: unknown[]): void { this.write('warn', message, more); }
  debug(message: unknown, ...more: unknown[]): void { this.write('debug', message, more); }
  verbose(message: unknown, ...more: unknown[]): void { this.write('trace', message, more); }
  fatal(message: unknown, ...more: unknown[]): void { this.write('fatal', message, more); }

  /** @param error the thrown value; its stack is logged, and nothing of it is sent to callers */
  error(message: unknown, ...more: unknown[]): void { this.write('error', message, more); }

  private write(level: 'info' | 'warn' | 'debug' | 'trace' | 'fatal' | 'error', message: unknown, more: unknown[]): void {
    const context = currentContext();
    const fields: Record<string, unknown> = context ? { requestId: context.requestId } : {};
    for (const value of more) {
      if (value instanceof Error) fields['err'] = value;
      else if (typeof value === 'string') fields['context'] = value;
      else if (typeof value === 'object' && value !== null) Object.assign(fields, value);
    }
    if (message instanceof Error) this.pino[level]({ ...fields, err: message }, message.message);
    else this.pino[level](fields, String(message));
  }
}
