import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Placement } from "../../../scheduling/placement.ts";
import { admittingPools, zonesOf } from "../../admission/admitting-nodes.ts";
import { clusterWithDeclaredPools } from "../../estate-lookup/cluster-facts.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import { notReadable } from "../../unreadable-outcome.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";

const zoneKey = "topology.kubernetes.io/zone";

/** AVL-027: every pod fits on a node pool of its cluster, and in more zones than one. */
export const schedulable: Rule = {
  id: "AVL-027",
  name: "schedulable",
  title: "A node pool of the cluster admits every pod: selectors, affinity, taints, architecture and size.",
  severity: { high: "critical", medium: "high", low: "medium" },
  inputs: ["manifests", "nodePools"],
  judges: "pods",
  *evaluate(context) {
    const { estate } = context;
    let unplaced: ReadonlyMap<string, Unplaced> | undefined;
    for (const workload of estate.workloads) {
      if (workload.opaque) continue;
      const [unread] = workload.unreadable;
      if (clusterWithDeclaredPools(estate, workload.cluster) === undefined) {
        yield workloadOutcome(workload, {
          verdict: "notEvaluable",
          missing: ["needs-P"],
          message: `Cluster ${workload.cluster} declares no node pool, so nothing says whether ${workload.label} fits.`,
        });
      } else if (unread !== undefined) {
        yield notReadable(workload, unread);
      } else {
        unplaced ??= unplacedByWorkload(context);
        const left = unplaced.get(workload.id);
        if (left !== undefined) yield fitsNowhere(workload, left);
        else yield inOneZone(context, workload) ?? passed(workload);
      }
    }
  },
};

type Unplaced = Placement["unplaced"][number];

function unplacedByWorkload({ placement }: AuditContext): ReadonlyMap<string, Unplaced> {
  return new Map(placement.unplaced.map((entry) => [entry.workload, entry]));
}

function fitsNowhere(workload: Workload, { pods, reason }: Unplaced): RuleOutcome {
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "1",
    field: workload.podSpecPath,
    message: `${pods} of the pods of ${workload.label} fit on no pool of ${workload.cluster}: ${reason}.`,
    fix: { description: "Change the constraint named, or give the cluster a pool that admits the pods." },
  });
}

/**
 * Pools of the cluster are in several zones, but those that admit the pods in one. Where the workload itself asks for a
 * spread over zones that is AVL-007's; pools without zones are AKS-001's.
 */
function inOneZone(context: AuditContext, workload: Workload): RuleOutcome | undefined {
  if (workload.run !== "serving" || workload.spread.some(({ topologyKey }) => topologyKey === zoneKey))
    return undefined;
  const cluster = clusterWithDeclaredPools(context.estate, workload.cluster);
  const all = new Set(cluster?.nodePools.flatMap((pool) => pool.zones));
  const pools = admittingPools(context, workload) ?? [];
  const [zone, ...others] = zonesOf(pools);
  if (zone === undefined || others.length > 0 || all.size < 2) return undefined;
  if (pools.some(({ zones }) => zones.length === 0)) return undefined;
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "2",
    severity: "high",
    field: workload.podSpecPath,
    message: `The pools of ${workload.cluster} are in zones ${[...all].toSorted().join(", ")}, but those that admit ${workload.label} (${pools.map(({ pool }) => pool.name).join(", ")}) in zone ${zone} alone: with that zone lost, its pods have nowhere to go.`,
    fix: { description: "Give the pool more zones, or let the pods run on pools of other zones too." },
  });
}
