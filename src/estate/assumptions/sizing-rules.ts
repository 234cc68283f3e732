import type { AssumptionRule } from "./assumption-rule.ts";

/** What a Java virtual machine takes beside its heap (metaspace, threads, code cache, buffers), as a share of the heap. */
export const javaOutsideHeap = 0.25;

export const javaMemory: AssumptionRule<{ readonly heapMiB: number }> = {
  id: "ASM-196",
  name: "java-memory",
  text: ({ heapMiB }) =>
    `The options state a heap of ${heapMiB} MiB: with ${javaOutsideHeap * 100} % of it for metaspace, threads and buffers, no less memory is proposed, since a heap that was never full may fill.`,
  value: ({ heapMiB }) => `${Math.round(heapMiB * (1 + javaOutsideHeap))} MiB`,
  replaceBy: "-Xmx of the container's options",
};

export const usageSharedOut: AssumptionRule<{ readonly pods: number }> = {
  id: "ASM-197",
  name: "usage-shared-out",
  text: ({ pods }) =>
    `Usage was measured for the workload as a whole: each of its ${pods} pods is taken to have used the same, which hides the busiest of them.`,
  value: ({ pods }) => `1/${pods} of the workload's usage`,
  replaceBy: "usage with the column pod",
};

export const containersAlike: AssumptionRule<{ readonly containers: number }> = {
  id: "ASM-198",
  name: "containers-alike",
  text: ({ containers }) =>
    `Usage was measured for pods: the proposal is shared out to the ${containers} containers as their requests are now.`,
  value: () => "in proportion to the requests",
  replaceBy: "nothing: look at the containers before you apply it",
};

/** A workload whose CPU never passes this has nothing to do. */
export const idleMillicores = 5;
/** Window below which nothing is called idle. */
export const idleWindowSeconds = 3 * 86_400;

export const idleFrom: AssumptionRule<undefined> = {
  id: "ASM-199",
  name: "idle-from",
  text: () =>
    `A workload counts as idle when none of its pods used more than ${idleMillicores}m of CPU in any sample, over at least ${idleWindowSeconds / 86_400} days: less than the probes and the runtime of most programs take.`,
  value: () => `${idleMillicores}m`,
  replaceBy: "nothing: a longer window of usage decides",
};

/** Sizes that cost at most this much more than the cheapest count as equally cheap. */
export const equallyCheap = 0.02;

export const nodeSizeChoice: AssumptionRule<undefined> = {
  id: "ASM-200",
  name: "node-size-choice",
  text: () =>
    `Of the sizes that cost at most ${equallyCheap * 100} % more than the cheapest, the one with the most nodes is advised: losing a node then takes the fewest pods.`,
  value: () => `${equallyCheap * 100} %`,
  replaceBy: "nothing: the curve shows every size",
};

export const memoryFollowsCpu: AssumptionRule<undefined> = {
  id: "ASM-201",
  name: "memory-follows-cpu",
  text: () =>
    "Larger and smaller pods keep the ratio of memory to CPU of the declared main containers; sidecars and the overhead of sandboxes are paid once a pod, whatever its size.",
  value: () => "the declared ratio",
  replaceBy: "nothing: measure a pod of the other size",
};

export const sizingRules = [
  javaMemory,
  usageSharedOut,
  containersAlike,
  idleFrom,
  nodeSizeChoice,
  memoryFollowsCpu,
] as const;
