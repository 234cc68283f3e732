import { reasonText } from "../../kube-scheduler/explanation/reason-text.ts";
import { amountText } from "../../kube-scheduler/explanation/remedy.ts";
import { nodeFailure } from "../../kube-scheduler/filters/failure-reasons.ts";
import type { KubeScheduler } from "../../kube-scheduler/kube-scheduler.ts";
import type { ClusterPod } from "../../kube-scheduler/model/cluster-pod.ts";
import { passes } from "../../kube-scheduler/plugins.ts";

/** Why no node takes a pod, in few words. */
export interface Refusal {
  /** Filter plugin that refuses the nodes that come nearest; empty when there is no node. */
  readonly plugin: string;
  /** The rest of a sentence: `no node that admits it has 2 CPU left`. */
  readonly reason: string;
}

const insufficient = "Insufficient ";

interface Cause {
  readonly plugin: string;
  readonly reason: string;
  nodes: number;
}

/** What keeps pods from nodes for good, as noun phrases. */
const barriers: { readonly [plugin: string]: string } = {
  SchedulingGates: "its scheduling gates",
  NodeUnschedulable: "cordons",
  NodeName: "the node that it names",
  TaintToleration: "taints",
  NodeAffinity: "its node selector or affinity",
  InterPodAffinity: "pods that it must be near",
  PodTopologySpread: "missing topology labels",
};

/**
 * Why a pod that fits nowhere does not: what the nodes lack that would admit it, since those are the ones that more room
 * would help on; where none would, what keeps it from all of them.
 */
export function refusalOf(scheduler: KubeScheduler, pod: ClusterPod): Refusal {
  const { hard, soft, admitting } = causesOf(scheduler, pod);
  const [first] = byNodes(soft);
  if (first !== undefined) {
    const which = hard.length > 0 ? "node that admits it" : "node";
    return { plugin: first.plugin, reason: shortageText(first, pod, admitting, which) };
  }
  const [barrier] = byNodes(hard);
  if (barrier === undefined) return { plugin: "", reason: "no node is left" };
  const volume = hard.find(({ plugin }) => plugin.startsWith("Volume"));
  if (volume !== undefined) {
    return { plugin: volume.plugin, reason: "no node that is left and admits it reaches its volume" };
  }
  const names = new Set(byNodes(hard).map(({ plugin }) => barriers[plugin] ?? plugin));
  return { plugin: barrier.plugin, reason: `no node that is left admits it (${[...names].join(", ")})` };
}

function causesOf(scheduler: KubeScheduler, pod: ClusterPod) {
  const { compiled, verdicts } = scheduler.evaluate(pod);
  const { cluster, version } = scheduler;
  const hard = new Map<string, Cause>();
  const soft = new Map<string, Cause>();
  let admitting = 0;
  for (const slot of cluster.nodes.slotsInOrder()) {
    const failure = nodeFailure(compiled, slot, verdicts[slot] ?? passes, cluster, version);
    if (failure === undefined) continue;
    const isSoft = !failure.isHard || failure.plugin === "NodeResourcesFit";
    if (isSoft) admitting += 1;
    for (const reason of failure.reasons) {
      const causes = isSoft ? soft : hard;
      const cause = causes.get(reason) ?? { plugin: failure.plugin, reason, nodes: 0 };
      cause.nodes += 1;
      causes.set(reason, cause);
    }
  }
  return { hard: [...hard.values()], soft: [...soft.values()], admitting };
}

function byNodes(causes: readonly Cause[]): readonly Cause[] {
  return causes.toSorted(
    (left, right) => right.nodes - left.nodes || (left.reason < right.reason ? -1 : left.reason > right.reason ? 1 : 0),
  );
}

function shortageText({ reason, nodes }: Cause, pod: ClusterPod, admitting: number, which: string): string {
  if (!reason.startsWith(insufficient)) {
    const subject =
      nodes < admitting ? `${nodes} of the ${admitting} nodes` : nodes === 1 ? "the only node" : `all ${nodes} nodes`;
    return `${subject}${which === "node" ? "" : " that admit it"} ${reasonText(reason, nodes)}`.replace(
      "the only node that admit it",
      "the only node that admits it",
    );
  }
  const resource = reason.slice(insufficient.length);
  const amount = withUnit(amountText(resource, pod.template.requests.real[resource] ?? 0), resource);
  if (nodes === admitting) return `no ${which} has ${amount} left`;
  return `${nodes} of the ${admitting} nodes that admit it ${nodes === 1 ? "has" : "have"} less than ${amount} left`;
}

function withUnit(amount: string, resource: string): string {
  if (resource === "cpu") return `${amount} CPU`;
  if (resource === "memory") return `${amount} of memory`;
  return resource === "nvidia.com/gpu" ? `${amount} GPU` : `${amount} of ${resource}`;
}
