import { localTime, zoneOffset } from "../time-zone.ts";
import type { Demand } from "./demand.ts";

/** Demand as a shape: the course of a day and of a week, noise, and events on top. */
export interface DemandShape {
  readonly base: number;
  readonly daily: { readonly peak: number; readonly peakMinute: number } | undefined;
  /** Factors from Monday on. */
  readonly weekly: readonly number[];
  /** Largest random deviation as a share of the demand. */
  readonly noise: number;
  readonly timeZone: string;
}

export interface DemandEvent {
  readonly name: string;
  readonly startSeconds: number;
  readonly durationSeconds: number;
  readonly factor: number;
}

export interface DemandPeriod {
  readonly startSeconds: number;
  readonly durationSeconds: number;
}

const stepSeconds = 60;
const minutesPerDay = 1440;

/**
 * The demand of every minute: base + (peak - base) * (1 + cos(2 pi (t - peak time) / day)) / 2, times the factor of the
 * weekday, those of the events and 1 + noise * u with u drawn evenly from -1 to 1.
 */
export function shapeDemand(
  shape: DemandShape,
  events: readonly DemandEvent[],
  { startSeconds, durationSeconds }: DemandPeriod,
  random: () => number,
): Demand {
  const offset = zoneOffset(shape.timeZone);
  const times: number[] = [];
  const rates: number[] = [];
  for (let seconds = 0; seconds < durationSeconds; seconds += stepSeconds) {
    const at = startSeconds + seconds;
    const { weekday, minuteOfDay } = localTime(at, offset);
    const noise = shape.noise > 0 ? 1 + shape.noise * (2 * random() - 1) : 1;
    const factor = (shape.weekly[weekday] ?? 1) * eventFactor(events, at) * noise;
    times.push(seconds);
    rates.push(Math.max(0, ofDay(shape, minuteOfDay) * factor));
  }
  return { startSeconds, durationSeconds, times, rates };
}

/** Events that overlap multiply. */
function eventFactor(events: readonly DemandEvent[], atSeconds: number): number {
  return events.reduce(
    (product, { startSeconds, durationSeconds, factor }) =>
      atSeconds >= startSeconds && atSeconds < startSeconds + durationSeconds ? product * factor : product,
    1,
  );
}

function ofDay({ base, daily }: DemandShape, minuteOfDay: number): number {
  if (daily === undefined) return base;
  const angle = (2 * Math.PI * (minuteOfDay - daily.peakMinute)) / minutesPerDay;
  return base + ((daily.peak - base) * (1 + Math.cos(angle))) / 2;
}

/** The highest demand that a shape reaches without noise: on its busiest weekday, within its largest event. */
export function shapePeak({ base, daily, weekly }: DemandShape, events: readonly DemandEvent[]): number {
  const day = Math.max(base, daily?.peak ?? 0);
  return day * Math.max(0, ...weekly) * Math.max(1, ...events.map(({ factor }) => factor));
}
