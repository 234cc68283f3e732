import { assessAvailability } from "../../availability/assess-availability.ts";
import type { JourneyAvailability } from "../../availability/availability-report.ts";
import type { Economy } from "../../availability/slo/budget/over-delivery.ts";
import type { Catalog } from "../../catalog/catalog.ts";
import { likelyValue } from "../../estate/figures/figure.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { computeCost } from "../../finops/compute-cost.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import type { Placement } from "../../scheduling/placement.ts";

/** Cheaper estates that are looked at for one journey; each is placed, priced and solved anew. */
const mostCandidates = 6;

interface Candidate {
  readonly what: string;
  readonly estate: Estate;
}

/**
 * What running with less would save a journey and what would be left of its availability: one replica less of each
 * workload, one node less of each pool of its clusters.
 * @param today for prices, `YYYY-MM-DD`
 */
export function journeyEconomies(
  estate: Estate,
  catalog: Catalog,
  journey: JourneyAvailability,
  today: string,
): readonly Economy[] {
  const before = monthlyCost(estate, catalog, today);
  const waiting = waitingPods(placeWorkloads(estate, catalog));
  if (before === undefined) return [];
  return candidatesOf(estate, journey)
    .slice(0, mostCandidates)
    .flatMap(({ what, estate: cheaper }) => {
      const after = monthlyCost(cheaper, catalog, today);
      if (after === undefined || before - after < 0.01) return [];
      const placement = placeWorkloads(cheaper, catalog);
      // What leaves pods without a node, of this journey or another, is no economy.
      if (waitingPods(placement) > waiting) return [];
      const again = assessAvailability(cheaper, placement, catalog).journeys.find(
        (each) => each.journey === journey.journey,
      );
      const unavailability = again?.unavailability.result;
      if (unavailability?.kind !== "exact") return [];
      return [{ what, monthlySaving: before - after, unavailability: unavailability.value }];
    });
}

function waitingPods({ unplaced }: Placement): number {
  return unplaced.reduce((sum, { pods }) => sum + pods, 0);
}

function monthlyCost(estate: Estate, catalog: Catalog, today: string): number | undefined {
  return likelyValue(computeCost(estate, placeWorkloads(estate, catalog), catalog, { today }).monthly);
}

function candidatesOf(estate: Estate, journey: JourneyAvailability): readonly Candidate[] {
  const needed = new Set(journey.workloads);
  const workloads = estate.workloads.filter(({ id, run }) => needed.has(id) && run === "serving");
  const clusters = new Set(workloads.map(({ cluster }) => cluster));
  return [...poolCandidates(estate, clusters), ...workloads.flatMap((workload) => replicaCandidate(estate, workload))];
}

function poolCandidates(estate: Estate, clusters: ReadonlySet<string>): readonly Candidate[] {
  return estate.clusters
    .filter(({ name }) => clusters.has(name))
    .flatMap((cluster) =>
      cluster.nodePools
        .filter(({ countDeclared, minimumNodes, mode }) => countDeclared && minimumNodes > 1 && mode === "User")
        .map((pool) => {
          const minimumNodes = pool.minimumNodes - 1;
          const fewer = { ...pool, minimumNodes, maximumNodes: pool.autoscaling ? pool.maximumNodes : minimumNodes };
          const nodePools = cluster.nodePools.map((each) => (each === pool ? fewer : each));
          const changed = estate.clusters.map((each) => (each === cluster ? { ...cluster, nodePools } : each));
          return {
            what: `${minimumNodes} instead of ${pool.minimumNodes} nodes in pool ${pool.name} of ${cluster.name}`,
            estate: { ...estate, clusters: changed },
          };
        }),
    );
}

function replicaCandidate(estate: Estate, workload: Workload): readonly Candidate[] {
  const { replicas, label } = workload;
  if (replicas.minimum < 2) return [];
  const minimum = replicas.minimum - 1;
  const fewer = {
    ...workload,
    replicas: {
      ...replicas,
      minimum,
      declared: Math.min(replicas.declared, replicas.autoscaler === undefined ? minimum : replicas.declared),
      maximum: replicas.autoscaler === undefined ? minimum : replicas.maximum,
    },
  };
  const workloads = estate.workloads.map((each) => (each === workload ? fewer : each));
  return [{ what: `${minimum} instead of ${replicas.minimum} replicas of ${label}`, estate: { ...estate, workloads } }];
}
