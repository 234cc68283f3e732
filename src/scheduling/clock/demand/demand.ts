/** Demand over time as steps: from each second on, so many units a second. */
export interface Demand {
  /** Seconds since 1970 UTC at which it begins. */
  readonly startSeconds: number;
  readonly durationSeconds: number;
  /** Seconds since the beginning, rising, the first 0. */
  readonly times: readonly number[];
  /** Units a second from the time of the same position on. */
  readonly rates: readonly number[];
}

/** The highest rate and when it holds; 0 where there is none. */
export function peakOf({ times, rates }: Demand): { readonly rate: number; readonly seconds: number } {
  let best = 0;
  for (let index = 1; index < rates.length; index += 1) if ((rates[index] ?? 0) > (rates[best] ?? 0)) best = index;
  return { rate: rates[best] ?? 0, seconds: times[best] ?? 0 };
}

/** Units over the whole time. */
export function totalOf({ times, rates, durationSeconds }: Demand): number {
  let total = 0;
  for (let index = 0; index < times.length; index += 1) {
    total += (rates[index] ?? 0) * ((times[index + 1] ?? durationSeconds) - (times[index] ?? 0));
  }
  return total;
}

/** Every rate times a factor. */
export function scaled(demand: Demand, factor: number): Demand {
  return { ...demand, rates: demand.rates.map((rate) => rate * factor) };
}

/** A part of the demand, at most `durationSeconds` long. */
export function windowOf(demand: Demand, fromSeconds: number, durationSeconds: number): Demand {
  const from = Math.max(0, Math.min(fromSeconds, demand.durationSeconds));
  const duration = Math.min(durationSeconds, demand.durationSeconds - from);
  const times: number[] = [];
  const rates: number[] = [];
  for (let index = 0; index < demand.times.length; index += 1) {
    const begins = demand.times[index] ?? 0;
    const ends = demand.times[index + 1] ?? demand.durationSeconds;
    if (ends <= from || begins >= from + duration) continue;
    times.push(Math.max(0, begins - from));
    rates.push(demand.rates[index] ?? 0);
  }
  return { startSeconds: demand.startSeconds + from, durationSeconds: duration, times, rates };
}

/** So many seconds with the peak in their middle, as far as the demand reaches on both sides. */
export function windowAroundPeak(demand: Demand, durationSeconds: number): Demand {
  const middle = peakOf(demand).seconds - durationSeconds / 2;
  const latest = Math.max(0, demand.durationSeconds - durationSeconds);
  const minute = 60;
  return windowOf(demand, Math.floor(Math.max(0, Math.min(middle, latest)) / minute) * minute, durationSeconds);
}

/** The highest rate in each stretch of `stepSeconds`. */
export function peaksByStep({ times, rates, durationSeconds }: Demand, stepSeconds: number): readonly number[] {
  const peaks = Array.from({ length: Math.ceil(durationSeconds / stepSeconds) }, () => 0);
  for (let index = 0; index < times.length; index += 1) {
    const first = Math.floor((times[index] ?? 0) / stepSeconds);
    const last = Math.ceil((times[index + 1] ?? durationSeconds) / stepSeconds) - 1;
    for (let step = first; step <= last; step += 1) peaks[step] = Math.max(peaks[step] ?? 0, rates[index] ?? 0);
  }
  return peaks;
}
