import type { NodeSample } from "./evaluation.ts";
import type { ClusterNode } from "./model/cluster-node.ts";
import type { NodeTable } from "./state/node-table.ts";

const fewestSampled = 100;

/** How many feasible nodes kube-scheduler looks for; `percentage` 0 lets the cluster's size decide. */
function nodesToFind(nodes: number, percentage: number): number {
  if (nodes < fewestSampled) return nodes;
  const adaptive = Math.max(5, 50 - Math.floor(nodes / 125));
  const share = Math.floor((nodes * (percentage === 0 ? adaptive : percentage)) / 100);
  return Math.min(nodes, Math.max(fewestSampled, share));
}

/**
 * Samples nodes as kube-scheduler does for large clusters: in the order of its node tree (zones in turn), from where the
 * last search ended, until enough are feasible. The real search runs in parallel and may find a few others.
 */
export class NodeSampler {
  private readonly nodes: NodeTable;
  private readonly percentage: number;
  private start = 0;

  constructor(nodes: NodeTable, percentage: number) {
    this.nodes = nodes;
    this.percentage = percentage;
  }

  next(): NodeSample {
    const order = inZoneTurns(this.nodes);
    const start = order.length === 0 ? 0 : this.start % order.length;
    return {
      slots: [...order.slice(start), ...order.slice(0, start)],
      enough: nodesToFind(order.length, this.percentage),
      examined: 0,
    };
  }

  advance({ slots, examined }: NodeSample): void {
    this.start = slots.length === 0 ? 0 : (this.start + examined) % slots.length;
  }
}

/** One node of each zone in turn, zones in the order of first appearance. */
function inZoneTurns(nodes: NodeTable): readonly number[] {
  const zones = new Map<string, number[]>();
  for (const slot of nodes.slotsInOrder()) {
    const node = nodes.nodeAt(slot);
    if (node === undefined) continue;
    const key = zoneKeyOf(node);
    const members = zones.get(key);
    if (members === undefined) zones.set(key, [slot]);
    else members.push(slot);
  }
  const order: number[] = [];
  for (let turn = 0; order.length < nodes.count; turn += 1) {
    for (const members of zones.values()) {
      const slot = members[turn];
      if (slot !== undefined) order.push(slot);
    }
  }
  return order;
}

function zoneKeyOf({ labels }: ClusterNode): string {
  const region = labels["topology.kubernetes.io/region"] ?? labels["failure-domain.beta.kubernetes.io/region"] ?? "";
  const zone = labels["topology.kubernetes.io/zone"] ?? labels["failure-domain.beta.kubernetes.io/zone"] ?? "";
  return `${region}\n${zone}`;
}
