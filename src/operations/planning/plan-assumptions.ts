import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import {
  movingHours,
  movingOverlap,
  nodeSizeRange,
  platformClusterHours,
  productionApart,
  rawClusterHours,
  systemPoolApart,
  wayTimes,
  zoneHeadroom,
} from "../../estate/assumptions/planning-rules.ts";
import { nodeVcpus } from "../../planning/pools/pool-template.ts";
import type { PlanStep } from "../../planning/steps/difference-steps.ts";
import type { Structure } from "../../planning/structure-plan.ts";

/** What the plan takes for granted where nobody says otherwise. */
export function planAssumptions({ clusters }: Structure, steps: readonly PlanStep[]): readonly Assumption[] {
  const critical = clusters.filter(({ units }) => units.some(({ environment }) => environment.criticality === "high"));
  const environments = [
    ...new Set(
      critical.flatMap(({ units }) =>
        units
          .filter(({ environment }) => environment.criticality === "high")
          .map(({ environment }) => environment.name),
      ),
    ),
  ].toSorted();
  const names = critical.map(({ cluster }) => cluster.name).toSorted();
  return [
    ...(environments.length === 0
      ? []
      : [
          assume(productionApart, "Estate", { environments }),
          assume(zoneHeadroom, "Estate", { environments }),
          assume(systemPoolApart, "Estate", { clusters: names }),
        ]),
    assume(nodeSizeRange, "Estate", nodeVcpus),
    assume(platformClusterHours, "Estate", { clusters: clusters.length }),
    assume(rawClusterHours, "Estate", { clusters: clusters.length }),
    assume(wayTimes, "Estate", undefined),
    ...(steps.length === 0
      ? []
      : [assume(movingOverlap, "Estate", undefined), assume(movingHours, "Estate", undefined)]),
  ];
}
