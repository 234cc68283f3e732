import type { AssumptionRule } from "./assumption-rule.ts";

/** Seconds of the chain from a failure to a new pod, where no manifest states them. */
export const replaySeconds = {
  /** Node controller's grace period: 40 s up to Kubernetes 1.31, 50 s from 1.32. */
  detection: 50,
  /** Toleration that admission adds to pods without one of their own (DefaultTolerationSeconds). */
  unreachable: 300,
  nodeRepair: 600,
  podStart: 5,
  nodeReady: 190,
  /** `maxWaitForUnmountDuration` of the attach-detach controller. */
  forcedDetach: 360,
} as const;

interface Seconds {
  readonly seconds: number;
}

function inSeconds({ seconds }: Seconds): string {
  return `${seconds} s`;
}

/** A trace that says nothing of zones. */
export const dealtZones: AssumptionRule<{ readonly zones: number; readonly nodes: number }> = {
  id: "ASM-160",
  name: "dealt-zones",
  text: ({ zones }) =>
    `The nodes name no zone, so they are dealt to ${zones} zones in turn, in the order of the file: kinds of nodes that stand together there are spread evenly.`,
  value: ({ zones, nodes }) => `${nodes} nodes over ${zones} zones`,
  replaceBy: "a column zone in the file of nodes",
};

/** Silence before a node counts as lost. */
export const nodeLossDetection: AssumptionRule<Seconds> = {
  id: "ASM-161",
  name: "node-loss-detection",
  text: () =>
    "A node counts as lost when its kubelet has been silent for the grace period of the node controller, 50 s since Kubernetes 1.32 and 40 s before; AKS lets nobody change it.",
  value: inSeconds,
  replaceBy: "nothing: AKS sets it",
};

/** How long pods stay bound to a node that does not answer. */
export const unreachableToleration: AssumptionRule<Seconds> = {
  id: "ASM-162",
  name: "unreachable-toleration",
  text: () =>
    "Pods that do not say how long they put up with a node that does not answer get 300 s from the admission plugin DefaultTolerationSeconds; only then are they replaced.",
  value: inSeconds,
  replaceBy: "spec.tolerations of the pod with tolerationSeconds for node.kubernetes.io/unreachable",
};

/** StatefulSet pods wait for their node. */
export const orderedPodsWait: AssumptionRule<Seconds> = {
  id: "ASM-163",
  name: "ordered-pods-wait",
  text: () =>
    "The controller of a StatefulSet makes no second pod of a name while the first may still run: its pods wait until the lost node is repaired or its Node object is deleted, for which AKS looks at nodes that are NotReady for 10 minutes.",
  value: inSeconds,
  replaceBy: "the taint node.kubernetes.io/out-of-service set on a lost node by hand or by an operator",
};

/** Image pull and process start. */
export const podStart: AssumptionRule<Seconds> = {
  id: "ASM-164",
  name: "pod-start",
  text: () =>
    "Pulling the image and starting the process takes 5 s, as for an image of 200 MB; what probes add is read from the manifests.",
  value: inSeconds,
  replaceBy: "initialDelaySeconds of the startup or readiness probe",
};

/** From asking for a virtual machine to a node that takes pods. */
export const nodeReady: AssumptionRule<Seconds> = {
  id: "ASM-165",
  name: "node-ready",
  text: () =>
    "A node takes pods 190 s after it is asked for, and a drained one 190 s after it is reimaged: AKS documents 2 to 5 minutes for the provisioning of a virtual machine.",
  value: inSeconds,
  replaceBy: "nothing yet: the answer shows how it was counted",
};

/** Nobody writes down how fast a process really stops. */
export const wholeGracePeriod: AssumptionRule<{ readonly pods: number }> = {
  id: "ASM-166",
  name: "whole-grace-period",
  text: () =>
    "A pod that is told to stop takes its whole terminationGracePeriodSeconds (30 s where nothing is said) and serves nobody from the first second on: how fast it really stops is not in the manifests.",
  value: ({ pods }) => `${pods} pods`,
  replaceBy: "terminationGracePeriodSeconds of the pod",
};

/** A trace of machines with shared graphics processors. */
export const wholeGpus: AssumptionRule<{ readonly pods: number }> = {
  id: "ASM-167",
  name: "whole-gpus",
  text: () =>
    "Pods take CPU, memory and whole GPUs: shares of a GPU and wishes for a model, which a plain scheduler does not know, are not read.",
  value: ({ pods }) => `${pods} pods with GPUs`,
  replaceBy: "nothing yet",
};

/** A disk leaves a silent node by force only. */
export const forcedDetach: AssumptionRule<Seconds> = {
  id: "ASM-168",
  name: "forced-detach",
  text: () =>
    "A disk that one node at a time may hold is taken off a node that does not answer after 6 minutes (maxWaitForUnmountDuration of the attach-detach controller), counted from the eviction of its pod.",
  value: inSeconds,
  replaceBy: "the taint node.kubernetes.io/out-of-service set on a lost node by hand or by an operator",
};

/** A trace says which pods ran at once, not where. */
export const largestPodsFirst: AssumptionRule<{ readonly pods: number }> = {
  id: "ASM-169",
  name: "largest-pods-first",
  text: () =>
    "The tables say which pods ran, not on which node: they are placed by the scheduler's rules, those with most GPUs first, then by CPU and memory, since the order in which they came leaves some of them without room that others had given up in between.",
  value: ({ pods }) => `${pods} pods`,
  replaceBy: "a snapshot of the cluster with the nodes of its pods",
};

export const replayRules = [
  dealtZones,
  nodeLossDetection,
  unreachableToleration,
  orderedPodsWait,
  podStart,
  nodeReady,
  wholeGracePeriod,
  wholeGpus,
  forcedDetach,
  largestPodsFirst,
] as const;
