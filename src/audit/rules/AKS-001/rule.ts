import type { Catalog } from "../../../catalog/catalog.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { poolPasses, poolVerdict } from "../../clusters/cluster-outcome.ts";
import {
  type DeclaredCluster,
  type DeclaredPool,
  declaredPools,
  operatedClusters,
  statedSetting,
} from "../../clusters/declared-settings.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { clusterChange } from "../../studies/structural-change.ts";

/** AKS-001: the nodes of every pool stand in at least two zones. */
export const poolZones: Rule = {
  id: "AKS-001",
  name: "pool-zones",
  title: "Every node pool, or the group of like pools it belongs to, spans at least two availability zones.",
  severity: { high: "high", medium: "medium", low: undefined },
  inputs: ["cluster", "nodePools"],
  peers: [{ tool: "psrule-azure", check: "Azure.AKS.AvailabilityZone" }],
  judges: "objects",
  *evaluate({ estate, catalog }) {
    for (const cluster of operatedClusters(estate)) {
      for (const group of Map.groupBy(declaredPools(cluster), groupKey).values()) {
        for (const pool of group) yield judge(estate, catalog, cluster, pool, group);
      }
    }
  },
};

/** Pools that take the same pods stand in for each other: one pool a zone is as good as one pool over all zones. */
function groupKey({ mode, labels, taints, spot, workloadRuntime }: DeclaredPool): string {
  const sortedTaints = taints.map(({ key, value, effect }) => `${key}=${value ?? ""}:${effect}`).toSorted();
  return JSON.stringify([
    mode,
    Object.entries(labels)
      .map(([key, value]) => `${key}=${value}`)
      .toSorted(),
    sortedTaints,
    spot,
    workloadRuntime,
  ]);
}

function judge(
  estate: Estate,
  catalog: Catalog,
  cluster: DeclaredCluster,
  pool: DeclaredPool,
  group: readonly DeclaredPool[],
): RuleOutcome {
  const zones = [...new Set(group.flatMap((each) => each.zones))].toSorted();
  if (zones.length >= 2) return poolPasses(estate, cluster, pool);
  const field = ["zones"];
  if (statedSetting(estate, pool, field, zones) === undefined) {
    const message = `Pool ${pool.name} of ${cluster.name} states no zones, and the estate is not declared complete.`;
    return poolVerdict(estate, cluster, pool, { verdict: "notEvaluable", missing: ["needs-P"], field, message });
  }
  const offered = catalog.regionZones(cluster.region);
  if (offered === undefined) {
    const message = `No source says how many zones ${cluster.region} has, so nothing says whether pool ${pool.name} could span them.`;
    return poolVerdict(estate, cluster, pool, { verdict: "notEvaluable", missing: ["needs-C"], field, message });
  }
  const stands = zones.length === 0 ? "in no zone" : `in zone ${zones.join()} only`;
  const message = `The nodes of pool ${pool.name} stand ${stands}, of ${offered.value} that ${cluster.region} has: one fault takes all of them.`;
  return poolVerdict(estate, cluster, pool, {
    verdict: "fail",
    field,
    message,
    fix: fixFor(offered.value),
    ...clusterChange("zonesOfPool", cluster.name, pool.name),
  });
}

function fixFor(offered: number) {
  if (offered < 2)
    return { description: "Choose a region with availability zones; zones cannot be added to this one." };
  const value = Array.from({ length: offered }, (_, index) => String(index + 1));
  return {
    description:
      "Span the region's zones; AKS cannot change those of a pool in place, so it is made anew beside the old one.",
    edits: [{ path: ["zones"], value }],
  };
}
