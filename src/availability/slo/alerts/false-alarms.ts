import { type ExactRatio, numberOf } from "../exact-ratio.ts";
import { type BurnRateAlert, thresholdOf } from "../rules/burn-rate-alert.ts";

/** How often an alert fires although the service is as healthy as ever. */
export interface FalseAlarmRate {
  readonly requestsInLongWindow: number;
  readonly requestsInShortWindow: number;
  /** Of firing at an evaluation. */
  readonly probability: number;
  /** Expected time in false alarm in 30 days of this traffic. */
  readonly minutesPer30Days: number;
}

/** Beyond this many standard deviations a binomial term is below the smallest double. */
const widestDeviation = 45;
const minutesOf30Days = 43_200;

/**
 * P(Bin(short) > F b short and Bin(long) > F b long), where the short window is the end of the long one: summed over the
 * errors in the short window, with the tail of the rest. Requests fail independently with the healthy ratio; traffic is
 * constant.
 * @param healthyRatio between 0 and 1
 */
export function falseAlarmRate(
  alert: BurnRateAlert,
  budget: ExactRatio,
  requestsPerSecond: number,
  healthyRatio: number,
): FalseAlarmRate {
  const long = Math.round(requestsPerSecond * alert.longSeconds);
  const short = Math.min(long, Math.round(requestsPerSecond * alert.shortSeconds));
  const threshold = thresholdOf(alert, budget);
  const probability = jointTail(short, long, healthyRatio, errorsAbove(short, threshold), errorsAbove(long, threshold));
  return {
    requestsInLongWindow: long,
    requestsInShortWindow: short,
    probability,
    minutesPer30Days: probability * minutesOf30Days,
  };
}

/** Fewest errors among the requests that are above the threshold, by whole numbers. */
function errorsAbove(requests: number, { numerator, denominator }: ExactRatio): number {
  return Number((BigInt(requests) * numerator) / denominator) + 1;
}

function jointTail(short: number, long: number, ratio: number, leastShort: number, leastLong: number): number {
  if (leastShort > short || leastLong > long || ratio <= 0) return 0;
  if (ratio >= 1) return 1;
  const rest = long - short;
  const last = Math.min(short, Math.ceil(short * ratio + widestDeviation * (1 + Math.sqrt(short * ratio))));
  let tail = upperTail(rest, ratio, leastLong - leastShort);
  let sum = 0;
  for (let errors = leastShort; errors <= last; errors += 1) {
    sum += probabilityOf(short, ratio, errors) * tail;
    tail = Math.min(1, tail + probabilityOf(rest, ratio, leastLong - errors - 1));
  }
  return Math.min(1, sum);
}

/** P(Bin(count, ratio) >= least), summed from the side where terms only shrink. */
function upperTail(count: number, ratio: number, least: number): number {
  if (least <= 0) return 1;
  if (least > count) return 0;
  const odds = ratio / (1 - ratio);
  const isAbove = least > count * ratio;
  let sum = 0;
  let errors = isAbove ? least : least - 1;
  let term = probabilityOf(count, ratio, errors);
  while (errors >= 0 && errors <= count && term > sum * 1e-18) {
    sum += term;
    term *= isAbove ? ((count - errors) / (errors + 1)) * odds : errors / (count - errors + 1) / odds;
    errors += isAbove ? 1 : -1;
  }
  return isAbove ? Math.min(1, sum) : Math.max(0, 1 - sum);
}

/** P(Bin(count, ratio) = errors); 0 outside of 0 to count. */
function probabilityOf(count: number, ratio: number, errors: number): number {
  if (errors < 0 || errors > count) return 0;
  const choices = logFactorial(count) - logFactorial(errors) - logFactorial(count - errors);
  return Math.exp(choices + errors * Math.log(ratio) + (count - errors) * Math.log1p(-ratio));
}

/** ln n!, by Stirling's series from 20 on, where its error is below 1e-15. */
function logFactorial(value: number): number {
  if (value < 20) {
    let product = 1;
    for (let factor = 2; factor <= value; factor += 1) product *= factor;
    return Math.log(product);
  }
  const inverse = 1 / value;
  const series = inverse / 12 - inverse ** 3 / 360 + inverse ** 5 / 1260;
  return value * Math.log(value) - value + Math.log(2 * Math.PI * value) / 2 + series;
}

/** Budget as a double, halved: what a healthy service is taken to spend where nothing is measured. */
export function halfOfBudget(budget: ExactRatio): number {
  return numberOf(budget) / 2;
}
