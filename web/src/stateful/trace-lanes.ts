import type { TraceEnd, TraceStep } from "../../../src/stateful/simulation/shrinking/readable-trace.ts";

/** A vertical line of the diagram: a client, a replica, or what coordinates in a region. */
interface Lane {
  readonly key: string;
  /** A short word at its head, and what it belongs to. */
  readonly label: string;
  readonly group: string;
}

/** A step as a row of the diagram: between two lanes, or at one. */
export interface LaneStep {
  readonly step: TraceStep;
  readonly from: number | undefined;
  readonly to: number | undefined;
}

export interface LaneDiagram {
  readonly lanes: readonly Lane[];
  readonly steps: readonly LaneStep[];
}

/** Clients on the left, then the replicas of each region in the order of the run; only what takes part. */
export function layLanes(steps: readonly TraceStep[], regions: readonly string[]): LaneDiagram {
  const ends = steps.flatMap(({ from, to }) => [from, to].filter((end) => end !== undefined));
  const byKey = new Map(ends.map((end) => [keyOf(end), end]));
  const lanes = [...byKey]
    .toSorted(([, left], [, right]) => compareRanks(rankOf(left, regions), rankOf(right, regions)))
    .map(([key, end]): Lane => ({ key, ...wordsOf(end) }));
  const indexOf = new Map(lanes.map(({ key }, index) => [key, index]));
  const laneOf = (end: TraceEnd | undefined) => (end === undefined ? undefined : indexOf.get(keyOf(end)));
  return { lanes, steps: steps.map((step) => ({ step, from: laneOf(step.from), to: laneOf(step.to) })) };
}

function keyOf(end: TraceEnd): string {
  if ("client" in end) return `client ${end.client}`;
  return "replica" in end ? `${end.region} ${end.replica}` : end.region;
}

function wordsOf(end: TraceEnd): Omit<Lane, "key"> {
  if ("client" in end) return { label: `client ${end.client}`, group: "clients" };
  return { label: "replica" in end ? `replica ${end.replica}` : "all of it", group: end.region };
}

/** Group, then place in the group. */
function rankOf(end: TraceEnd, regions: readonly string[]): readonly [number, number] {
  if ("client" in end) return [-1, end.client];
  return [regions.indexOf(end.region), "replica" in end ? end.replica : 0];
}

function compareRanks(left: readonly [number, number], right: readonly [number, number]): number {
  return left[0] - right[0] || left[1] - right[1];
}

/** The step that the address names, within the trace; the first where it says nothing that can be used. */
export function stepAt(text: string | undefined, count: number): number {
  const value = Number(text);
  return text !== undefined && Number.isInteger(value) ? Math.min(count, Math.max(1, value)) : 1;
}
