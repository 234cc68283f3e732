import type { AssumptionRule } from "./assumption-rule.ts";

/** Where what serves every cluster is deployed. */
export const sharedSubscription: AssumptionRule<{ readonly subscription: string; readonly region: string }> = {
  id: "ASM-310",
  name: "shared-subscription",
  text: () =>
    "What serves every cluster (registry, workspaces, Front Door, public DNS) is deployed where the most critical environment runs.",
  value: ({ subscription, region }) => `${subscription}, ${region}`,
  replaceBy: "Cluster.spec.subscription, and CloudService.spec.regions",
};

/** Address ranges of a cluster that names no network, or of one without subnets. */
export const networkLayout: AssumptionRule<{
  readonly network: string;
  readonly subnet: string;
  readonly prefix: string;
}> = {
  id: "ASM-311",
  name: "network-layout",
  text: ({ network, subnet }) =>
    `Nothing says which addresses ${subnet} of network ${network} has: a free range of its size is taken.`,
  value: ({ subnet, prefix }) => `${subnet} ${prefix}`,
  replaceBy: "Estate.spec.networks[].addressSpace and subnets",
};

/** The subnet of nodes, where a pool names none. */
export const nodeSubnet: AssumptionRule<{ readonly cluster: string; readonly subnet: string }> = {
  id: "ASM-312",
  name: "node-subnet",
  text: ({ cluster }) =>
    `The node pools of ${cluster} name no subnet: the one is taken whose name fits nodes of its environment.`,
  value: ({ subnet }) => subnet,
  replaceBy: "Cluster.spec.nodePools[].subnet",
};

/** A store is declared once and has no environment. */
export const storeEnvironment: AssumptionRule<{ readonly environment: string }> = {
  id: "ASM-313",
  name: "store-environment",
  text: () =>
    "A declared store is that of the most critical environment of its application; other environments get none.",
  value: ({ environment }) => environment,
  replaceBy: "a DataStore for each environment",
};

/** Size of a store whose SKU nobody says or nobody can read. */
export const storeSku: AssumptionRule<{ readonly service: string; readonly sku: string }> = {
  id: "ASM-314",
  name: "store-sku",
  text: ({ service }) =>
    `No size of ${service} is declared that could be written: the smallest is taken that can do what is declared.`,
  value: ({ sku }) => sku,
  replaceBy: "DataStore.spec.sku",
};

/** What AKS is told where the estate is silent. */
export const clusterSetting: AssumptionRule<{
  readonly setting: string;
  readonly value: string;
  readonly reason: string;
}> = {
  id: "ASM-315",
  name: "cluster-setting",
  text: ({ setting, reason }) => `The estate does not say ${setting}: ${reason}.`,
  value: ({ value }) => value,
  replaceBy: "the field of the Cluster document that says it",
};

/** How long things are kept, where nobody says. */
export const retentionTime: AssumptionRule<{ readonly what: string; readonly days: number }> = {
  id: "ASM-316",
  name: "retention-time",
  text: ({ what }) => `Nobody says how long ${what} keeps what it has: the shortest usual time is taken.`,
  value: ({ days }) => `${days} days`,
  replaceBy: "recovery.operatorError and retention of the DataStore",
};

export const cloudTargetRules = [
  sharedSubscription,
  networkLayout,
  nodeSubnet,
  storeEnvironment,
  storeSku,
  clusterSetting,
  retentionTime,
] as const;
