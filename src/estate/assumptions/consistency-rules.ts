import type { AssumptionRule } from "./assumption-rule.ts";

/** Round-trip times are published, their spread is not. */
export const linkDelaySpread: AssumptionRule<{ readonly delays: string }> = {
  id: "ASM-265",
  name: "link-delay-spread",
  text: () =>
    "A message takes half the published round-trip time plus an exponential of a tenth of it, at least 0.3 ms: no source publishes how delays between regions spread.",
  value: ({ delays }) => delays,
  replaceBy: "--latency",
};

/** What the simulated application does. */
export const simulatedTraffic: AssumptionRule<{ readonly traffic: string }> = {
  id: "ASM-266",
  name: "simulated-traffic",
  text: () => "Nothing measured says how many clients meet on one item, nor how soon one operation follows another.",
  value: ({ traffic }) => traffic,
  replaceBy: "--clients, --keys, --operations, --think-seconds and --read-share",
};

/** Which model of replication stands for a service. */
export const simulatedStoreModel: AssumptionRule<{ readonly service: string; readonly model: string }> = {
  id: "ASM-267",
  name: "simulated-store-model",
  text: ({ service }) => `The replication of ${service} is played by the model that comes nearest to it.`,
  value: ({ model }) => model,
  replaceBy: "--level, --quorum or --primary-replica",
};

/** How far replicas in other regions are behind. */
export const replicationLag: AssumptionRule<{ readonly lag: string }> = {
  id: "ASM-268",
  name: "replication-lag",
  text: () =>
    "Asynchronous replication between regions adds an exponential delay of this mean: no source publishes its distribution.",
  value: ({ lag }) => lag,
  replaceBy: "--replication-lag-seconds",
};

/** Levels of rows that nothing declares. */
export const consistencyNotDeclared: AssumptionRule<{ readonly level: string }> = {
  id: "ASM-269",
  name: "consistency-not-declared",
  text: () => "The level is that which Azure Cosmos DB has by default.",
  value: ({ level }) => level,
  replaceBy: "DataStore.spec.consistency.reads or --level",
};

/** The bound of bounded staleness, where nothing gives it. */
export const stalenessBoundNotGiven: AssumptionRule<{ readonly bound: string }> = {
  id: "ASM-270",
  name: "staleness-bound-not-given",
  text: () => "The bound is the least that Azure Cosmos DB permits with so many regions.",
  value: ({ bound }) => bound,
  replaceBy: "--staleness-versions and --staleness-seconds",
};

/** Every rule that fills a gap of a consistency simulation. */
export const consistencyRules = [
  linkDelaySpread,
  simulatedTraffic,
  simulatedStoreModel,
  replicationLag,
  consistencyNotDeclared,
  stalenessBoundNotGiven,
] as const;
