import type { AssumptionRule } from "./assumption-rule.ts";

/** What a container takes of the kernel where nobody measured it. */
export const runtimeKernelDemand: AssumptionRule<{ readonly runtime: string; readonly sign: string }> = {
  id: "ASM-175",
  name: "runtime-kernel-demand",
  text: ({ runtime, sign }) =>
    `What one container takes of pids, inotify, files, connections and disk is estimated from its runtime, ${runtime} (${sign}); the figures are rules of thumb, not measured.`,
  value: ({ runtime }) => `${runtime}, by rule of thumb`,
  replaceBy: "Application.spec.requires (pids, inotifyInstances, fileWatches, openFiles, connections, diskIops)",
};

/** AKS and the kernel have defaults for what a pool does not set. */
export const defaultKernelLimits: AssumptionRule<{ readonly names: readonly string[] }> = {
  id: "ASM-176",
  name: "default-kernel-limits",
  text: ({ names }) =>
    `The pool does not set ${names.join(", ")}; its nodes have the defaults of AKS and of the kernel.`,
  value: () => "the defaults of AKS and of the kernel",
  replaceBy: "Cluster.spec.nodePools[].linux",
};

/** Logs and writable layers take disk also where no pod says so. */
export const unstatedStorage: AssumptionRule<{ readonly containers: number; readonly logMB: number }> = {
  id: "ASM-177",
  name: "unstated-ephemeral-storage",
  text: ({ containers, logMB }) =>
    `The pod states no ephemeral storage, so the rotated logs of its ${containers === 1 ? "container" : `${containers} containers`} count (${logMB} MB each); what it writes besides is not known and not bounded.`,
  value: ({ containers, logMB }) => `${containers * logMB} MB a pod`,
  replaceBy: "resources.requests.ephemeral-storage and resources.limits.ephemeral-storage of the containers",
};

export const kernelRules = [runtimeKernelDemand, defaultKernelLimits, unstatedStorage] as const;
