import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Cluster, NodePool } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { CandidateChange, CandidateScope } from "./candidate.ts";
import { withCluster, withPool } from "./cluster-changes.ts";
import { podDataOf } from "./pod-data.ts";
import { type SameWorkload, withWorkloads, workloadsInScope } from "./same-workload.ts";
import { serviceEconomies } from "./service-changes.ts";

/** What could be given up: replicas, nodes, zone redundancy of services, the uptime tier. Most saving first, roughly. */
export function economyChanges(scope: CandidateScope): readonly CandidateChange[] {
  const { estate, environments } = scope;
  const clusters = estate.clusters.filter((cluster) => cluster.environments.some((each) => environments.has(each)));
  return [
    ...clusters.flatMap((cluster) => cluster.nodePools.flatMap((pool) => oneNodeLess(estate, cluster, pool))),
    ...serviceEconomies(scope),
    ...clusters.flatMap((cluster) => freeTier(estate, cluster)),
    ...workloadsInScope(scope).flatMap((same) => oneReplicaLess(estate, same)),
  ];
}

function oneNodeLess(estate: Estate, cluster: Cluster, pool: NodePool): readonly CandidateChange[] {
  const { countDeclared, minimumNodes, maximumNodes, autoscaling, mode } = pool;
  if (!countDeclared || minimumNodes < 2 || mode !== "User") return [];
  const fewer = minimumNodes - 1;
  const changed = { ...pool, minimumNodes: fewer, maximumNodes: autoscaling ? maximumNodes : fewer };
  return [
    {
      id: `nodes/${cluster.name}/${pool.name}`,
      kind: "nodes",
      what: `run ${fewer} instead of ${minimumNodes} nodes in pool ${pool.name} of ${cluster.name}`,
      because: "its pods fit on fewer nodes",
      estate: () => withCluster(estate, withPool(cluster, changed)),
      touches: undefined,
      ...(pool.place === undefined ? {} : { place: pool.place }),
    },
  ];
}

function freeTier(estate: Estate, cluster: Cluster): readonly CandidateChange[] {
  if (cluster.tier !== "Standard") return [];
  return [
    {
      id: `controlPlaneTier/${cluster.name}`,
      kind: "controlPlaneTier",
      what: `put the control plane of ${cluster.name} in tier Free`,
      because: "running pods do without the API server",
      estate: () => withCluster(estate, { ...cluster, tier: "Free" }),
      touches: undefined,
      caveat: "tier Free has no SLA and is meant for up to ten nodes",
      ...(cluster.place === undefined ? {} : { place: cluster.place }),
    },
  ];
}

function oneReplicaLess(estate: Estate, same: SameWorkload): readonly CandidateChange[] {
  const { id, label, first, members } = same;
  const before = first.replicas.minimum;
  const data = podDataOf(estate, same);
  if (before < 2 || data.kind === "keeps") return [];
  return [
    {
      id: `replicas/${id}`,
      kind: "replicas",
      what: `run ${before - 1} instead of ${before} replicas of ${label}`,
      because: "the others carry the declared load",
      estate: () => withWorkloads(estate, members, withOneLess),
      touches: undefined,
      ...(data.kind === "mayKeep" ? { caveat: data.caveat } : {}),
      place: first.place,
    },
  ];
}

function withOneLess(workload: Workload): Workload {
  const { replicas } = workload;
  const minimum = replicas.minimum - 1;
  const scales = replicas.autoscaler !== undefined;
  return {
    ...workload,
    replicas: {
      ...replicas,
      minimum,
      declared: scales ? replicas.declared : Math.min(replicas.declared, minimum),
      maximum: scales ? replicas.maximum : minimum,
    },
  };
}
