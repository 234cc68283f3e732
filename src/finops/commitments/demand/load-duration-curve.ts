import { hoursOf, type NodeDemand } from "./node-demand.ts";

/** A level of demand with how long it is reached. Levels are units of a size-flexibility group. */
interface CurveStep {
  /** The step reaches from the level of the one before (0 at first) to this one. */
  readonly units: number;
  /** Share of all hours in which demand is at least that. */
  readonly share: number;
}

/** The load-duration curve of a size-flexibility group in a region: exact steps, from the level that is always there up. */
export interface LoadDurationCurve {
  readonly region: string;
  readonly group: string;
  readonly vmSizes: readonly string[];
  readonly steps: readonly CurveStep[];
  /** Units that are used on average. */
  readonly meanUnits: number;
  readonly peakUnits: number;
}

/** The curves of all groups, by region and group. */
export function loadDurationCurves(demand: NodeDemand): readonly LoadDurationCurve[] {
  const members = Map.groupBy(demand.pools.keys(), (index) => {
    const pool = demand.pools[index];
    return `${pool?.region}\n${pool?.group}`;
  });
  const curves = [...members.values()].flatMap((indices) => {
    const first = demand.pools[indices[0] ?? -1];
    return first === undefined ? [] : [curveOf(demand, indices, first.region, first.group)];
  });
  return curves.toSorted((left, right) => compare(left.region, right.region) || compare(left.group, right.group));
}

function curveOf(demand: NodeDemand, indices: readonly number[], region: string, group: string): LoadDurationCurve {
  const ratioOf = (index: number) => demand.pools[index]?.ratio ?? 1;
  const levels = demand.years.flatMap(({ states, times }) =>
    states.map(({ hours, nodes }) => ({
      hours: hours * times,
      units: indices.reduce((sum, index) => sum + (nodes[index] ?? 0) * ratioOf(index), 0),
    })),
  );
  return {
    region,
    group,
    vmSizes: [...new Set(indices.flatMap((index) => demand.pools[index]?.vmSize ?? []))].toSorted(),
    ...durationSteps(levels, hoursOf(demand)),
  };
}

/** Sorts levels into the steps of a duration curve. */
function durationSteps(
  levels: readonly { readonly hours: number; readonly units: number }[],
  totalHours: number,
): Pick<LoadDurationCurve, "steps" | "meanUnits" | "peakUnits"> {
  const hoursAt = new Map<number, number>();
  for (const { hours, units } of levels) {
    const level = Number(units.toFixed(6));
    hoursAt.set(level, (hoursAt.get(level) ?? 0) + hours);
  }
  const ascending = [...hoursAt].filter(([level]) => level > 0).toSorted(([left], [right]) => left - right);
  let remaining = ascending.reduce((sum, [, hours]) => sum + hours, 0);
  const steps: CurveStep[] = [];
  for (const [units, hours] of ascending) {
    steps.push({ units, share: totalHours > 0 ? Math.min(1, remaining / totalHours) : 0 });
    remaining -= hours;
  }
  const meanUnits = ascending.reduce(
    (sum, [units, hours]) => sum + (totalHours > 0 ? (units * hours) / totalHours : 0),
    0,
  );
  return { steps, meanUnits, peakUnits: ascending.at(-1)?.[0] ?? 0 };
}

/** Mean share of the hours in which the units between two levels are used: the area under the curve between them. */
export function usedShare({ steps }: Pick<LoadDurationCurve, "steps">, from: number, to: number): number {
  if (to <= from) return 0;
  let area = 0;
  let below = 0;
  for (const { units, share } of steps) {
    area += Math.max(0, Math.min(to, units) - Math.max(from, below)) * share;
    below = units;
  }
  return area / (to - from);
}

/**
 * Instances of `unitsEach` to commit to when nothing else is on offer: the n-th as long as the share of the hours in which
 * it is used is above the ratio of committed to pay-as-you-go price (the newsvendor's quantile).
 */
export function instancesByQuantile(curve: LoadDurationCurve, unitsEach: number, ratio: number): number {
  if (!(unitsEach > 0)) return 0;
  const most = Math.ceil(curve.peakUnits / unitsEach - 1e-9);
  let instances = 0;
  while (instances < most && usedShare(curve, instances * unitsEach, (instances + 1) * unitsEach) > ratio + 1e-12)
    instances += 1;
  return instances;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
