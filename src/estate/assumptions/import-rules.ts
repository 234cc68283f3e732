import type { AssumptionRule } from "./assumption-rule.ts";

/** A repository names environments and does not say which comes first. */
export const promotionByName: AssumptionRule<{ readonly environments: readonly string[] }> = {
  id: "ASM-320",
  name: "promotion-by-name",
  text: () => "The order of promotion follows the names of the environments; nothing in the repository says it.",
  value: ({ environments }) => environments.join(", "),
  replaceBy: "Estate.spec.environments",
};

/** Which environment a cluster serves. */
export const environmentByClusterName: AssumptionRule<{ readonly cluster: string; readonly environment: string }> = {
  id: "ASM-321",
  name: "environment-by-cluster-name",
  text: ({ cluster }) => `What ${cluster} serves is read from its name; nothing in the repository says it.`,
  value: ({ environment }) => environment,
  replaceBy: "Cluster.spec.environments",
};

/** Whose something is that no project and no account owns. */
export const platformByName: AssumptionRule<{ readonly application: string }> = {
  id: "ASM-322",
  name: "platform-by-name",
  text: ({ application }) => `${application} belongs to the platform by its name or folder.`,
  value: () => "platform",
  replaceBy: "Application.spec.tenant",
};

/** A dump shows the nodes of one moment. */
export const nodesOfOneMoment: AssumptionRule<{ readonly pool: string; readonly count: number }> = {
  id: "ASM-323",
  name: "nodes-of-one-moment",
  text: ({ pool }) =>
    `Pool ${pool} had this many nodes when the cluster was dumped; whether it scales, and how far, no dump says.`,
  value: ({ count }) => String(count),
  replaceBy: "Cluster.spec.nodePools[].autoscaling",
};

export const importRules = [promotionByName, environmentByClusterName, platformByName, nodesOfOneMoment] as const;
