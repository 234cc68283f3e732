import type { AssumptionRule } from "./assumption-rule.ts";

export const productionApart: AssumptionRule<{ readonly environments: readonly string[] }> = {
  id: "ASM-280",
  name: "production-apart",
  text: ({ environments }) =>
    `Environments of high criticality (${environments.join(", ")}) share no cluster with others: an upgrade, a mistake or a flood of requests in a test must not reach them.`,
  value: () => "clusters of their own",
  replaceBy: "Estate.spec.environments[].criticality",
};

export const zoneHeadroom: AssumptionRule<{ readonly environments: readonly string[] }> = {
  id: "ASM-281",
  name: "zone-headroom",
  text: ({ environments }) =>
    `All serving pods of environments of high criticality (${environments.join(", ")}) run on with any one zone gone, without waiting for new nodes, which a region in trouble may not have; jobs wait.`,
  value: () => "all pods without any one zone",
  replaceBy: "Estate.spec.environments[].criticality",
};

export const nodeSizeRange: AssumptionRule<{ readonly fewest: number; readonly most: number }> = {
  id: "ASM-282",
  name: "node-size-range",
  text: ({ fewest, most }) =>
    `Nodes have ${fewest} to ${most} vCPUs: below, reservations and agents take too large a share; above, one node takes too much with it. Environments of low criticality may have 2.`,
  value: ({ fewest, most }) => `${fewest} to ${most} vCPUs`,
  replaceBy: "the VM sizes of the Cluster documents, against which the plan is compared",
};

export const systemPoolApart: AssumptionRule<{ readonly clusters: readonly string[] }> = {
  id: "ASM-283",
  name: "system-pool-apart",
  text: ({ clusters }) =>
    `Clusters with an environment of high criticality (${clusters.join(", ")}) have a system pool that applications stay off, as AKS advises; others run both on one pool.`,
  value: () => "a system pool of its own",
  replaceBy: "Cluster.spec.nodePools",
};

interface ClusterHours extends AssumptionRule<{ readonly clusters: number }> {
  readonly hours: number;
}

/** Work on one cluster of a platform product. */
export const platformClusterHours: ClusterHours = {
  id: "ASM-284",
  name: "platform-cluster-hours",
  hours: 8,
  text: () =>
    "One cluster more takes a platform team that has others eight hours of work a month: upgrades, alerts, quota, certificates; a guess until it is measured.",
  value: () => "8 h a month for each cluster",
  replaceBy: "hours booked on each cluster, set against Estate.spec.commercial.operatorHourCost",
};

/** Work on a cluster that an application's own team runs. */
export const rawClusterHours: ClusterHours = {
  id: "ASM-285",
  name: "raw-cluster-hours",
  hours: 40,
  text: () =>
    "A cluster that an application's own team runs takes forty hours of work a month: everything that a platform team does once for all, done once more; a guess until it is measured.",
  value: () => "40 h a month for each cluster",
  replaceBy: "hours booked on each cluster, set against Estate.spec.commercial.operatorHourCost",
};

interface MovingOverlap extends AssumptionRule<undefined> {
  readonly days: number;
}

/** How long old and new nodes are both paid. */
export const movingOverlap: MovingOverlap = {
  id: "ASM-286",
  name: "moving-overlap",
  days: 14,
  text: () =>
    "Old and new nodes run side by side for fourteen days while workloads move, one group after the other; both are paid.",
  value: () => "14 days",
  replaceBy: "the dates of the steps, once they are planned",
};

interface MovingHours extends AssumptionRule<undefined> {
  readonly hours: { readonly [kind in "cluster" | "nodePool" | "manifests"]: number };
}

/** People's work on one step of a move. */
export const movingHours: MovingHours = {
  id: "ASM-287",
  name: "moving-hours",
  hours: { cluster: 16, nodePool: 1, manifests: 4 },
  text: () =>
    "A step that makes, changes or deletes a cluster takes sixteen hours of work, one of a node pool one, one that moves workloads to a pool four; copying data is not in it. Guesses until they are measured.",
  value: () => "16 h, 1 h and 4 h",
  replaceBy: "hours booked on the first steps, set against Estate.spec.commercial.operatorHourCost",
};

/** Ways to run what a tenant has, beside the recommended one. */
export type AlternativeWay =
  | "shared"
  | "sandbox"
  | "pool"
  | "cluster"
  | "rawCluster"
  | "secondRegion"
  | "containerApps"
  | "functions"
  | "staticHosting";

interface WayTimes extends AssumptionRule<undefined> {
  /** Working days until it can be used. */
  readonly days: { readonly [way in AlternativeWay]: number };
  /** Hours of work a month of ways that have no clusters. */
  readonly hours: { readonly containerApps: number; readonly functions: number; readonly staticHosting: number };
}

/** Work and lead time of each way. */
export const wayTimes: WayTimes = {
  id: "ASM-288",
  name: "work-and-lead-time-of-ways",
  days: {
    shared: 1,
    sandbox: 5,
    pool: 2,
    cluster: 10,
    rawCluster: 30,
    secondRegion: 30,
    containerApps: 15,
    functions: 60,
    staticHosting: 5,
  },
  hours: { containerApps: 4, functions: 4, staticHosting: 1 },
  text: () =>
    "Until a way can be used, working days pass: 1 for a namespace, 2 for a pool, 5 for sandboxes or static hosting, 10 for a cluster of the platform, 15 for Container Apps, 30 for raw AKS or a second region, 60 for Functions. Container Apps and Functions take four hours of work a month, static hosting one. Guesses until they are measured.",
  value: () => "1 to 60 working days",
  replaceBy: "what earlier applications took",
};

export const planningRules = [
  productionApart,
  zoneHeadroom,
  nodeSizeRange,
  systemPoolApart,
  platformClusterHours,
  rawClusterHours,
  movingOverlap,
  movingHours,
  wayTimes,
] as const;
