import { aksClusterFacts } from "../../catalog/aks-cluster-facts.ts";
import { nodeProvisioningTime, podMoveTime } from "../../estate/assumptions/failure-rules.ts";
import type { Figure, Reason } from "../../estate/figures/figure.ts";
import { exactFigure, likelyValue } from "../../estate/figures/figure.ts";
import type { Cluster, NodePool } from "../../estate/model/cluster.ts";
import type { Solution } from "../fault-tree/solver.ts";
import type { FaultModel } from "../from-estate/fault-model.ts";
import type { JourneyScope } from "../from-estate/serving-failure.ts";
import type { JourneySolver, TopSolution } from "../solve-journey.ts";
import { placeInWords } from "../words/place-in-words.ts";
import { type DrainBatch, type DrainedGroup, drainBatches } from "./drain-batches.ts";
import { evictionLimit } from "./eviction-limit.ts";
import type { BlockedDrain, PlannedDowntime, PlannedDrains } from "./planned-report.ts";
import { upgradesPerYear } from "./upgrade-rate.ts";

const HOURS_PER_YEAR = 8_766;
const MINUTES_PER_YEAR = 525_960;

/** A pool with the groups of the journey that run on it. */
interface DrainedPool {
  readonly cluster: Cluster;
  readonly pool: NodePool;
  readonly groups: readonly DrainedGroup[];
}

/** One state of the mixture. */
interface PlannedState {
  readonly batch: DrainBatch;
  readonly weight: number;
}

/**
 * What upgrades of the node pools add to a journey's downtime. Undefined where only bounds of the journey are known. A
 * group counts on the pool of its first replicas.
 */
export function plannedDowntime(
  model: FaultModel,
  solver: JourneySolver,
  solution: TopSolution,
  scope: JourneyScope,
  id: string,
): PlannedDowntime | undefined {
  if (solution.expected.kind !== "exact") return undefined;
  const base = solution.expected.probability;
  const pools = drainedPools(model, scope);
  const plans = pools.map((pool) => {
    const rate = upgradesPerYear(model, pool.cluster, pool.pool.name);
    const times = likelyValue(rate) ?? 0;
    const states = drainBatches(model, pool.pool, pool.groups).map(
      (batch): PlannedState => ({ batch, weight: (times * batch.hours * batch.times) / HOURS_PER_YEAR }),
    );
    return { pool, rate, states };
  });
  // Overrides may ask for more drains than a year holds: then it is drains all the year.
  const asked = plans.flatMap(({ states }) => states).reduce((sum, { weight }) => sum + weight, 0);
  const scale = asked > 1 ? 1 / asked : 1;
  const drains = plans.map(({ pool, rate, states }) =>
    describeDrains(model, rate, pool, id, mixture(model, solver, solution, states, scale), base),
  );
  const added = drains.reduce((sum, { addedMinutesPerYear }) => sum + (likelyValue(addedMinutesPerYear) ?? 0), 0);
  return {
    normalWeight: 1 - drains.reduce((sum, { weight }) => sum + weight, 0),
    drains,
    addedMinutesPerYear: exactFigure(
      `${id}/planned/added`,
      "downtime that upgrades of node pools add in a year",
      "minutes/year",
      added,
      [
        {
          kind: "formula",
          text: "P = sum of weight x P(down in that state); states: normal, and each batch of nodes while its pods move",
        },
        ...drains.map((drain): Reason => ({ kind: "figure", figure: drain.addedMinutesPerYear })),
      ],
    ),
    blocked: pools.flatMap(blockedDrains),
  };
}

/** Weight of some states, and P(down) in them. */
interface Mixture {
  readonly weight: number;
  readonly meanwhile: number;
  readonly waits: boolean;
}

