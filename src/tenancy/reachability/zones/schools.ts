import type { Assumption } from "../../../estate/assumptions/assumption.ts";
import { assume } from "../../../estate/assumptions/assumption-rule.ts";
import {
  meshOverhead,
  sidecarRequests,
  zeroTrustEffort,
  zeroTrustMinutes,
  zoneEffort,
  zoneHours,
} from "../../../estate/assumptions/reachability-rules.ts";
import { exactFigure, type Figure, notEvaluableFigure, type Reason } from "../../../estate/figures/figure.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import type { WorkloadEdge } from "../../policies/workload-edges.ts";
import { countPairs, type PairCounts } from "./count-pairs.ts";
import { type SchoolNeed, zeroTrustNeeds, zoneNeeds } from "./school-needs.ts";
import type { ZonedCluster } from "./zone-world.ts";

/** One way of separating what must not meet, on this estate. */
export interface School {
  readonly school: "zones" | "zeroTrust";
  /** Pairs of workloads that are open today and would no longer be. */
  readonly stoppedPairs: Figure;
  /** Workloads that one workload, taken over, reaches in one step; the mean. */
  readonly meanReach: Figure;
  readonly setupHours: Figure;
  readonly monthlyHours: Figure;
  readonly monthlyCost: Figure;
  /** What the school takes of the nodes. */
  readonly cpu: Figure;
  readonly memory: Figure;
  readonly needs: readonly SchoolNeed[];
}

export interface Schools {
  /** Pairs of workloads that are open today. */
  readonly openPairs: Figure;
  readonly meanReach: Figure;
  readonly schools: readonly School[];
  readonly assumptions: readonly Assumption[];
}

/** Zones by classification and zero trust set side by side: what each stops here, what it costs, and what it needs. */
export function compareSchools(
  estate: Estate,
  clusters: readonly ZonedCluster[],
  edges: readonly WorkloadEdge[],
): Schools {
  const counts = countPairs(clusters, edges);
  const formula = (text: string): Reason => ({ kind: "formula", text });
  const openPairs = exactFigure("tenancy/reachability/open-pairs", "open pairs of workloads", "pairs", counts.open, [
    formula("pairs of workloads of one cluster with a port that policies certainly let through, in each direction"),
  ]);
  const meanReach = reachFigure("tenancy/reachability/mean-reach", counts.open, counts.workloads);
  return {
    openPairs,
    meanReach,
    schools: [zones(estate, clusters, counts), zeroTrust(estate, clusters, counts)],
    assumptions: [
      assume(zoneEffort, "Estate", zoneHours),
      assume(zeroTrustEffort, "Estate", zeroTrustMinutes),
      assume(meshOverhead, "Estate", sidecarRequests),
    ],
  };
}

function zones(estate: Estate, clusters: readonly ZonedCluster[], counts: PairCounts): School {
  const id = "tenancy/reachability/zones";
  const names = new Set(clusters.flatMap(({ byClassification }) => [...byClassification.keys()]));
  const hours = { setup: names.size * zoneHours.setupHours, monthly: names.size * zoneHours.monthlyHours };
  return {
    school: "zones",
    stoppedPairs: exactFigure(`${id}/stopped-pairs`, "pairs stopped", "pairs", counts.crossing, [
      { kind: "formula", text: "open pairs from one classification to another, dependencies left out" },
    ]),
    meanReach: reachFigure(`${id}/mean-reach`, counts.open - counts.crossing, counts.workloads),
    ...effort(id, estate, hours, { id: "ASM-182", text: `${names.size} zones` }),
    cpu: exactFigure(`${id}/cpu`, "CPU of the school itself", "cores", 0, [
      {
        kind: "formula",
        text: "networks take nothing of the nodes; a cluster for each zone takes nodes of its own, which the plan prices",
      },
    ]),
    memory: exactFigure(`${id}/memory`, "memory of the school itself", "GiB", 0, []),
    needs: zoneNeeds(estate, clusters),
  };
}

function zeroTrust(estate: Estate, clusters: readonly ZonedCluster[], counts: PairCounts): School {
  const id = "tenancy/reachability/zero-trust";
  const inHours = (minutes: number) => Math.round((counts.workloads * minutes) / 6) / 10;
  const hours = { setup: inHours(zeroTrustMinutes.setupMinutes), monthly: inHours(zeroTrustMinutes.monthlyMinutes) };
  const sidecars: Reason = { kind: "assumption", id: "ASM-184", text: `${counts.pods} pods with a sidecar each` };
  return {
    school: "zeroTrust",
    stoppedPairs: exactFigure(`${id}/stopped-pairs`, "pairs stopped", "pairs", counts.open - counts.needed, [
      { kind: "formula", text: "open pairs that no declared or inferred dependency asks for" },
    ]),
    meanReach: reachFigure(`${id}/mean-reach`, counts.needed, counts.workloads),
    ...effort(id, estate, hours, { id: "ASM-183", text: `${counts.workloads} workloads` }),
    cpu: exactFigure(
      `${id}/cpu`,
      "CPU of the sidecars",
      "cores",
      (counts.pods * sidecarRequests.cpuMillicores) / 1000,
      [sidecars],
    ),
    memory: exactFigure(
      `${id}/memory`,
      "memory of the sidecars",
      "GiB",
      Math.round((counts.pods * sidecarRequests.memoryMiB * 100) / 1024) / 100,
      [sidecars],
    ),
    needs: zeroTrustNeeds(clusters),
  };
}

function reachFigure(id: string, pairs: number, workloads: number): Figure {
  const mean = workloads === 0 ? 0 : Math.round((pairs / workloads) * 10) / 10;
  return exactFigure(id, "workloads that one reaches", "workloads", mean, [
    { kind: "formula", text: `${pairs} pairs / ${workloads} workloads` },
  ]);
}

function effort(
  id: string,
  { commercial: { operatorHourCost }, currency }: Estate,
  hours: { readonly setup: number; readonly monthly: number },
  basis: { readonly id: string; readonly text: string },
): Pick<School, "setupHours" | "monthlyHours" | "monthlyCost"> {
  const reason: Reason = { kind: "assumption", ...basis };
  const monthlyHours = exactFigure(`${id}/monthly-hours`, "operator hours a month", "hours/month", hours.monthly, [
    reason,
  ]);
  const label = "operator hours of a month in money";
  const unit = `${currency}/month`;
  return {
    setupHours: exactFigure(`${id}/setup-hours`, "operator hours once", "hours", hours.setup, [reason]),
    monthlyHours,
    monthlyCost:
      operatorHourCost === undefined
        ? notEvaluableFigure(`${id}/monthly-cost`, label, unit, ["Estate.spec.commercial.operatorHourCost"])
        : exactFigure(`${id}/monthly-cost`, label, unit, hours.monthly * operatorHourCost, [
            { kind: "declared", name: "operatorHourCost", value: operatorHourCost },
            { kind: "figure", figure: monthlyHours },
          ]),
  };
}
