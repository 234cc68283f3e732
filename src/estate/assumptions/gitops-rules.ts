import type { AssumptionRule } from "./assumption-rule.ts";

/** A quota is one number, and a cluster counts by namespace. */
export const quotaSplitByDemand: AssumptionRule<{ readonly tenant: string; readonly namespaces: readonly string[] }> = {
  id: "ASM-300",
  name: "quota-split-by-demand",
  text: ({ tenant, namespaces }) =>
    `The quota of ${tenant} holds on each cluster by itself, and its namespaces (${namespaces.join(", ")}) get parts of it by what their workloads ask for at their most.`,
  value: ({ namespaces }) => (namespaces.length === 1 ? "all of it" : `${namespaces.length} parts`),
  replaceBy: "a ResourceQuota among the manifests of the namespace",
};

/** What a container without requests counts as under a quota. */
export const defaultContainerRequests: AssumptionRule<undefined> = {
  id: "ASM-301",
  name: "default-container-requests",
  text: () =>
    "Containers without requests count as small ones under a quota: the API server would refuse them otherwise.",
  value: () => "100m CPU, 128Mi memory",
  replaceBy: "a LimitRange among the manifests of the namespace, or requests of every container",
};

/** When an autoscaler that the load asks for adds replicas. */
export const autoscalerTarget: AssumptionRule<{ readonly workload: string; readonly peak: number }> = {
  id: "ASM-302",
  name: "autoscaler-target",
  text: ({ workload, peak }) =>
    `${workload} needs ${peak} replicas at its declared peak and has no autoscaler: one is written that adds replicas by CPU.`,
  value: () => "70 % of the requested CPU",
  replaceBy: "an autoscaler among the manifests of the application",
};

/** How a declared canary is judged. */
export const canaryAnalysis: AssumptionRule<{ readonly application: string; readonly success: number }> = {
  id: "ASM-303",
  name: "canary-analysis",
  text: ({ application }) =>
    `Each step of the rollout of ${application} takes five minutes, and with Flagger two failed checks take the version back: nothing says how long the steps are. A version has to succeed as often as the strictest objective of a journey asks for, or 99 % without one.`,
  value: ({ success }) => `5 minutes a step; success of ${success} % of requests`,
  replaceBy: "a Canary or Rollout among the manifests of the application",
};

/** Where an operator runs that makes the clusters. */
export const operatorElsewhere: AssumptionRule<{ readonly source: string }> = {
  id: "ASM-324",
  name: "operator-elsewhere",
  text: ({ source }) =>
    `${source} is named by no Application and only tells an operator what to make in Azure: it runs where that operator runs, which no Cluster declares.`,
  value: () => "on no cluster of the estate",
  replaceBy: "a folder named like the Cluster that runs the operator, or Application.spec.manifests",
};

export const gitopsRules = [
  quotaSplitByDemand,
  defaultContainerRequests,
  autoscalerTarget,
  canaryAnalysis,
  operatorElsewhere,
] as const;
