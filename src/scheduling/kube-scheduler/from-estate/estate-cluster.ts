import type { Catalog } from "../../../catalog/catalog.ts";
import type { Assumption } from "../../../estate/assumptions/assumption.ts";
import type { Diagnostic } from "../../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../../estate/diagnostics/diagnostic-rule.ts";
import { workloadNotScheduled } from "../../../estate/diagnostics/scheduling-diagnostics.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Cluster } from "../../../estate/model/cluster.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import { type ClusterCapacity, readClusterCapacity } from "../../cluster-capacity.ts";
import { placeCluster } from "../../place-cluster.ts";
import { readRuntimeClasses } from "../../runtime-class.ts";
import type { ClusterSnapshot } from "../snapshot/read-snapshot.ts";
import { estateBudgets } from "./estate-budgets.ts";
import { estateClaims } from "./estate-claims.ts";
import { type EstateNode, estateNodes } from "./estate-nodes.ts";
import { daemonPodNames, platformPodNames, workloadPodNames } from "./estate-pod-names.ts";
import { daemonPods, platformPods, workloadPods } from "./estate-pods.ts";

/** How many nodes each pool has: as many as placement needs, or the ends of its declared range. */
export type NodeCounts = "planned" | "minimum" | "maximum";

export interface EstateClusterOptions {
  /** `planned` by default. */
  readonly nodes?: NodeCounts;
  /** Undefined: every environment that shares the cluster. */
  readonly environment?: string;
}

/** A pool with autoscaling: one node as it would add in each of its zones, with the DaemonSet pods that come with it. */
export interface EstateGrowingPool {
  readonly name: string;
  readonly maximumNodes: number;
  readonly kinds: readonly { readonly node: object; readonly daemonPods: readonly object[] }[];
}

