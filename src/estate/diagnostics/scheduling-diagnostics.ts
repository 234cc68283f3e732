import type { DiagnosticRule } from "./diagnostic-rule.ts";
import { shorten } from "./wording.ts";

export const snapshotUnreadable: DiagnosticRule<{ readonly line: number; readonly problem: string }> = {
  code: "EST-630",
  name: "snapshot-unreadable",
  severity: "error",
  message: ({ line, problem }) => `Line ${line} of the snapshot is no JSON: ${shorten(problem)}.`,
  hint: () => "A snapshot is one JSON object, a list of them, or one object a line.",
};

export const snapshotShape: DiagnosticRule<{ readonly snapshot: string; readonly problem: string }> = {
  code: "EST-631",
  name: "snapshot-shape",
  severity: "error",
  message: ({ snapshot, problem }) => `Snapshot ${shorten(snapshot)} cannot be scheduled: ${problem}.`,
  hint: () =>
    'Write {"id": "...", "nodes": [Node ...], "existing": [Pod ...], "services": [Service ...], "pods": [Pod ...]}.',
};

export const schedulingObjectRefused: DiagnosticRule<{
  readonly object: string;
  readonly field: string;
  readonly problem: string;
}> = {
  code: "EST-632",
  name: "scheduling-object-refused",
  severity: "error",
  message: ({ object, field, problem }) =>
    `${object} is left out of scheduling, since its ${field} ${problem}; where its pods would run is not evaluable.`,
  hint: ({ field }) => `The API server would refuse the object too: correct ${field}.`,
};

export const schedulingNameTaken: DiagnosticRule<{ readonly object: string }> = {
  code: "EST-633",
  name: "scheduling-name-taken",
  severity: "error",
  message: ({ object }) => `${object} is there twice: the later one is left out of scheduling.`,
  hint: () => "A cluster holds one object of a kind under a name: rename or remove one of them.",
};

export const placedOnUnknownNode: DiagnosticRule<{ readonly pod: string; readonly node: string }> = {
  code: "EST-634",
  name: "placed-on-unknown-node",
  severity: "warning",
  message: ({ pod, node }) =>
    `Pod ${shorten(pod)} runs on node "${shorten(node)}", which the snapshot does not hold, so it counts nowhere.`,
  hint: () => "Add the node to nodes, or take the pod out of existing.",
};

export const schedulerVersionUnknown: DiagnosticRule<{ readonly version: string; readonly used: string }> = {
  code: "EST-635",
  name: "scheduler-version-unknown",
  severity: "warning",
  message: ({ version, used }) =>
    `How the scheduler of Kubernetes ${shorten(version)} differs is not known: it is taken to behave like ${used}.`,
  hint: ({ used }) => `Name a version from 1.26 to 1.34 with --kubernetes-version, or accept ${used}.`,
};

export const clusterWithoutNodes: DiagnosticRule<{ readonly cluster: string }> = {
  code: "EST-636",
  name: "cluster-without-nodes",
  severity: "warning",
  message: ({ cluster }) => `${shorten(cluster)} has no node, so every pod stays pending.`,
  hint: () => "Add nodes to the snapshot, or node pools with a known VM size to the cluster.",
};

export const affinityContradiction: DiagnosticRule<{ readonly pod: string; readonly contradiction: string }> = {
  code: "EST-637",
  name: "affinity-contradiction",
  severity: "warning",
  message: ({ pod, contradiction }) => `No node will ever suit pod ${shorten(pod)}: ${contradiction}.`,
  hint: () => "Take one side of the contradiction out of the pod template.",
};

export const requestBeyondNodes: DiagnosticRule<{
  readonly pod: string;
  readonly resource: string;
  readonly request: string;
  readonly largest: string;
}> = {
  code: "EST-638",
  name: "request-beyond-nodes",
  severity: "warning",
  message: ({ pod, resource, request, largest }) =>
    `Pod ${shorten(pod)} asks for ${request} of ${shorten(resource)}, but the largest node has ${largest}, so it fits on none, not even an empty one.`,
  hint: ({ resource, largest }) => `Ask for at most ${largest} of ${shorten(resource)}, or add larger nodes.`,
};

export const snapshotDetailCut: DiagnosticRule<{ readonly snapshot: string; readonly answers: number }> = {
  code: "EST-639",
  name: "snapshot-detail-cut",
  severity: "warning",
  message: ({ snapshot, answers }) =>
    `Snapshot ${shorten(snapshot)} would take ${answers} answers of single nodes: its steps name the choice only.`,
  hint: () => "Schedule fewer pods at a time to see every node's verdict and scores.",
};

export const schedulingStopped: DiagnosticRule<{ readonly cluster: string; readonly attempts: number }> = {
  code: "EST-640",
  name: "scheduling-stopped",
  severity: "warning",
  message: ({ cluster, attempts }) =>
    `Scheduling of ${shorten(cluster)} was stopped after ${attempts} attempts, with pods still in the queue.`,
  hint: () =>
    "Priorities that evict one another again and again do this: look at the PriorityClasses of the evicted pods.",
};

export const otherScheduler: DiagnosticRule<{ readonly pod: string; readonly scheduler: string }> = {
  code: "EST-641",
  name: "other-scheduler",
  severity: "warning",
  message: ({ pod, scheduler }) =>
    `Pod ${shorten(pod)} asks for the scheduler "${shorten(scheduler)}", whose rules are not known: it is scheduled as by the default one.`,
  hint: () => "Leave spec.schedulerName out for the default scheduler, or take the answer for an approximation.",
};

export const clusterVersionNotKnown: DiagnosticRule<{
  readonly cluster: string;
  readonly version: string;
  readonly used: string;
}> = {
  code: "EST-643",
  name: "cluster-version-not-known",
  severity: "note",
  message: ({ cluster, version, used }) =>
    `Cluster ${shorten(cluster)} runs Kubernetes ${shorten(version)}, whose scheduler is taken to behave like that of ${used}.`,
};

export const workloadNotScheduled: DiagnosticRule<{ readonly workload: string; readonly reason: string }> = {
  code: "EST-642",
  name: "workload-not-scheduled",
  severity: "note",
  message: ({ workload, reason }) => `The pods of ${shorten(workload)} are not scheduled: ${reason}.`,
};

/** Every problem that scheduling can report, for the catalogue of diagnostics. */
export const schedulingDiagnosticRules = [
  snapshotUnreadable,
  snapshotShape,
  schedulingObjectRefused,
  schedulingNameTaken,
  placedOnUnknownNode,
  schedulerVersionUnknown,
  clusterWithoutNodes,
  affinityContradiction,
  requestBeyondNodes,
  snapshotDetailCut,
  schedulingStopped,
  otherScheduler,
  workloadNotScheduled,
  clusterVersionNotKnown,
] as const;
