import type { IntervalEstimate } from "./interval-estimate.ts";
import type { Agreement, DowntimePart } from "./simulation-report.ts";

/** A difference below this share of the tree's figure is called agreement, however narrow the interval. */
const CLOSE = 0.02;
/** Parts below this share of the tree's figure explain nothing. */
const TELLING = 0.002;

/**
 * Whether simulation and fault tree agree on the downtime a year, and what makes them differ. They share the hard failures;
 * the tree has a fixed allowance for all that recovers, the simulation plays it.
 * @param whole minutes a year by the tree; undefined where it has none
 * @param hard minutes a year by hard failures alone
 */
export function explainDifference(
  downtime: IntervalEstimate,
  whole: number | undefined,
  parts: readonly DowntimePart[],
  hard: number,
): { readonly agreement: Agreement; readonly differences: readonly string[] } {
  if (whole === undefined) return { agreement: "notComparable", differences: [] };
  const isWithin = whole >= downtime.lower && whole <= downtime.upper;
  if (isWithin || Math.abs(downtime.mean - whole) <= CLOSE * whole) return { agreement: "agrees", differences: [] };
  const agreement = downtime.mean > whole ? "higher" : "lower";
  const allowance = whole - hard;
  const minutesOf = (part: DowntimePart["part"]) => {
    const found = parts.find((each) => each.part === part)?.minutesPerYear ?? 0;
    return found >= TELLING * whole ? found : 0;
  };
  const differences: string[] = [];
  const recovery = minutesOf("recovery");
  const onTheWay =
    recovery === 0
      ? ""
      : `, of which pods on their way take ${minutes(recovery)} with their own tolerations, probes and disks`;
  differences.push(
    `The tree allows ${minutes(allowance)} a year for what comes back elsewhere; played through, it is ${minutes(downtime.mean - hard)}${onTheWay}.`,
  );
  if (minutesOf("room") > 0) {
    differences.push(
      `${minutes(minutesOf("room"))} a year is pods that find no room on the nodes that are left and wait for a new one or for what was lost: the tree takes it that there is room.`,
    );
  }
  if (agreement === "lower" && allowance > 0) {
    differences.push(
      "Of workloads that lose pods with the same node or zone, the tree takes the times until they are back as independent of one another, so that they add up; played through, they overlap.",
      "The tree counts every outage of the control plane that meets the loss of a node or zone in full; pods that have moved by then are not concerned.",
    );
  }
  if (minutesOf("switch") > 0) {
    differences.push(
      `${minutes(minutesOf("switch"))} a year is the switch to the other region, counted from the moment that the active one is down as a whole: the tree counts it for each failure on its own.`,
    );
  }
  return { agreement, differences };
}

function minutes(value: number): string {
  return `${value >= 10 ? value.toFixed(0) : value >= 0.1 ? value.toFixed(1) : value.toPrecision(1)} min`;
}