/** A cluster of an estate as the scheduler takes it. */
export interface EstateCluster {
  readonly snapshot: ClusterSnapshot;
  /** Ids of workloads, or names of platform pods, by `namespace/name` of their pods. */
  readonly workloadOfPod: ReadonlyMap<string, string>;
  /** Pools that the autoscaler adds nodes to. */
  readonly growingPools: readonly EstateGrowingPool[];
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Turns one cluster of an estate into Kubernetes objects: nodes as AKS would label them with what is allocatable,
 * DaemonSets and platform pods, and the pods of all workloads at their smallest number of replicas with the defaults that
 * the API server fills in. Workloads that run now and then, or whose pods are not known, are left out with a note.
 */
export function estateCluster(
  estate: Estate,
  cluster: Cluster,
  catalog: Catalog,
  { nodes: counts = "planned", environment }: EstateClusterOptions = {},
): EstateCluster {
  const workloads = estate.workloads
    .filter((each) => each.cluster === cluster.name)
    .filter((each) => environment === undefined || each.environment === environment)
    .toSorted((left, right) => (left.id < right.id ? -1 : 1));
  const runtimeClasses = readRuntimeClasses(estate);
  const capacity = readClusterCapacity(cluster, workloads, runtimeClasses, catalog);
  const nodes = estateNodes(
    capacity,
    nodeZones(counts, capacity, () =>
      placeCluster(cluster, workloads, runtimeClasses, catalog, "floor").pools.map((pool) =>
        pool.nodes.map(({ zone }) => zone),
      ),
    ),
  );
  const scheduled = workloads.filter((workload) => reasonToLeaveOut(workload) === undefined);
  const context = { estate, cluster, capacity };
  const claims = estateClaims(scheduled, context);
  const serving = scheduled.filter(({ run }) => run === "serving");
  return {
    snapshot: {
      id: cluster.name,
      nodes: nodes.map(({ object }) => object),
      existing: daemonsOn(nodes, workloads, context),
      objects: [
        ...estate.objects
          .filter((placed) => placed.cluster === cluster.name && contextKinds.has(placed.object.kind))
          .map(({ object, namespace }) => withNamespace(object.value, namespace)),
        ...claims,
        ...nodes.map(({ storage }) => storage),
        ...estateBudgets(scheduled, context),
        ...scheduled.flatMap((workload) => replicaSetOf(workload)),
      ],
      pods: [...platformPods(capacity), ...serving.flatMap((workload) => workloadPods(workload, context))],
    },
    workloadOfPod: new Map([
      ...platformPodNames(capacity),
      ...serving.flatMap((workload) => workloadPodNames(workload)),
      ...nodes.flatMap(({ name, daemonSets }) => daemonPodNames(daemonSets, name, workloads)),
    ]),
    growingPools: growingPools(capacity, workloads, context),
    assumptions: capacity.assumptions,
    diagnostics: workloads.flatMap((workload) => {
      const reason = reasonToLeaveOut(workload);
      return reason === undefined ? [] : [diagnose(workloadNotScheduled, { workload: workload.id, reason })];
    }),
  };
}

const contextKinds: ReadonlySet<string> = new Set(["Service", "StatefulSet", "ReplicaSet", "Namespace"]);

function nodeZones(
  counts: NodeCounts,
  { pools }: ClusterCapacity,
  planned: () => readonly (readonly (string | undefined)[])[],
): readonly (readonly (string | undefined)[])[] {
  if (counts === "planned") return planned();
  return pools.map(({ pool, classes, capacity }) => {
    const count = capacity === undefined ? 0 : counts === "minimum" ? pool.minimumNodes : pool.maximumNodes;
    return Array.from({ length: count }, (_, index) => classes[index % classes.length]?.nodeClass.zone);
  });
}

function reasonToLeaveOut({ opaque, unreadable, run, kind }: Workload): string | undefined {
  if (opaque) return `the pods that a ${kind} creates are not known`;
  if (unreadable.length > 0) return "a value that decides where it goes cannot be read";
  return run === "task" ? "it runs now and then" : undefined;
}

function daemonsOn(
  nodes: readonly EstateNode[],
  workloads: readonly Workload[],
  context: Parameters<typeof daemonPods>[2],
): readonly object[] {
  const byId = new Map(workloads.map((workload) => [workload.id, workload]));
  return nodes.flatMap(({ name, daemonSets }) =>
    daemonSets.flatMap(({ id }) => {
      const workload = byId.get(id);
      return workload === undefined ? [] : [daemonPods(workload, name, context)];
    }),
  );
}

function growingPools(
  capacity: ClusterCapacity,
  workloads: readonly Workload[],
  context: Parameters<typeof daemonPods>[2],
): readonly EstateGrowingPool[] {
  return capacity.pools.flatMap((pool, index) => {
    if (!pool.pool.autoscaling) return [];
    const zones = capacity.pools.map(({ classes }, position) =>
      position === index ? classes.map(({ nodeClass }) => nodeClass.zone) : [],
    );
    const kinds = estateNodes(capacity, zones).map((node) => ({
      node: node.object,
      daemonPods: daemonsOn([node], workloads, context),
    }));
    return [{ name: pool.pool.name, maximumNodes: pool.pool.maximumNodes, kinds }];
  });
}

/** The ReplicaSet that a Deployment's pods belong to, which default spreading counts by. */
function replicaSetOf({ kind, name, namespace, object, podLabels }: Workload): readonly object[] {
  if (kind !== "Deployment") return [];
  return [
    {
      kind: "ReplicaSet",
      metadata: { name: `${name}-1`, namespace },
      spec: { selector: { matchLabels: { ...selectorLabels(object.value, podLabels), "pod-template-hash": "1" } } },
    },
  ];
}

function selectorLabels(value: { readonly [field: string]: unknown }, podLabels: { readonly [key: string]: string }) {
  const spec = value.spec;
  const selector = typeof spec === "object" && spec !== null && "selector" in spec ? spec.selector : undefined;
  const labels =
    typeof selector === "object" && selector !== null && "matchLabels" in selector ? selector.matchLabels : undefined;
  return typeof labels === "object" && labels !== null ? labels : podLabels;
}

function withNamespace(value: { readonly [field: string]: unknown }, namespace: string | undefined): object {
  const metadata = typeof value.metadata === "object" ? value.metadata : {};
  return namespace === undefined ? value : { ...value, metadata: { ...metadata, namespace } };
}
