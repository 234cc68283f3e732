import type { Diagnostic } from "../../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../../estate/diagnostics/diagnostic-rule.ts";
import {
  affinityContradiction,
  clusterWithoutNodes,
  otherScheduler,
  placedOnUnknownNode,
  requestBeyondNodes,
  schedulingNameTaken,
  schedulingObjectRefused,
} from "../../../estate/diagnostics/scheduling-diagnostics.ts";
import { asObject, asText } from "../../../estate/kubernetes/json-value.ts";
import { amountText } from "../explanation/remedy.ts";
import { createScheduler, type KubeScheduler, type SchedulerOptions } from "../kube-scheduler.ts";
import { readContext } from "../model/cluster-context.ts";
import { readNode } from "../model/cluster-node.ts";
import type { ClusterPod } from "../model/cluster-pod.ts";
import { contradictionOf } from "../model/contradiction.ts";
import type { ReadingProblem } from "../model/reading-problem.ts";
import { readVolumeObjects } from "../volumes/volume-objects.ts";
import type { ClusterSnapshot } from "./read-snapshot.ts";

/** A scheduler with the nodes and running pods of a snapshot, and the pods that wait. */
export interface LoadedCluster {
  readonly scheduler: KubeScheduler;
  /** Pods that can be scheduled, in the order given. */
  readonly pending: readonly ClusterPod[];
  readonly diagnostics: readonly Diagnostic[];
}

const defaultSchedulerName = "default-scheduler";

/** Brings a snapshot into a scheduler. What cannot be evaluated is diagnosed and left out. */
export function loadCluster(snapshot: ClusterSnapshot, options: SchedulerOptions): LoadedCluster {
  const diagnostics: Diagnostic[] = [];
  const scheduler = createScheduler({
    ...options,
    context: readContext(snapshot.objects),
    volumes: readVolumeObjects(snapshot.objects),
  });
  addNodes(scheduler, snapshot, diagnostics);
  const known = addExisting(scheduler, snapshot, diagnostics);
  const pending = snapshot.pods.flatMap((value, index) => {
    const pod = readPod(scheduler, value, `pods[${index}]`, diagnostics);
    if (pod === undefined) return [];
    if (known.has(pod.id)) {
      diagnostics.push(diagnose(schedulingNameTaken, { object: `Pod ${pod.id}` }));
      return [];
    }
    known.add(pod.id);
    return [pod];
  });
  diagnostics.push(...hopelessPods(scheduler, pending));
  return { scheduler, pending, diagnostics };
}

function addNodes({ cluster }: KubeScheduler, { id, nodes }: ClusterSnapshot, diagnostics: Diagnostic[]): void {
  for (const [index, value] of nodes.entries()) {
    const reading = readNode(value);
    if (reading.kind === "refused") {
      const name = asText(asObject(asObject(value).metadata).name) ?? `nodes[${index}]`;
      diagnostics.push(refused(`Node ${name}`, reading.problems));
    } else if (!cluster.addNode(reading.value)) {
      diagnostics.push(diagnose(schedulingNameTaken, { object: `Node ${reading.value.name}` }));
    }
  }
  if (cluster.nodes.count === 0) diagnostics.push(diagnose(clusterWithoutNodes, { cluster: `Cluster ${id}` }));
}

/** Ids of all pods that were given as running, also of those that count nowhere. */
function addExisting(
  { cluster, pods }: KubeScheduler,
  { existing }: ClusterSnapshot,
  diagnostics: Diagnostic[],
): Set<string> {
  const known = new Set<string>();
  for (const [index, value] of existing.entries()) {
    if (isFinished(value)) continue;
    const { reading, nodeName } = pods.readPlaced(value);
    if (reading.kind === "refused") {
      diagnostics.push(refused(podName(value, `existing[${index}]`), reading.problems));
      continue;
    }
    const pod = reading.value;
    const isTaken = known.has(pod.id);
    known.add(pod.id);
    if (isTaken) diagnostics.push(diagnose(schedulingNameTaken, { object: `Pod ${pod.id}` }));
    else if (!cluster.addPod(pod, nodeName ?? ""))
      diagnostics.push(diagnose(placedOnUnknownNode, { pod: pod.id, node: nodeName ?? "" }));
  }
  return known;
}

/** Pods that ended hold nothing any more. */
function isFinished(value: unknown): boolean {
  const { phase } = asObject(asObject(value).status);
  return phase === "Succeeded" || phase === "Failed";
}

function readPod(
  { pods }: KubeScheduler,
  value: unknown,
  position: string,
  diagnostics: Diagnostic[],
): ClusterPod | undefined {
  const reading = pods.read(value);
  if (reading.kind === "refused") {
    diagnostics.push(refused(podName(value, position), reading.problems));
    return undefined;
  }
  const name = asText(asObject(asObject(value).spec).schedulerName) ?? defaultSchedulerName;
  if (name !== defaultSchedulerName)
    diagnostics.push(diagnose(otherScheduler, { pod: reading.value.id, scheduler: name }));
  return reading.value;
}

/** Pods that no node could ever take, each template named once by its first pod. */
function hopelessPods({ cluster }: KubeScheduler, pods: readonly ClusterPod[]): readonly Diagnostic[] {
  const firstOfTemplate = new Map(pods.toReversed().map((pod) => [pod.template, pod]));
  const largest: { [resource: string]: number } = {};
  for (const { allocatable } of cluster.nodeList()) {
    for (const [name, amount] of Object.entries(allocatable)) largest[name] = Math.max(largest[name] ?? 0, amount);
  }
  return [...firstOfTemplate.values()].reverse().flatMap((pod) => {
    const contradiction = contradictionOf(pod.template);
    const contradictions =
      contradiction === undefined ? [] : [diagnose(affinityContradiction, { pod: pod.id, contradiction })];
    if (cluster.nodes.count === 0) return contradictions;
    const beyond = Object.entries(pod.template.requests.real)
      .filter(([resource, request]) => request > (largest[resource] ?? 0))
      .map(([resource, request]) =>
        diagnose(requestBeyondNodes, {
          pod: pod.id,
          resource,
          request: amountText(resource, request),
          largest: amountText(resource, largest[resource] ?? 0),
        }),
      );
    return [...contradictions, ...beyond];
  });
}

function refused(object: string, [first]: readonly ReadingProblem[]): Diagnostic {
  return diagnose(schedulingObjectRefused, {
    object,
    field: (first?.path ?? []).join("."),
    problem: first?.text ?? "cannot be read",
  });
}

function podName(value: unknown, position: string): string {
  const { namespace, name } = asObject(asObject(value).metadata);
  const text = asText(name);
  return `Pod ${text === undefined ? position : `${asText(namespace) ?? "default"}/${text}`}`;
}
