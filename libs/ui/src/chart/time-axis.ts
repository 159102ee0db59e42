import { scaleUtc } from '@visx/scale';

/** Pixels that a label of an axis needs. */
const LABEL = 92;
const HALF = 41;

/** A scale from instants to pixels. @param width pixels of the drawing between the margins */
export const timeScale = (from: Date, to: Date, width: number) => scaleUtc({ domain: [from, to], range: [0, Math.max(1, width)] });

/** Instants at which the axis is labelled, as many as fit beside each other, with the place of their label inside the drawing. */
export function axisTicks(scale: ReturnType<typeof timeScale>, width: number): { readonly at: Date; readonly x: number }[] {
  const shown: { at: Date; x: number }[] = [];
  for (const at of scale.ticks(Math.max(2, Math.floor(width / LABEL)))) {
    const x = Math.min(Math.max(scale(at), HALF), Math.max(HALF, width - HALF));
    if (x - (shown.at(-1)?.x ?? -LABEL) >= LABEL - 8) shown.push({ at, x });
  }
  return shown;
}
