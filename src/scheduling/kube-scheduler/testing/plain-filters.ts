/**
 * The filters written down a second time, as plainly as the rules read: loops over all pods and nodes, no counts kept.
 * Worlds are small and use only what is modelled here.
 */
export interface PlainNode {
  readonly name: string;
  readonly zone: string;
  readonly cpu: number;
  readonly taint: "none" | "spot";
}

export interface PlainPod {
  readonly name: string;
  readonly app: string;
  readonly cpu: number;
  readonly toleratesSpot: boolean;
  /** Required affinity to, and anti-affinity against, pods of an app in the same zone or on the same node. */
  readonly near: PlainTerm | undefined;
  readonly far: PlainTerm | undefined;
  readonly spread: { readonly over: "zone" | "node"; readonly maxSkew: number } | undefined;
}

interface PlainTerm {
  readonly app: string;
  readonly within: "zone" | "node";
}

export interface PlainPlacement {
  readonly pod: PlainPod;
  readonly node: PlainNode;
}

/** Names of the nodes that can take a pod. */
export function plainFeasible(
  pod: PlainPod,
  nodes: readonly PlainNode[],
  placed: readonly PlainPlacement[],
): readonly string[] {
  return nodes.filter((node) => plainFits(pod, node, nodes, placed)).map(({ name }) => name);
}

function plainFits(
  pod: PlainPod,
  node: PlainNode,
  nodes: readonly PlainNode[],
  placed: readonly PlainPlacement[],
): boolean {
  const onNode = placed.filter((each) => each.node.name === node.name);
  const used = onNode.reduce((sum, each) => sum + each.pod.cpu, 0);
  if (node.taint === "spot" && !pod.toleratesSpot) return false;
  if (used + pod.cpu > node.cpu) return false;
  return isSpread(pod, node, nodes, placed) && isNear(pod, node, placed) && isFar(pod, node, placed);
}

function domain(node: PlainNode, within: "zone" | "node"): string {
  return within === "zone" ? node.zone : node.name;
}

function isSpread(
  pod: PlainPod,
  node: PlainNode,
  nodes: readonly PlainNode[],
  placed: readonly PlainPlacement[],
): boolean {
  if (pod.spread === undefined) return true;
  const { over, maxSkew } = pod.spread;
  const count = (name: string) =>
    placed.filter((each) => each.pod.app === pod.app && domain(each.node, over) === name).length;
  const least = Math.min(...nodes.map((each) => count(domain(each, over))));
  return count(domain(node, over)) + 1 - least <= maxSkew;
}

function isNear(pod: PlainPod, node: PlainNode, placed: readonly PlainPlacement[]): boolean {
  const { near } = pod;
  if (near === undefined) return true;
  const targets = placed.filter((each) => each.pod.app === near.app);
  if (targets.length === 0) return near.app === pod.app;
  return targets.some((each) => domain(each.node, near.within) === domain(node, near.within));
}

function isFar(pod: PlainPod, node: PlainNode, placed: readonly PlainPlacement[]): boolean {
  return placed.every((each) => {
    const { far } = pod;
    const keepsAway =
      far !== undefined && each.pod.app === far.app && domain(each.node, far.within) === domain(node, far.within);
    const theirs = each.pod.far;
    const isKeptAway =
      theirs !== undefined &&
      theirs.app === pod.app &&
      domain(each.node, theirs.within) === domain(node, theirs.within);
    return !keepsAway && !isKeptAway;
  });
}
