import { matchesRequired } from "../../node-affinity.ts";
import { firstUntolerated, type Toleration } from "../../tolerations.ts";
import type { ClusterNode } from "../model/cluster-node.ts";
import type { PodTemplate } from "../model/pod-template.ts";
import { passes, type Verdict, verdictOf } from "../plugins.ts";
import type { NodeColumn, NodeTable } from "../state/node-table.ts";

const unschedulableTaint = { key: "node.kubernetes.io/unschedulable", effect: "NoSchedule" } as const;

const cordoned = verdictOf("NodeUnschedulable");
const otherNode = verdictOf("NodeName");
const tainted = verdictOf("TaintToleration");
const mismatched = verdictOf("NodeAffinity");

/** Verdicts of the filters that read nothing but the node: NodeUnschedulable, NodeName, TaintToleration, NodeAffinity. */
export function nodeVerdicts(template: PodTemplate, nodes: NodeTable): NodeColumn {
  const { tolerations, nodeSelector, nodeAffinity, nodeName } = template;
  const key = `verdict ${JSON.stringify([nodeName, tolerations, nodeSelector, nodeAffinity.required])}`;
  return nodes.column(key, (node) => nodeVerdict(template, node));
}

function nodeVerdict(template: PodTemplate, node: ClusterNode): Verdict {
  if (!toleratesCordon(template.tolerations, node)) return cordoned;
  if (template.nodeName !== undefined && template.nodeName !== node.name) return otherNode;
  if (firstUntolerated(node.taints, template.tolerations) !== undefined) return tainted;
  return matchesNodeAffinity(template, node) ? passes : mismatched;
}

/** False when the node is cordoned and the pod does not put up with that. */
export function toleratesCordon(tolerations: readonly Toleration[], node: ClusterNode): boolean {
  return !node.unschedulable || firstUntolerated([unschedulableTaint], tolerations) === undefined;
}

/** True when the node selector and the required node affinity both hold. */
export function matchesNodeAffinity(template: PodTemplate, node: ClusterNode): boolean {
  for (const key in template.nodeSelector) {
    if (!Object.hasOwn(node.labels, key) || node.labels[key] !== template.nodeSelector[key]) return false;
  }
  return matchesRequired(template.nodeAffinity, node.labels, node.name);
}