function mixture(
  { book }: FaultModel,
  solver: JourneySolver,
  solution: TopSolution,
  states: readonly PlannedState[],
  scale: number,
): Mixture {
  let weight = 0;
  let down = 0;
  for (const { batch, weight: asked } of states) {
    const forced = new Map(
      [...batch.forced].flatMap(([event, probability]): readonly [number, number][] => {
        const index = book.indexOf(event);
        return index === undefined ? [] : [[index, probability]];
      }),
    );
    weight += asked * scale;
    down += asked * scale * upperOf(solver.given(solution, forced));
  }
  return { weight, meanwhile: weight > 0 ? down / weight : 0, waits: states.some(({ batch }) => batch.waits) };
}

function upperOf(solution: Solution): number {
  return solution.kind === "exact" ? solution.probability : solution.upper;
}

function describeDrains(
  model: FaultModel,
  rate: Figure,
  { cluster, pool, groups }: DrainedPool,
  id: string,
  { weight, meanwhile, waits }: Mixture,
  base: number,
): PlannedDrains {
  const name = `${cluster.name}/${pool.name}`;
  return {
    pool: name,
    upgradesPerYear: rate,
    weight,
    unavailabilityMeanwhile: meanwhile,
    addedMinutesPerYear: exactFigure(
      `${id}/planned/${name}`,
      `downtime that upgrades of pool ${name} add in a year`,
      "minutes/year",
      weight * (meanwhile - base) * MINUTES_PER_YEAR,
      [
        {
          kind: "formula",
          text: `share of time that pods move x (P(down) meanwhile - P(down) otherwise) x 525,960 minutes; groups of pods: ${groups.length}`,
        },
        { kind: "figure", figure: rate },
        surgeReason(cluster, pool),
        model.failures.reason(podMoveTime),
        ...(waits ? [model.failures.reason(nodeProvisioningTime)] : []),
      ],
    ),
  };
}

/** How many nodes an upgrade adds, and so drains at a time. */
function surgeReason(cluster: Cluster, pool: NodePool): Reason {
  const { maxSurge, maxUnavailable } = pool.upgrade;
  const place = pool.place ?? cluster.place;
  const at = place === undefined ? {} : { place };
  const of = `${cluster.name}/${pool.name}`;
  if (maxSurge !== undefined) return { kind: "declared", name: `upgrade.maxSurge of ${of}`, value: maxSurge, ...at };
  if (maxUnavailable !== undefined) {
    return { kind: "declared", name: `upgrade.maxUnavailable of ${of}`, value: maxUnavailable, ...at };
  }
  const { name, value, unit, source, asOf, verified } = aksClusterFacts.defaultSurgeNodes;
  return { kind: "fact", name, value, unit, source, asOf, verified };
}

/** Pools on which groups of the journey run, by name. */
function drainedPools(model: FaultModel, scope: JourneyScope): readonly DrainedPool[] {
  const byPool = Map.groupBy(scope.groups.values(), ({ cluster, pool }) => `${cluster}/${pool}`);
  return [...byPool]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([, groups]) => {
      const cluster = model.clusters.get(groups[0]?.cluster ?? "");
      const pool = cluster?.nodePools.find(({ name }) => name === groups[0]?.pool);
      if (cluster === undefined || pool === undefined) return [];
      const drained = groups.map((group): DrainedGroup => {
        const workload = model.workloads.get(group.id);
        return { group, limit: workload === undefined ? { kind: "none" } : evictionLimit(workload, group.replicas) };
      });
      return [{ cluster, pool, groups: drained }];
    });
}

function blockedDrains({ cluster, pool, groups }: DrainedPool): readonly BlockedDrain[] {
  const name = `${cluster.name}/${pool.name}`;
  return groups.flatMap(({ group, limit }) => {
    if (limit.kind !== "blocked") return [];
    const where = group.place === undefined ? "" : ` (${placeInWords(group.place)})`;
    return [
      {
        pool: name,
        workload: group.id,
        budget: limit.budget,
        words: `no node under ${group.label} can be drained, so that upgrades of ${name} fail: ${limit.because}${where}`,
        ...(group.place === undefined ? {} : { place: group.place }),
      },
    ];
  });
}
