import { storageClassesOf, storageClassTraits } from "../../../catalog/storage-classes.ts";
import { lastingClaims } from "../../../estate/kubernetes/pod-volumes.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { admittingPools } from "../../admission/admitting-nodes.ts";
import { clusterPasses, clusterVerdict, poolVerdict, unstated } from "../../clusters/cluster-outcome.ts";
import {
  type DeclaredCluster,
  type DeclaredPool,
  declaredPools,
  operatedClusters,
  settingOf,
} from "../../clusters/declared-settings.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";

/** AKS-005: nodes come and go with the load, in the right pool and zone. */
export const autoscaling: Rule = {
  id: "AKS-005",
  name: "node-autoscaling",
  title: "Nodes follow the load, and the autoscaler is set up for the pools and disks that there are.",
  severity: { high: "medium", medium: "low", low: undefined },
  inputs: ["cluster", "nodePools", "storageClasses"],
  peers: [{ tool: "psrule-azure", check: "Azure.AKS.AutoScaling", part: "1" }],
  judges: "objects",
  *evaluate(context) {
    for (const cluster of operatedClusters(context.estate)) {
      if (cluster.nodeAutoProvisioning === true) {
        yield clusterPasses(context.estate, cluster);
        continue;
      }
      const findings = [...judge(context, cluster)];
      yield* findings.length === 0 ? [clusterPasses(context.estate, cluster)] : findings;
    }
  },
};

function* judge(context: AuditContext, cluster: DeclaredCluster): Iterable<RuleOutcome> {
  const { estate } = context;
  const pools = declaredPools(cluster).filter(({ mode }) => mode === "User");
  if (pools.length === 0) return;
  const scaling = pools.filter((pool) => pool.autoscaling && pool.countDeclared);
  if (scaling.length === 0) {
    const unsaid = pools.find(({ countDeclared }) => !countDeclared);
    yield unsaid === undefined
      ? fixedNodes(estate, cluster, pools)
      : poolVerdict(estate, cluster, unsaid, unstated(`Pool ${unsaid.name}`, ["count or autoscaling"], "needs-P"));
    return;
  }
  yield* unbalanced(estate, cluster, scaling);
  yield* blindExpander(estate, cluster, scaling);
  yield* zonalVolumes(context, cluster);
}

function fixedNodes(estate: Estate, cluster: DeclaredCluster, pools: readonly DeclaredPool[]): RuleOutcome {
  const nodes = pools.reduce((sum, { minimumNodes }) => sum + minimumNodes, 0);
  return clusterVerdict(estate, cluster, {
    verdict: "fail",
    part: "1",
    field: ["nodePools"],
    message: `All ${pools.length} User pools of ${cluster.name} have a fixed count (${nodes} nodes together) and node auto-provisioning is off: load that does not fit waits for a person.`,
    fix: { description: "Give User pools autoscaling bounds, or switch on node auto-provisioning." },
  });
}

/** Pools that hold the same pods in different zones. */
function* unbalanced(estate: Estate, cluster: DeclaredCluster, pools: readonly DeclaredPool[]): Iterable<RuleOutcome> {
  const likeKey = ({ vmSize, labels, taints, spot }: DeclaredPool) => JSON.stringify([vmSize, labels, taints, spot]);
  for (const group of Map.groupBy(pools, likeKey).values()) {
    const oneZone = group.filter(({ zones }) => zones.length === 1);
    if (new Set(oneZone.map(({ zones }) => zones[0])).size < 2) continue;
    const field = ["autoscaler", "balanceSimilarNodeGroups"];
    const balanced = settingOf(estate, cluster.autoscaler?.balanceSimilarNodeGroups, false);
    const names = oneZone.map(({ name }) => name).join(", ");
    if (balanced === undefined)
      yield clusterVerdict(estate, cluster, unstated(`Cluster ${cluster.name}`, [field.join(".")]));
    if (balanced !== false) continue;
    yield clusterVerdict(estate, cluster, {
      verdict: "fail",
      part: "2",
      field,
      message: `Pools ${names} are alike and stand in one zone each, but balance-similar-node-groups is off: the autoscaler may grow one zone only.`,
      fix: { description: "Balance like pools.", edits: [{ path: field, value: true }] },
    });
  }
}

/** With `random`, a pod that fits on several sizes gets any of them. */
function* blindExpander(
  estate: Estate,
  cluster: DeclaredCluster,
  pools: readonly DeclaredPool[],
): Iterable<RuleOutcome> {
  const open = pools.filter(({ taints }) => taints.every(({ effect }) => effect === "PreferNoSchedule"));
  const sizes = [...new Set(open.map(({ vmSize, spot }) => `${vmSize}${spot ? " spot" : ""}`))];
  if (sizes.length < 2) return;
  const field = ["autoscaler", "expander"];
  const expander = settingOf(estate, cluster.autoscaler?.expander, "random");
  if (expander === undefined)
    yield clusterVerdict(estate, cluster, unstated(`Cluster ${cluster.name}`, [field.join(".")]));
  if (expander !== "random") return;
  yield clusterVerdict(estate, cluster, {
    verdict: "fail",
    part: "3",
    field,
    message: `Expander random picks any of ${open.length} pools of ${sizes.length} sizes (${sizes.join(", ")}) for a pod that fits on all of them.`,
    fix: { description: "Let the pool with the least waste grow.", edits: [{ path: field, value: "least-waste" }] },
  });
}

function* zonalVolumes(context: AuditContext, cluster: DeclaredCluster): Iterable<RuleOutcome> {
  const { estate } = context;
  const classes = storageClassesOf(cluster.name, estate.objects);
  for (const workload of estate.workloads) {
    if (workload.cluster !== cluster.name || workload.kind !== "StatefulSet") continue;
    const zonal = lastingClaims(workload).find(
      ({ storageClassName }) => storageClassTraits(storageClassName, cluster, classes)?.redundancy === "LRS",
    );
    const [only, ...others] = admittingPools(context, workload) ?? [];
    if (zonal === undefined || only === undefined || others.length > 0) continue;
    const { pool, zones } = only;
    const declared = declaredPools(cluster).find(({ name }) => name === pool.name);
    if (declared === undefined || !pool.autoscaling || zones.length < 2) continue;
    yield poolVerdict(estate, cluster, declared, {
      verdict: "fail",
      part: "4",
      field: ["zones"],
      message: `${workload.label} keeps zone-bound disks (claim ${zonal.name}) and runs on pool ${pool.name} alone, which spans zones ${zones.join(", ")}: the autoscaler cannot ask for a node in the zone of a disk.`,
      fix: { description: "Give zone-bound disks one autoscaled pool a zone, or use a zone-redundant class." },
    });
  }
}
