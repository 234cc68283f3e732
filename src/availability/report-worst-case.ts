import type { WorstCaseAvailability } from "./availability-report.ts";
import type { Solution } from "./fault-tree/solver.ts";
import type { ReplicaGroup } from "./from-estate/replica-group.ts";
import { downtimeFigure, MINUTES_PER_MONTH, unavailabilityFigure } from "./journey-figures.ts";
import type { JourneySolution } from "./solve-journey.ts";
import { namesInWords } from "./words/weakness-in-words.ts";

/** Less than this much more downtime is not worth a word: minutes a month. */
const NEGLIGIBLE_MINUTES = 0.005;

/** What crowded replicas would cost; undefined where constraints or single replicas leave no difference. */
export function reportWorstCase(
  solution: JourneySolution,
  groups: Iterable<ReplicaGroup>,
  id: string,
  journey: string,
): WorstCaseAvailability | undefined {
  const more = (middle(solution.worst) - middle(solution.expected)) * MINUTES_PER_MONTH;
  if (!(more > NEGLIGIBLE_MINUTES)) return undefined;
  const loose = [...groups].filter(isLoose).sort((left, right) => (left.id < right.id ? -1 : 1));
  const unavailability = unavailabilityFigure(
    `${id}/worst-case/unavailability`,
    "share of time down with replicas as crowded as their constraints allow",
    solution.worst,
    { events: solution.eventCount, diagramNodes: solution.diagramNodes },
    loose.map(({ label, replicas }) => ({
      kind: "formula",
      text: `no required spread constraint or anti-affinity keeps all ${replicas} replicas of ${label} apart`,
    })),
  );
  return {
    unavailability,
    downtimeMinutesPerMonth: downtimeFigure(
      `${id}/worst-case/downtime`,
      "downtime in an average month with crowded replicas",
      unavailability,
      solution.worst,
    ),
    workloads: loose.map((group) => group.id),
    words: worstCaseInWords(loose, middle(solution.worst) * MINUTES_PER_MONTH, more, journey),
  };
}

function worstCaseInWords(loose: readonly ReplicaGroup[], minutes: number, more: number, journey: string): string {
  const labels = loose.map(({ label }) => label);
  const names = namesInWords(labels);
  const verb = labels.length === 1 ? "its" : "their";
  return `no required constraint keeps the replicas of ${names} apart: if ${verb} replicas crowd together, ${journey} is down ${round(minutes)} min a month, ${round(more)} min more`;
}

/** Crowding would put replicas on fewer nodes or zones than they are on. */
function isLoose({ shapes: { expected, worst } }: ReplicaGroup): boolean {
  const nodes = (shape: typeof expected) =>
    shape.zones.reduce((sum, { replicasByNode }) => sum + replicasByNode.length, 0);
  return worst.zones.length < expected.zones.length || nodes(worst) < nodes(expected);
}

/** The value, or the middle of the bounds. */
function middle(solution: Solution): number {
  return solution.kind === "exact" ? solution.probability : (solution.lower + solution.upper) / 2;
}

function round(minutes: number): string {
  return minutes >= 10 ? String(Math.round(minutes)) : String(Number(minutes.toPrecision(2)));
}
