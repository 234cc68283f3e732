import type { Catalog } from "../../../catalog/catalog.ts";
import type { Assumption } from "../../../estate/assumptions/assumption.ts";
import type { Diagnostic } from "../../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../../estate/diagnostics/diagnostic-rule.ts";
import { simulatedNodesCut } from "../../../estate/diagnostics/load-diagnostics.ts";
import { asObject, asText } from "../../../estate/kubernetes/json-value.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Cluster, NodePool } from "../../../estate/model/cluster.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import {
  type EstateCluster,
  type EstateGrowingPool,
  estateCluster,
} from "../../kube-scheduler/from-estate/estate-cluster.ts";
import { readNode } from "../../kube-scheduler/model/cluster-node.ts";
import { type ClusterPod, PodReader } from "../../kube-scheduler/model/cluster-pod.ts";
import { newestMinor, parseSchedulerVersion, schedulerVersion } from "../../kube-scheduler/scheduler-version.ts";
import { bytesPerGiB } from "../../pod-demand.ts";
import type { ClusterBlueprint } from "../cluster/cluster-blueprint.ts";
import type { NodeSlot, SimulatedPool } from "../cluster/simulated-pool.ts";

/** A cluster of an estate, ready for the clock, with the pods of one workload taken out. */
export interface EstateBlueprint {
  readonly blueprint: ClusterBlueprint;
  /** Makes pods of the workload; undefined when its pods cannot be known. */
  readonly podOf: ((index: number) => ClusterPod) | undefined;
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Nodes beyond which a pool does not grow in a simulation. */
const mostNodes = 200;

/**
 * Reads one cluster of an estate for the clock: nodes as planned and as autoscaling would add them, every other workload
 * at its smallest number of replicas. `priceOf` gives the price of a node hour of a pool; pools
 * that are `provisioned` begin empty.
 */
export function estateBlueprint(
  estate: Estate,
  cluster: Cluster,
  target: Workload,
  catalog: Catalog,
  priceOf: (pool: NodePool) => number,
  provisioned: ReadonlySet<string> = new Set(),
): EstateBlueprint {
  const version = parseSchedulerVersion(cluster.kubernetesVersion)?.version ?? schedulerVersion(newestMinor);
  const made = estateCluster(withOneReplica(estate, target), cluster, catalog);
  const reader = new PodReader(version);
  const read = (value: unknown) => {
    const reading = reader.read(value);
    return reading.kind === "read" ? [reading.value] : [];
  };
  const pods = made.snapshot.pods.flatMap(read);
  const isTarget = ({ id }: ClusterPod) => made.workloadOfPod.get(id) === target.id;
  const [sample] = pods.filter(isTarget);
  const pools = cluster.nodePools.map((pool) => {
    const growing = poolOf(pool, made, catalog, reader, priceOf(pool));
    return provisioned.has(pool.name) ? { pool: emptyPool(growing.pool), diagnostics: [] } : growing;
  });
  return {
    blueprint: {
      name: cluster.name,
      version,
      objects: made.snapshot.objects,
      pools: pools.map(({ pool }) => pool),
      background: pods.filter((pod) => !isTarget(pod)),
    },
    podOf: sample === undefined ? undefined : (index) => numbered(sample, target, index),
    assumptions: made.assumptions,
    diagnostics: pools.flatMap(({ diagnostics }) => diagnostics),
  };
}

/** A workload that rests at zero has no pod to learn from. */
function withOneReplica(estate: Estate, target: Workload): Estate {
  const replicas = { ...target.replicas, minimum: 1, maximum: Math.max(1, target.replicas.maximum) };
  return {
    ...estate,
    workloads: estate.workloads.map((each) => (each.id === target.id ? { ...each, replicas } : each)),
  };
}

function numbered(sample: ClusterPod, { namespace, name }: Workload, index: number): ClusterPod {
  return { ...sample, id: `${namespace}/${name}-${index}`, name: `${name}-${index}` };
}

function poolOf(
  pool: NodePool,
  { snapshot, growingPools }: EstateCluster,
  catalog: Catalog,
  reader: PodReader,
  pricePerNodeHour: number,
): { readonly pool: SimulatedPool; readonly diagnostics: readonly Diagnostic[] } {
  const planned = snapshot.nodes
    .filter((node) => asObject(asObject(asObject(node).metadata).labels).agentpool === pool.name)
    .flatMap((node) => slotOf(node, daemonsOf(node, snapshot.existing), reader));
  const growing = growingPools.find(({ name }) => name === pool.name);
  const maximum =
    growing === undefined ? planned.length : Math.min(mostNodes, Math.max(planned.length, growing.maximumNodes));
  const size = catalog.vmSize(pool.vmSize);
  const cut = growing !== undefined && growing.maximumNodes > mostNodes && pool.countDeclared;
  return {
    pool: {
      name: pool.name,
      minimum: Math.min(pool.minimumNodes, planned.length),
      maximum,
      isScaled: growing !== undefined,
      initial: planned.length,
      pricePerNodeHour,
      slots: [...planned, ...futureSlots(growing, pool.name, planned.length, maximum, reader)],
      machine: { cpuMillicores: (size?.vcpu ?? 0) * 1000, memoryBytes: (size?.memoryGiB ?? 0) * bytesPerGiB },
    },
    diagnostics: cut
      ? [
          diagnose(simulatedNodesCut, {
            pool: `${pool.cluster}/${pool.name}`,
            nodes: mostNodes,
            maximum: pool.maximumNodes,
          }),
        ]
      : [],
  };
}

/** A size that node auto-provisioning launches: nothing at the beginning, and no cluster autoscaler. */
function emptyPool(pool: SimulatedPool): SimulatedPool {
  return { ...pool, minimum: 0, initial: 0, isScaled: false };
}

/** Places for nodes that autoscaling may add, the zones in turn. */
function futureSlots(
  growing: EstateGrowingPool | undefined,
  poolName: string,
  from: number,
  to: number,
  reader: PodReader,
): readonly NodeSlot[] {
  const kinds = growing?.kinds ?? [];
  return Array.from({ length: Math.max(0, to - from) }, (_, offset) => from + offset).flatMap((position) => {
    const kind = kinds[position % Math.max(1, kinds.length)];
    if (kind === undefined) return [];
    const name = `${poolName}-${position}`;
    const daemons = kind.daemonPods.map((pod) => {
      const { metadata, spec } = asObject(pod);
      const podName = `${asText(asObject(metadata).name) ?? "daemon"}-${position}`;
      return {
        ...pod,
        metadata: { ...asObject(metadata), name: podName },
        spec: { ...asObject(spec), nodeName: name },
      };
    });
    const { metadata } = asObject(kind.node);
    const labels = { ...asObject(asObject(metadata).labels), "kubernetes.io/hostname": name };
    return slotOf({ ...kind.node, metadata: { ...asObject(metadata), name, labels } }, daemons, reader);
  });
}

function daemonsOf(node: unknown, existing: readonly unknown[]): readonly unknown[] {
  const name = asObject(asObject(node).metadata).name;
  return existing.filter((pod) => asObject(asObject(pod).spec).nodeName === name);
}

function slotOf(node: unknown, daemons: readonly unknown[], reader: PodReader): readonly NodeSlot[] {
  const reading = readNode(node);
  if (reading.kind === "refused") return [];
  const pods = daemons.flatMap((pod) => {
    const placed = reader.readPlaced(pod).reading;
    return placed.kind === "read" ? [placed.value] : [];
  });
  return [{ node: reading.value, daemons: pods, zone: reading.value.labels["topology.kubernetes.io/zone"] }];
}
