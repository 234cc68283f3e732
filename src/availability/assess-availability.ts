import type { Catalog } from "../catalog/catalog.ts";
import type { Journey } from "../estate/model/application.ts";
import type { Estate } from "../estate/model/estate.ts";
import type { Placement } from "../scheduling/placement.ts";
import type { AvailabilityReport } from "./availability-report.ts";
import { DiagramCache } from "./fault-tree/diagram-cache.ts";
import { createFaultModel } from "./from-estate/fault-model.ts";
import { assumeOneReplica } from "./from-estate/replicas-needed.ts";
import { ServingFailures } from "./from-estate/serving-failure.ts";
import { healTree } from "./heal/heal-tree.ts";
import { reportHealing } from "./heal/report-healing.ts";
import { reportJourney } from "./report-journey.ts";
import { buildJourneyTrees, JourneySolver, type JourneyTree } from "./solve-journey.ts";

/**
 * How long each journey is down, and why: a fault tree from entry path, workloads, replicas, placement, dependencies and
 * SLAs, solved exactly. A journey that needs something unknown is not evaluable and says what is missing.
 */
export function assessAvailability(
  estate: Estate,
  placement: Placement,
  catalog: Catalog,
  diagrams: DiagramCache = new DiagramCache(),
): AvailabilityReport {
  const model = createFaultModel(estate, placement, catalog);
  const trees = buildJourneyTrees(model);
  const serving = new ServingFailures(model, "expected", new Map());
  const healTrees = estate.clusters.map((cluster) => healTree(model, serving, cluster));
  const solver = new JourneySolver(model.book, diagrams);
  const labels = labelJourneys(estate.journeys);
  const journeys = trees.map((tree) =>
    reportJourney(model, solver, tree, labels.get(tree.journey.id) ?? tree.journey.name),
  );
  assumeOneReplica(model, countUnloaded(trees));
  const clusters = healTrees.map((tree) => reportHealing(model, solver, tree));
  return { journeys, clusters, assumptions: model.failures.assumptions() };
}

/** The shortest form of each journey's name that is unique in the estate. */
function labelJourneys(journeys: readonly Journey[]): ReadonlyMap<string, string> {
  const forms = (journey: Journey) => [journey.name, `${journey.application}/${journey.name}`, journey.id];
  const counts = new Map<string, number>();
  for (const form of journeys.flatMap(forms)) counts.set(form, (counts.get(form) ?? 0) + 1);
  return new Map(
    journeys.map((journey) => [journey.id, forms(journey).find((form) => counts.get(form) === 1) ?? journey.id]),
  );
}

/** Workloads with several replicas of which one is taken to be enough. */
function countUnloaded(trees: readonly JourneyTree[]): number {
  const unloaded = new Set<string>();
  for (const { scope } of trees) {
    for (const group of scope.groups.values()) {
      if (group.replicas > 1 && group.needed === 1 && group.neededReasons.length === 0) unloaded.add(group.id);
    }
  }
  return unloaded.size;
}
