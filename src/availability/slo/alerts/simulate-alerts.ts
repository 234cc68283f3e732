import type { ExactRatio } from "../exact-ratio.ts";
import { type BurnRateAlert, thresholdOf } from "../rules/burn-rate-alert.ts";
import type { EventSeries } from "./event-series.ts";

/** A time in which an alert fired. */
export interface FiredAlert {
  readonly alert: BurnRateAlert;
  readonly startSeconds: number;
  /** Undefined when it still fires at the end of the series. */
  readonly endSeconds: number | undefined;
  /**
   * Share of the budget of a whole window that was gone when it fired; what of the window lies before the series counts with
   * the mean traffic of the series.
   */
  readonly budgetSpent: number;
}

export interface AlertSimulation {
  readonly fired: readonly FiredAlert[];
  /** Seconds in which at least one alert fired. */
  readonly firingSeconds: number;
  /** Share of all bad events that happened while no alert fired. */
  readonly unnoticedShare: number | undefined;
  /** Alerts whose short window is below one step of the series. */
  readonly notEvaluable: readonly BurnRateAlert[];
}

/** Bad and total events of the rows that lie in a window up to now; rows enter at the end and leave at the start. */
class SlidingWindow {
  bad = 0n;
  total = 0n;
  #first = 0;
  readonly #series: EventSeries;
  readonly #seconds: number;

  constructor(series: EventSeries, seconds: number) {
    this.#series = series;
    this.#seconds = seconds;
  }

  /** Moves the end of the window to the end of a row, which is the one after the last. */
  advance(row: number): void {
    const { bad, total, startSeconds, stepSeconds } = this.#series;
    this.bad += bad[row] ?? 0n;
    this.total += total[row] ?? 0n;
    const from = (startSeconds[row] ?? 0) + stepSeconds - this.#seconds;
    while (this.#first <= row && (startSeconds[this.#first] ?? 0) < from) {
      this.bad -= bad[this.#first] ?? 0n;
      this.total -= total[this.#first] ?? 0n;
      this.#first += 1;
    }
  }

  /** `bad / total > threshold`, by whole numbers; no traffic is 0/0 and never above. */
  isAbove({ numerator, denominator }: ExactRatio): boolean {
    return this.total > 0n && this.bad * denominator > this.total * numerator;
  }
}

/** One alert with its windows, as it stands at the end of a row. */
class WatchedAlert {
  readonly alert: BurnRateAlert;
  readonly #threshold: ExactRatio;
  readonly #long: SlidingWindow;
  readonly #short: SlidingWindow;
  firing: FiredAlert | undefined;

  constructor(series: EventSeries, alert: BurnRateAlert, budget: ExactRatio) {
    this.alert = alert;
    this.#threshold = thresholdOf(alert, budget);
    this.#long = new SlidingWindow(series, alert.longSeconds);
    this.#short = new SlidingWindow(series, alert.shortSeconds);
  }

  fires(row: number): boolean {
    this.#long.advance(row);
    this.#short.advance(row);
    return this.#long.isAbove(this.#threshold) && this.#short.isAbove(this.#threshold);
  }
}

/**
 * Plays the alerts over a series as Prometheus would evaluate them at the end of every step: both windows above the
 * threshold, strictly; a window that reaches back before the series, or over a gap, has the events that there are.
 * @param budget share that may be bad
 * @param windowSeconds of the SLO, over which the budget is
 */
export function simulateAlerts(
  series: EventSeries,
  alerts: readonly BurnRateAlert[],
  budget: ExactRatio,
  windowSeconds: number,
): AlertSimulation {
  const notEvaluable = alerts.filter(({ shortSeconds }) => shortSeconds < series.stepSeconds);
  const watched = alerts
    .filter((alert) => !notEvaluable.includes(alert))
    .map((alert) => new WatchedAlert(series, alert, budget));
  const whole = new SlidingWindow(series, windowSeconds);
  const first = series.startSeconds[0] ?? 0;
  const covered = (series.startSeconds.at(-1) ?? 0) + series.stepSeconds - first;
  const perSecond = Number(series.total.reduce((sum, each) => sum + each, 0n)) / covered;
  const fired: FiredAlert[] = [];
  const events = { bad: 0n, unnoticed: 0n };
  let firingSeconds = 0;
  series.startSeconds.forEach((startSeconds, row) => {
    const now = startSeconds + series.stepSeconds;
    whole.advance(row);
    const before = watched.some(({ firing }) => firing !== undefined);
    const unseen = Math.max(0, windowSeconds - (now - first)) * perSecond;
    const spent = budgetSpent(whole.bad, Number(whole.total) + unseen, budget);
    for (const each of watched) step(each, each.fires(row), { now, spent, fired });
    const bad = series.bad[row] ?? 0n;
    events.bad += bad;
    if (before) firingSeconds += series.stepSeconds;
    else events.unnoticed += bad;
  });
  for (const { firing } of watched) if (firing !== undefined) fired.push(firing);
  return {
    fired: fired.toSorted((one, other) => one.startSeconds - other.startSeconds),
    firingSeconds,
    unnoticedShare: events.bad === 0n ? undefined : Number(events.unnoticed) / Number(events.bad),
    notEvaluable,
  };
}

interface Moment {
  readonly now: number;
  readonly spent: number;
  readonly fired: FiredAlert[];
}

function step(watched: WatchedAlert, isAbove: boolean, { now, spent, fired }: Moment): void {
  if (isAbove && watched.firing === undefined) {
    watched.firing = { alert: watched.alert, startSeconds: now, endSeconds: undefined, budgetSpent: spent };
  } else if (!isAbove && watched.firing !== undefined) {
    fired.push({ ...watched.firing, endSeconds: now });
    watched.firing = undefined;
  }
}

/** Share of the budget: bad / (budget x total); 0 without traffic. */
function budgetSpent(bad: bigint, total: number, { numerator, denominator }: ExactRatio): number {
  return total === 0 ? 0 : Number(bad * denominator) / (total * Number(numerator));
}
