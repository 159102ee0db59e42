import { scaleUtc } from '@visx/scale';

/** Pixels that a label of an axis needs. */
const LABEL = 92;

/** A scale from instants to pixels. @param width pixels of the drawing between the margins */
export const timeScale = (from: Date, to: Date, width: number) => scaleUtc({ domain: [from, to], range: [0, Math.max(1, width)] });

/** Instants at which the axis is labelled, as many as fit. */
export const axisTicks = (scale: ReturnType<typeof timeScale>, width: number): Date[] => scale.ticks(Math.max(2, Math.floor(width / LABEL)));
