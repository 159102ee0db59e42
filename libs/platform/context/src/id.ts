import { v7, validate } from 'uuid';

/** A new UUIDv7: ids sort by creation time. @param at the creation instant, so that tests with a fixed clock get ordered ids */
export const newId = (at?: Date): string => (at ? v7({ msecs: at.getTime() }) : v7());
export const isId = (value: unknown): value is string => typeof value === 'string' && validate(value);
