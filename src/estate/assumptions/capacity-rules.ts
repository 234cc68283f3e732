import type { AssumptionRule } from "./assumption-rule.ts";

/** What AKS runs on every node; no manifest of the estate declares it. */
export const platformDaemons: AssumptionRule<{
  readonly cpuMillicores: number;
  readonly memoryMiB: number;
  readonly pods: number;
  readonly names: readonly string[];
}> = {
  id: "ASM-050",
  name: "platform-daemons",
  text: ({ names }) =>
    `AKS runs its own daemons on every node (${names.join(", ")}); their requests are recalled figures, not measured on this cluster.`,
  value: ({ cpuMillicores, memoryMiB, pods }) => `${cpuMillicores}m CPU, ${memoryMiB} MiB and ${pods} pods a node`,
  replaceBy: "the DaemonSets of kube-system among the manifests",
};

/** CoreDNS and its like: on the system pool, in no manifest. */
export const systemPods: AssumptionRule<{
  readonly cpuMillicores: number;
  readonly memoryMiB: number;
  readonly replicas: number;
}> = {
  id: "ASM-051",
  name: "system-pods",
  text: () =>
    "AKS runs CoreDNS, its autoscaler, metrics-server and the tunnel to the API server as pods on the system pool; CoreDNS requests 100m and 70Mi a replica by the AKS documentation, the rest is recalled.",
  value: ({ cpuMillicores, memoryMiB, replicas }) =>
    `${replicas} pods of ${cpuMillicores}m CPU and ${memoryMiB} MiB a cluster`,
  replaceBy: "the Deployments of kube-system among the manifests",
};

/** What one of the system pods is taken to request, and how many there are in a cluster. */
export const systemPodRequests = { cpuMillicores: 175, memoryMiB: 150, replicas: 2 } as const;

/** What kube-scheduler assumes for a container that states no request when it scores nodes (its non-zero requests). */
export const missingRequestDefaults = { cpuMillicores: 100, memoryMiB: 200 } as const;

/** A pod that requests nothing still uses something. */
export const missingRequests: AssumptionRule<{
  readonly resources: readonly string[];
  readonly cpuMillicores: number;
  readonly memoryMiB: number;
}> = {
  id: "ASM-052",
  name: "missing-requests",
  text: ({ resources }) =>
    `No container states a request for ${resources.join(" or ")}; kube-scheduler would place the pod as if it needed none, so each container counts with the amount that the scheduler itself assumes when it scores nodes (100m CPU, 200 MiB).`,
  value: ({ cpuMillicores, memoryMiB }) => `${cpuMillicores}m CPU and ${memoryMiB} MiB a pod`,
  replaceBy: "resources.requests of the containers",
};

/** Jobs and CronJobs do not all run at once, and not all the time. */
export const runningTasks: AssumptionRule<{
  readonly pools: string;
  readonly running: string;
  readonly pods: number;
  readonly others: number;
}> = {
  id: "ASM-053",
  name: "running-tasks",
  text: ({ pools, others }) =>
    `Jobs and CronJobs do not run all the time: of those that go to ${pools}, room is kept for the largest, ${others === 0 ? "which is the only one" : `and the ${others} other${others === 1 ? " runs" : "s run"} when it does not`}; no node is added for a task on a pool that is otherwise empty.`,
  value: ({ running, pods }) => `${running} with ${pods} pod${pods === 1 ? "" : "s"}`,
  replaceBy: "the schedules of the tasks, so that no two run at once",
};

/** The node count of a pool that nobody declared. */
export const nodeCountFromWorkloads: AssumptionRule<{ readonly floor: number; readonly why: string }> = {
  id: "ASM-054",
  name: "node-count-from-workloads",
  text: ({ why }) => `The pool's node count is not declared: as many nodes as its workloads need, ${why}.`,
  value: ({ floor }) => `at least ${floor}`,
  replaceBy: "Cluster.spec.nodePools[].count or .autoscaling",
};

/** What a VM-isolated pod takes beside its own request. */
export const sandboxOverhead: AssumptionRule<{ readonly memoryMiB: number; readonly source: string }> = {
  id: "ASM-055",
  name: "sandbox-overhead",
  text: ({ source }) =>
    `The runtime class isolates pods in virtual machines and its RuntimeClass object is not among the manifests: every pod carries the memory overhead of the default class (${source}).`,
  value: ({ memoryMiB }) => `${memoryMiB} MiB a pod`,
  replaceBy: "a RuntimeClass object with overhead.podFixed",
};

/** Which processor an image was built for is not in the manifests. */
export const imageArchitecture: AssumptionRule<{ readonly skipped: readonly string[] }> = {
  id: "ASM-056",
  name: "image-architecture",
  text: ({ skipped }) =>
    `No node selector names a processor architecture, so images are taken to be built for amd64 only: ${skipped.join(", ")} (arm64) ${skipped.length === 1 ? "is" : "are"} not used although nothing forbids it.`,
  value: () => "amd64",
  replaceBy: "nodeSelector kubernetes.io/arch of the pod",
};

/** Required spread over zones makes no node by itself: without pods to place, an autoscaler goes down to its minimum. */
export const zoneFloor: AssumptionRule<{ readonly floor: number; readonly minimum: number }> = {
  id: "ASM-057",
  name: "zone-floor",
  text: ({ floor, minimum }) =>
    `Workloads that prefer the pool must spread over zones (DoNotSchedule), so it keeps a node in each of its zones (${floor}), although its autoscaler may go down to ${minimum}: the autoscaler adds a node only for a pod that finds no place.`,
  value: ({ floor }) => `at least ${floor} nodes`,
  replaceBy: "Cluster.spec.nodePools[].autoscaling.min",
};

export const capacityRules = [
  platformDaemons,
  systemPods,
  missingRequests,
  runningTasks,
  nodeCountFromWorkloads,
  sandboxOverhead,
  imageArchitecture,
  zoneFloor,
] as const;
