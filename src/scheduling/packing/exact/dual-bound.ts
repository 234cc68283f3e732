import type { PackingInstance } from "../packing-instance.ts";

/** A bound with the prices that show it. */
export interface DualBound {
  readonly bound: number;
  /** By shape: what the pods are worth; no pattern is worth more than its node costs less the price of the type. */
  readonly podPrices: Float64Array;
  /** By type, at most 0; other than 0 only for limited types. */
  readonly typePrices: Float64Array;
}

/**
 * Lower bound from any prices of pods, given that no pattern of type b is worth more than `upper[b]`.
 *
 * Without limits that is Farley's bound ("A note on bounding a class of linear programming problems", 1990): scaled down so
 * far that no pattern is worth more than its node, the prices are a feasible dual solution. A limited type may be worth more:
 * each of its nodes then lowers the bound by the excess. The best scale is one of those at which a type starts to exceed.
 */
export function dualBound(instance: PackingInstance, podPrices: Float64Array, upper: Float64Array): DualBound {
  const { prices, limits, demand } = instance;
  let worth = 0;
  for (const [shape, price] of podPrices.entries()) worth += price * (demand[shape] ?? 0);
  let largest = 1;
  const scales: number[] = [];
  for (const [type, price] of prices.entries()) {
    const ratio = price / Math.max(upper[type] ?? 0, Number.MIN_VALUE);
    if (limits[type] === Number.POSITIVE_INFINITY) largest = Math.min(largest, ratio);
    else if (ratio < 1) scales.push(ratio);
  }
  const excess = (scale: number, type: number) => Math.min(0, (prices[type] ?? 0) - scale * (upper[type] ?? 0));
  const boundAt = (scale: number): number => {
    let bound = scale * worth;
    for (const [type, limit] of limits.entries()) if (Number.isFinite(limit)) bound += limit * excess(scale, type);
    return bound;
  };
  const scale = [...scales.filter((each) => each < largest), largest].reduce((best, each) =>
    boundAt(each) > boundAt(best) ? each : best,
  );
  return {
    bound: Math.max(0, boundAt(scale)),
    podPrices: podPrices.map((price) => price * scale),
    typePrices: Float64Array.from(prices, (_, type) => (Number.isFinite(limits[type]) ? excess(scale, type) : 0)),
  };
}

/** Greatest price that divides all prices: every plan costs a multiple of it. */
export function priceStep({ prices }: PackingInstance): number {
  const step = prices.reduce((divisor, price) => greatestDivisor(divisor, price), 0);
  return step > 0 ? step : 1;
}

function greatestDivisor(left: number, right: number): number {
  let [a, b] = [left, right];
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

/** A bound in doubles as the least price that a plan may have: rounded up to a step, less what rounding may have added. */
export function roundUp(bound: number, step: number): number {
  const steps = bound / step;
  return Math.max(0, Math.ceil(steps - 1e-6 - steps * 1e-11) * step);
}
