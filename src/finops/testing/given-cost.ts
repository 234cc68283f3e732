import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { likelyValue } from "../../estate/figures/figure.ts";
import type { Cluster } from "../../estate/model/cluster.ts";
import type { CommercialTerms, Estate } from "../../estate/model/estate.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import { givenCluster, givenEstate, givenPool } from "../../scheduling/testing/given-estate.ts";
import { computeCost } from "../compute-cost.ts";
import type { BillLine, CostReport } from "../cost-report.ts";

export const ephemeral = { type: "Ephemeral", sizeGiB: undefined } as const;
export const noTerms: CommercialTerms = {
  discounts: [],
  reservations: [],
  savingsPlans: [],
  operatorHourCost: undefined,
};

/** A pool that does not scale. */
export function fixed(nodes: number) {
  return { autoscaling: false, minimumNodes: nodes, maximumNodes: nodes };
}

export function cost(given: Partial<Estate>, today = "2026-11-22"): CostReport {
  const estate = givenEstate(given);
  return computeCost(estate, placeWorkloads(estate, defaultCatalog), defaultCatalog, { today });
}

/** A cluster of one pool of three D4s_v5 with free OS disks and nothing else that costs. */
export function bareCluster(given: Partial<Cluster> = {}): Cluster {
  const cluster = givenCluster({ tier: "Free", nodePools: [givenPool({ ...fixed(3), osDisk: ephemeral })], ...given });
  return { ...cluster, network: { ...cluster.network, outbound: "userDefinedRouting", ...given.network } };
}

export function line(report: CostReport, id: string): BillLine | undefined {
  return report.lines.find((each) => each.id === id);
}

/** Likely cost a month of a line. */
export function amount(report: CostReport, id: string): number | undefined {
  const found = line(report, id);
  return found === undefined ? undefined : likelyValue(found.monthlyCost);
}

export function ids(report: CostReport): readonly string[] {
  return report.lines.map(({ id }) => id);
}

/** Rounded to the cent. */
export function cents(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Math.round(value * 100) / 100;
}
