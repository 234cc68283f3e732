import type { WorstCaseAvailability } from "./availability-report.ts";
import type { Solution } from "./fault-tree/solver.ts";
import type { ReplicaGroup } from "./from-estate/replica-group.ts";
import type { ReplicaShape } from "./from-estate/replica-shape.ts";
import { downtimeFigure, MINUTES_PER_MONTH, unavailabilityFigure } from "./journey-figures.ts";
import type { JourneySolution } from "./solve-journey.ts";
import { namesInWords } from "./words/weakness-in-words.ts";

/** Less than this much more downtime is not worth a word: minutes a month. */
const NEGLIGIBLE_MINUTES = 0.005;

/** What badly placed replicas would cost; undefined where constraints or single replicas leave no difference. */
export function reportWorstCase(
  solution: JourneySolution,
  groups: Iterable<ReplicaGroup>,
  id: string,
  journey: string,
): WorstCaseAvailability | undefined {
  const more = (middle(solution.worst) - middle(solution.expected)) * MINUTES_PER_MONTH;
  if (!(more > NEGLIGIBLE_MINUTES)) return undefined;
  const loose = [...groups]
    .filter((group) => crowds(group) || scatters(group))
    .sort((left, right) => (left.id < right.id ? -1 : 1));
  const unavailability = unavailabilityFigure(
    `${id}/worst-case/unavailability`,
    "share of time down with replicas as badly placed as their constraints allow",
    solution.worst,
    { events: solution.eventCount, diagramNodes: solution.diagramNodes },
    loose.map((group) => ({
      kind: "formula",
      text: crowds(group)
        ? `no required spread constraint or anti-affinity keeps all ${group.replicas} replicas of ${group.label} apart`
        : `${group.label} needs ${group.needed} of its ${group.replicas} replicas, and nothing keeps them on few nodes`,
    })),
  );
  return {
    unavailability,
    downtimeMinutesPerMonth: downtimeFigure(
      `${id}/worst-case/downtime`,
      "downtime in an average month with badly placed replicas",
      unavailability,
      solution.worst,
    ),
    workloads: loose.map((group) => group.id),
    words: worstCaseInWords(loose, middle(solution.worst) * MINUTES_PER_MONTH, more, journey),
  };
}

function worstCaseInWords(loose: readonly ReplicaGroup[], minutes: number, more: number, journey: string): string {
  const crowded = loose.filter(crowds);
  const labels = (crowded.length > 0 ? crowded : loose).map(({ label }) => label);
  const names = namesInWords(labels);
  if (crowded.length === 0) {
    const needs = labels.length === 1 ? "needs nearly all of its replicas" : "need nearly all of their replicas";
    return `${names} ${needs}: if these lie on as many nodes and zones as they may, ${journey} is down ${round(minutes)} min a month, ${round(more)} min more`;
  }
  const verb = labels.length === 1 ? "its" : "their";
  return `no required constraint keeps the replicas of ${names} apart: if ${verb} replicas crowd together, ${journey} is down ${round(minutes)} min a month, ${round(more)} min more`;
}

/** The worst case has the replicas on fewer nodes or zones than they are on. */
function crowds({ shapes: { expected, worst } }: ReplicaGroup): boolean {
  return worst.zones.length < expected.zones.length || nodesOf(worst) < nodesOf(expected);
}

/** It has them on more of them: where nearly all are needed, each node more is one more that stops the group. */
function scatters({ shapes: { expected, worst } }: ReplicaGroup): boolean {
  return worst.zones.length > expected.zones.length || nodesOf(worst) > nodesOf(expected);
}

function nodesOf({ zones }: ReplicaShape): number {
  return zones.reduce((sum, { replicasByNode }) => sum + replicasByNode.length, 0);
}

/** The value, or the middle of the bounds. */
function middle(solution: Solution): number {
  return solution.kind === "exact" ? solution.probability : (solution.lower + solution.upper) / 2;
}

function round(minutes: number): string {
  return minutes >= 10 ? String(Math.round(minutes)) : String(Number(minutes.toPrecision(2)));
}
