import type { Evaluation } from "../evaluation.ts";
import { nodeFailure } from "../filters/failure-reasons.ts";
import type { KubeScheduler } from "../kube-scheduler.ts";
import type { ClusterNode } from "../model/cluster-node.ts";
import type { ClusterPod } from "../model/cluster-pod.ts";
import { passes } from "../plugins.ts";
import type { ClusterState } from "../state/cluster-state.ts";
import { remediesOn } from "./node-remedies.ts";
import { reasonText } from "./reason-text.ts";
import { type Remedy, remedyText, sizeOfRemedy } from "./remedy.ts";

/** Nodes that refuse a pod for the same reason. A node that lacks two resources counts under both. */
interface RefusalGroup {
  /** The filter plugin that refuses first. */
  readonly plugin: string;
  /** Such as `3 have too little cpu left`, without the number. */
  readonly reason: string;
  readonly nodes: number;
  /** The first few of them, in the order of the nodes. */
  readonly examples: readonly string[];
}

/** Changes that together would make the pod fit. */
interface PossibleChange {
  readonly remedies: readonly Remedy[];
  /** A sentence without a full stop. */
  readonly text: string;
}

/** Why no node takes a pod, and what would help. */
export interface Unschedulable {
  /** `namespace/name`. */
  readonly pod: string;
  /** One sentence with the counts. */
  readonly summary: string;
  readonly nodes: number;
  readonly groups: readonly RefusalGroup[];
  /** The smallest first, each of another kind; empty when there is no node to start from. */
  readonly changes: readonly PossibleChange[];
}

const mostExamples = 3;
const mostChanges = 3;
/** Kinds of node of which one more is tried out. */
const mostKindsTried = 50;

/** Explains a pod that no node of the scheduler's cluster can take as things stand; undefined when one can. */
export function explainUnschedulable(scheduler: KubeScheduler, pod: ClusterPod): Unschedulable | undefined {
  const evaluation = scheduler.evaluate(pod);
  if (evaluation.feasible.count > 0) return undefined;
  const { cluster } = scheduler;
  const slots = cluster.nodes.slotsInOrder();
  const groups = groupRefusals(scheduler, evaluation, slots);
  const changes = smallestChanges([
    ...slots.flatMap((slot) => changeFor(evaluation, slot, cluster)),
    ...nodesThatWouldHelp(scheduler, pod),
  ]);
  const summary = summaryOf(groups, slots.length);
  return { pod: pod.id, summary, nodes: slots.length, groups, changes };
}

function summaryOf(groups: readonly RefusalGroup[], nodes: number): string {
  if (nodes === 0) return "there is no node";
  if (nodes === 1) return `the only node ${groups.map(({ reason }) => reason).join(" and ")}`;
  return `none of ${nodes} nodes can take it: ${groups.map((group) => `${group.nodes} ${group.reason}`).join(", ")}`;
}

function groupRefusals(
  { cluster, version }: KubeScheduler,
  { compiled, verdicts }: Evaluation,
  slots: readonly number[],
): readonly RefusalGroup[] {
  const groups = new Map<string, { plugin: string; reason: string; nodes: number; examples: string[] }>();
  for (const slot of slots) {
    const failure = nodeFailure(compiled, slot, verdicts[slot] ?? passes, cluster, version);
    for (const reason of failure?.reasons ?? []) {
      const group = groups.get(reason) ?? { plugin: failure?.plugin ?? "", reason, nodes: 0, examples: [] };
      group.nodes += 1;
      if (group.examples.length < mostExamples) group.examples.push(cluster.nodes.nameAt(slot));
      groups.set(reason, group);
    }
  }
  return [...groups.values()]
    .toSorted((left, right) => right.nodes - left.nodes || (left.reason < right.reason ? -1 : 1))
    .map(({ reason, ...group }) => ({ ...group, reason: reasonText(reason, group.nodes) }));
}

function changeFor({ compiled, volumes }: Evaluation, slot: number, cluster: ClusterState): readonly PossibleChange[] {
  const node = cluster.nodes.nodeAt(slot);
  if (node === undefined) return [];
  const remedies = remediesOn(compiled, slot, node, cluster, volumes);
  if (remedies.length === 0) return [];
  const takes = remedies.some((remedy) => "node" in remedy) ? "" : `, then ${node.name} takes it`;
  return [{ remedies, text: `${remedies.map(remedyText).join(" and ")}${takes}` }];
}

/** Tries an empty node more of each kind that there is. */
function nodesThatWouldHelp(scheduler: KubeScheduler, pod: ClusterPod): readonly PossibleChange[] {
  const { cluster } = scheduler;
  const kinds = new Map<string, ClusterNode>();
  for (const node of cluster.nodeList()) {
    if (kinds.size >= mostKindsTried) break;
    const { "kubernetes.io/hostname": _, ...labels } = node.labels;
    const key = JSON.stringify([labels, node.taints, node.allocatable]);
    if (!kinds.has(key)) kinds.set(key, node);
  }
  for (const node of kinds.values()) {
    const name = `${node.name} (another)`;
    const another: ClusterNode = {
      ...node,
      name,
      unschedulable: false,
      images: [],
      labels: { ...node.labels, "kubernetes.io/hostname": name },
    };
    const checkpoint = cluster.checkpoint();
    cluster.addNode(another);
    const helps = scheduler.fits(pod, name);
    cluster.rollback(checkpoint);
    const remedy: Remedy = { kind: "addNode", like: node.name };
    if (helps) return [{ remedies: [remedy], text: remedyText(remedy) }];
  }
  return [];
}

/** The fewest steps, then the least intrusive; of changes of the same kinds only the best is kept. */
function smallestChanges(changes: readonly PossibleChange[]): readonly PossibleChange[] {
  const byKinds = new Map<string, PossibleChange>();
  for (const change of changes.toSorted((left, right) => sizeOf(left) - sizeOf(right))) {
    const kinds = change.remedies.map(({ kind }) => kind).join();
    if (!byKinds.has(kinds)) byKinds.set(kinds, change);
  }
  return [...byKinds.values()].slice(0, mostChanges);
}

function sizeOf({ remedies }: PossibleChange): number {
  return remedies.reduce((sum, remedy) => sum + sizeOfRemedy(remedy), 0);
}
