/** What the timer shows at an instant. */
export interface TimerReading {
  /** Whole seconds since the start, never negative. */
  readonly seconds: number;
  /** "04:07" */
  readonly digits: string;
  /** Share of the track that is filled, 0 to 1. */
  readonly filled: number;
  /** Where the limit stands on the track, 0 to 1. */
  readonly mark: number;
  readonly over: boolean;
}

const two = (value: number): string => String(value).padStart(2, '0');

/**
 * Reads a timer. The track ends a quarter after the limit and grows with what takes longer, so that the mark is always on it.
 * @param elapsed milliseconds since the start
 * @param limitSeconds the limit itself is still within it (domain.md section 9)
 */
export function readTimer(elapsed: number, limitSeconds: number): TimerReading {
  const exact = Math.max(0, elapsed) / 1_000;
  const seconds = Math.floor(exact);
  const track = Math.max(limitSeconds * 1.25, exact);
  const hours = Math.floor(seconds / 3_600);
  return {
    seconds, filled: exact / track, mark: limitSeconds / track, over: exact > limitSeconds,
    digits: `${hours > 0 ? `${hours}:` : ''}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`,
  };
}
