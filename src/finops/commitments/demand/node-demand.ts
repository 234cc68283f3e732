import type { NodeUsage } from "../bill-hour.ts";

/** A pool of nodes that commitments may cover; the number of its nodes is that of a demand state. */
export type CommittablePool = Omit<NodeUsage, "nodes">;

/** Hours in which no pool changes; `nodes` in the order of the pools. Hourly averages: Azure adds up partial hours. */
export interface DemandState {
  readonly hours: number;
  readonly nodes: readonly number[];
}

/** A stretch of at most twelve months: what is bought for one year is bought anew for each. */
export interface DemandYear {
  readonly months: number;
  /** How often it comes one after the other, where years are alike. */
  readonly times: number;
  readonly states: readonly DemandState[];
}

/** Nodes of every pool, hour by hour, over the time that commitments are chosen for. */
export interface NodeDemand {
  readonly pools: readonly CommittablePool[];
  readonly years: readonly DemandYear[];
  readonly months: number;
}

const hoursPerMonth = 730;
const monthsPerYear = 12;
const sameCount = 1e-9;

export interface DemandTime {
  /** 1 to 36. */
  readonly months: number;
  /** Share by which every pool grows a month; negative shrinks. */
  readonly growthPerMonth: number;
}

/**
 * Repeats a pattern of hours (a week, a measured month) over the months. Whole node counts grow in whole nodes, hourly
 * averages as they are.
 */
export function demandOver(
  pools: readonly CommittablePool[],
  pattern: readonly DemandState[],
  { months, growthPerMonth }: DemandTime,
): NodeDemand {
  const month = monthOf(pattern);
  if (growthPerMonth === 0) return { pools, months, years: alikeYears(month, months) };
  const years: DemandYear[] = [];
  for (let from = 0; from < months; from += monthsPerYear) {
    const until = Math.min(months, from + monthsPerYear);
    const states: DemandState[] = [];
    for (let index = from; index < until; index += 1) states.push(...grown(month, (1 + growthPerMonth) ** index));
    years.push({ months: until - from, times: 1, states: mergeStates(states) });
  }
  return { pools, months, years };
}

/** The same demand with every pool's nodes times `factor`: a fall that leaves the pattern as it is. */
export function scaleDemand(demand: NodeDemand, factor: number): NodeDemand {
  const scale = ({ hours, nodes }: DemandState) => ({ hours, nodes: nodes.map((count) => count * factor) });
  return { ...demand, years: demand.years.map((year) => ({ ...year, states: year.states.map(scale) })) };
}

/** Hours of all years. */
export function hoursOf({ months }: Pick<NodeDemand, "months">): number {
  return months * hoursPerMonth;
}

/** States with the same nodes as one, those with most nodes first. */
export function mergeStates(states: readonly DemandState[]): readonly DemandState[] {
  const merged = new Map<string, { hours: number; readonly nodes: readonly number[] }>();
  for (const { hours, nodes } of states) {
    if (hours <= 0) continue;
    const key = nodes.map((count) => Math.round(count / sameCount) * sameCount).join(" ");
    const known = merged.get(key);
    if (known === undefined) merged.set(key, { hours, nodes });
    else known.hours += hours;
  }
  return [...merged.values()].sort((left, right) => sum(right.nodes) - sum(left.nodes));
}

/** At most so many states: neighbours in the order of their size become their mean, weighted by hours. */
export function averageStates(states: readonly DemandState[], most: number): readonly DemandState[] {
  if (states.length <= most) return states;
  const ordered = states.toSorted((left, right) => sum(right.nodes) - sum(left.nodes));
  const perGroup = Math.ceil(states.length / most);
  const merged: DemandState[] = [];
  for (let from = 0; from < ordered.length; from += perGroup) {
    const part = ordered.slice(from, from + perGroup);
    const hours = part.reduce((total, state) => total + state.hours, 0);
    const nodes = (part[0]?.nodes ?? []).map(
      (_, index) => part.reduce((total, state) => total + state.hours * (state.nodes[index] ?? 0), 0) / hours,
    );
    merged.push({ hours, nodes });
  }
  return merged;
}

/** The pattern as 730 hours. */
function monthOf(pattern: readonly DemandState[]): readonly DemandState[] {
  const total = pattern.reduce((hours, state) => hours + state.hours, 0);
  if (total <= 0) return [];
  return mergeStates(pattern.map(({ hours, nodes }) => ({ hours: (hours / total) * hoursPerMonth, nodes })));
}

function alikeYears(month: readonly DemandState[], months: number): readonly DemandYear[] {
  const lasting = (count: number) => month.map(({ hours, nodes }) => ({ hours: hours * count, nodes }));
  const whole = Math.floor(months / monthsPerYear);
  const rest = months % monthsPerYear;
  return [
    ...(whole > 0 ? [{ months: monthsPerYear, times: whole, states: lasting(monthsPerYear) }] : []),
    ...(rest > 0 ? [{ months: rest, times: 1, states: lasting(rest) }] : []),
  ];
}

function grown(month: readonly DemandState[], factor: number): readonly DemandState[] {
  const after = (count: number) => (Number.isInteger(count) ? Math.round(count * factor) : count * factor);
  return month.map(({ hours, nodes }) => ({ hours, nodes: nodes.map(after) }));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
