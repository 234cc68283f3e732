import { factReason } from "../catalog/fact.ts";
import { exactFigure, type Figure, type Reason } from "../estate/figures/figure.ts";
import type { PoolCapacity } from "./cluster-capacity.ts";
import type { Allocatable, PlacedNode } from "./placement.ts";
import type { PoolLimits } from "./pool-limits.ts";

/** Share of a pool's allocatable that is requested, over all of its nodes; 0 where there are none. */
export function requestedShares(
  allocatable: Allocatable,
  nodes: readonly PlacedNode[],
): { readonly cpu: number; readonly memory: number; readonly pods: number } {
  const share = (part: keyof Allocatable) => {
    const whole = allocatable[part] * nodes.length;
    return whole <= 0 ? 0 : nodes.reduce((sum, node) => sum + node.requested[part], 0) / whole;
  };
  return { cpu: share("cpuMillicores"), memory: share("memoryBytes"), pods: share("pods") };
}

/** The number of nodes with what decided it: declared limits or their absence, the fullest resource, the capacity of a node. */
export function nodeCountFigure(
  { pool, capacity }: PoolCapacity,
  nodes: readonly PlacedNode[],
  limits: PoolLimits | undefined,
): Figure {
  const reasons: Reason[] = [...limitReasons(pool, limits), ...(limits?.facts ?? []).map(factReason)];
  if (capacity === undefined) {
    reasons.push({ kind: "formula", text: `size ${pool.vmSize} is not in the catalog: its capacity is unknown` });
  } else {
    reasons.push({ kind: "formula", text: fillSentence(capacity.allocatable, nodes, limits) }, ...capacity.reasons);
  }
  return exactFigure(
    `placement/${pool.cluster}/${pool.name}/nodes`,
    `Nodes of pool ${pool.name} of cluster ${pool.cluster}`,
    "nodes",
    nodes.length,
    reasons,
  );
}

function limitReasons(pool: PoolCapacity["pool"], limits: PoolLimits | undefined): Reason[] {
  const assumption = limits?.assumption;
  const assumed: Reason[] =
    assumption === undefined
      ? []
      : [{ kind: "assumption", id: assumption.id, text: assumption.text, value: assumption.value }];
  if (!pool.countDeclared) return assumed;
  const value = pool.autoscaling ? `${pool.minimumNodes} to ${pool.maximumNodes}` : pool.minimumNodes;
  const name = `Cluster/${pool.cluster} nodePools ${pool.name} ${pool.autoscaling ? "autoscaling" : "count"}`;
  return [
    { kind: "declared", name, value, unit: "nodes", ...(pool.place === undefined ? {} : { place: pool.place }) },
    ...assumed,
  ];
}

function fillSentence(allocatable: Allocatable, nodes: readonly PlacedNode[], limits: PoolLimits | undefined): string {
  const shares = requestedShares(allocatable, nodes);
  const pods = nodes.reduce((sum, node) => sum + node.pods.length, 0);
  const percents = [
    ["CPU", shares.cpu],
    ["memory", shares.memory],
    ["pods", shares.pods],
  ] as const;
  const because = limits === undefined ? "" : ` (${limits.because})`;
  const carried = `${nodes.length} nodes${because} carry ${pods} pods of the workloads`;
  const fullest = percents.reduce((left, right) => (right[1] > left[1] ? right : left));
  if (fullest[1] === 0) return `${carried}: nothing is requested of them`;
  const filled = percents.map(([name, share]) => `${name} ${Math.round(share * 100)} %`).join(", ");
  return `${carried}; of allocatable, ${filled} is requested: ${fullest[0]} fills first`;
}
