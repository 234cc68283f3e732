import { exactFigure } from "../../estate/figures/figure.ts";
import type { Cluster, NodePool } from "../../estate/model/cluster.ts";
import type { Allocatable, PlacedNode } from "../../scheduling/placement.ts";
import type { FaultModel } from "../from-estate/fault-model.ts";
import { placeInWords } from "../words/place-in-words.ts";
import type { RoomShortage } from "./healing-report.ts";

type Resource = "cpu" | "memory" | "pods";

/**
 * Pools where the free room of all other nodes together is less than what one lost node carried. Where it is enough in
 * sum, the pods may still not fit one by one: the replay of the failure on the scheduler says so.
 */
export function roomShortages(model: FaultModel, cluster: Cluster): readonly RoomShortage[] {
  return cluster.nodePools.flatMap((pool) => {
    const allocatable = model.placement.allocatableOf(cluster.name, pool.name);
    const nodes = model.placement.nodesOf(cluster.name, pool.name);
    if (allocatable === undefined) return [];
    const worst = worstShortage(model, nodes, allocatable);
    return worst === undefined ? [] : [describe(cluster, pool, nodes.length, worst)];
  });
}

interface Shortage {
  readonly resource: Resource;
  readonly carried: number;
  readonly missing: number;
  /** Share of what the node carried. */
  readonly share: number;
}

function worstShortage(
  model: FaultModel,
  nodes: readonly PlacedNode[],
  allocatable: Allocatable,
): Shortage | undefined {
  const free = sumOf(
    nodes.map((node) => ({
      cpu: allocatable.cpuMillicores - node.requested.cpuMillicores,
      memory: allocatable.memoryBytes - node.requested.memoryBytes,
      pods: allocatable.pods - node.requested.pods,
    })),
  );
  let worst: Shortage | undefined;
  for (const node of nodes) {
    const carried = carriedBy(model, node);
    const own = {
      cpu: allocatable.cpuMillicores - node.requested.cpuMillicores,
      memory: allocatable.memoryBytes - node.requested.memoryBytes,
      pods: allocatable.pods - node.requested.pods,
    };
    for (const resource of ["cpu", "memory", "pods"] as const) {
      const missing = carried[resource] - (free[resource] - own[resource]);
      const share = carried[resource] > 0 ? missing / carried[resource] : 0;
      if (missing > 0 && share > (worst?.share ?? 0)) worst = { resource, carried: carried[resource], missing, share };
    }
  }
  return worst;
}

type Amounts = { readonly [resource in Resource]: number };

function sumOf(amounts: readonly Amounts[]): Amounts {
  const sum = (resource: Resource) => amounts.reduce((total, amount) => total + amount[resource], 0);
  return { cpu: sum("cpu"), memory: sum("memory"), pods: sum("pods") };
}

/** Requests of the pods that must go elsewhere; those of DaemonSets end with their node. */
function carriedBy({ workloads }: FaultModel, node: PlacedNode): Amounts {
  return sumOf(
    node.pods.flatMap(({ workload: id }) => {
      const workload = workloads.get(id);
      if (workload === undefined || workload.run === "perNode") return [];
      const { cpuMillicores = 0, memoryBytes = 0 } = workload.podRequests;
      return [{ cpu: cpuMillicores, memory: memoryBytes, pods: 1 }];
    }),
  );
}

function describe(cluster: Cluster, pool: NodePool, nodes: number, shortage: Shortage): RoomShortage {
  const { resource, missing, carried } = shortage;
  const name = `${cluster.name}/${pool.name}`;
  const place = pool.place ?? cluster.place;
  const grows = pool.autoscaling && nodes < pool.maximumNodes;
  const wait = grows ? "they wait for a node that the autoscaler adds" : "they stay pending until the node is back";
  const where = place === undefined ? "" : ` (${placeInWords(place)})`;
  return {
    pool: name,
    resource,
    missing: exactFigure(
      `availability/heal/${name}/shortage`,
      `room that pool ${name} lacks when one node is lost`,
      unitOf(resource),
      missing,
      [
        { kind: "formula", text: "requests of the lost node's pods - free room of all other nodes of the pool" },
        { kind: "formula", text: `of ${nodes} nodes, the one whose pods are hardest to place carries ${carried}` },
      ],
    ),
    grows,
    words: `the other nodes of ${name} lack ${amountInWords(resource, missing)} for the pods of a lost node: ${wait}${where}`,
    ...(place === undefined ? {} : { place }),
  };
}

function unitOf(resource: Resource): string {
  return resource === "cpu" ? "millicores" : resource === "memory" ? "bytes" : "pods";
}

function amountInWords(resource: Resource, amount: number): string {
  switch (resource) {
    case "cpu":
      return `${Number((amount / 1000).toPrecision(3))} vCPU`;
    case "memory":
      return `${Number((amount / 2 ** 30).toPrecision(3))} GiB of memory`;
    case "pods":
      return `room for ${amount} ${amount === 1 ? "pod" : "pods"}`;
  }
}
