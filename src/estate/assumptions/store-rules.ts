import type { AssumptionRule } from "./assumption-rule.ts";

interface Span {
  readonly low: number;
  readonly likely: number;
  readonly high: number;
}

/** Seconds at best, likely, at worst, of what no source times. */
export const recoverySeconds = {
  operatorResponse: { low: 300, likely: 900, high: 3600 },
  reconnect: { low: 1, likely: 5, high: 30 },
  leaderElection: { low: 1, likely: 10, high: 30 },
  autoRepair: { low: 600, likely: 1140, high: 3600 },
  newServer: { low: 300, likely: 900, high: 1800 },
} as const satisfies { readonly [step: string]: Span };

/** Mebibytes a second at which a managed service is taken to restore a backup: worst, likely, best. */
export const restoreMebibytesPerSecond = { low: 30, likely: 75, high: 150 } as const;

function inSeconds({ low, likely, high }: Span): string {
  return `${low}, ${likely}, ${high} s (at best, likely, at worst)`;
}

/** Somebody has to notice and act. */
export const operatorResponse: AssumptionRule<Span> = {
  id: "ASM-250",
  name: "operator-response",
  text: () =>
    "Where nothing acts by itself, somebody is paged, looks and acts: a planning value until a drill has measured it.",
  value: inSeconds,
  replaceBy: "Application.spec.regions.detectSeconds and switchSeconds for a region; a drill for the rest",
};

/** Clients find the new primary. */
export const clientReconnect: AssumptionRule<Span> = {
  id: "ASM-251",
  name: "client-reconnect",
  text: () => "After a failover clients drop dead connections, resolve the name again and reconnect: a planning value.",
  value: inSeconds,
  replaceBy: "a drill; scantling chaos plan proposes one",
};

/** A replicated set elects a new leader. */
export const leaderElection: AssumptionRule<Span> = {
  id: "ASM-252",
  name: "leader-election",
  text: () =>
    "A replicated set in the cluster elects a new leader by its own timers, which no manifest states in a common form: a planning value.",
  value: inSeconds,
  replaceBy: "a drill; the timers of the database",
};

/** AKS repairs a node that hangs. */
export const nodeAutoRepair: AssumptionRule<Span> = {
  id: "ASM-253",
  name: "node-auto-repair",
  text: () =>
    "AKS looks for 10 minutes before it calls a node unhealthy, then reboots, reimages and redeploys it, in up to three rounds and at best effort; the likely value is the one that availability counts with (ASM-101, 20 min until the pod is back).",
  value: inSeconds,
  replaceBy: "automation that sets the out-of-service taint on a node whose machine is verified to be off",
};

/** Backups are read back at a rate that nobody has measured. */
export const managedRestoreRate: AssumptionRule<{ readonly sizeGiB: number }> = {
  id: "ASM-254",
  name: "managed-restore-rate",
  text: () =>
    "No source says how fast a backup is restored into a new store: planned between 30 and 150 MiB/s, 75 as a rule, plus 5 to 30 minutes until the new store answers.",
  value: ({ sizeGiB }) => `75 MiB/s for ${sizeGiB} GiB`,
  replaceBy: "a restore drill",
};

/** What shape the data has, where the document does not say. */
export const storeShape: AssumptionRule<{ readonly shape: string; readonly because: string }> = {
  id: "ASM-255",
  name: "store-shape",
  text: ({ shape, because }) => `The data is taken to be ${shape}: ${because}.`,
  value: ({ shape }) => shape,
  replaceBy: "DataStore.spec.shape",
};

/** How large the machines of an option are. */
export const storeSizing: AssumptionRule<{ readonly cores: number; readonly because: string }> = {
  id: "ASM-256",
  name: "store-sizing",
  text: ({ because }) =>
    `Databases on servers are compared at one size, ${because}; two cores carry 500 operations a second, a guess until a load test.`,
  value: ({ cores }) => `${cores} vCores`,
  replaceBy: "DataStore.spec.sku",
};

/** Request units of an operation. */
export const requestUnits: AssumptionRule<{ readonly perSecond: number }> = {
  id: "ASM-257",
  name: "request-units",
  text: () =>
    "A read costs 1 request unit and a write 5, as items of 1 KB do (recalled, not read in a source); throughput is provisioned at half as much again, in steps of 100 RU/s and at least 400.",
  value: ({ perSecond }) => `${perSecond} RU/s`,
  replaceBy: "DataStore.spec.sku with the throughput, such as 4000 RU/s",
};

/** Hours that people spend on a store. */
export const operatorHours: AssumptionRule<{ readonly hourCost: string }> = {
  id: "ASM-258",
  name: "store-operator-hours",
  text: () =>
    "Hours a month that a store takes from people: 1 for Cosmos DB, storage and messaging, 2 for Azure SQL and Redis, 3 for flexible servers, 10 for one database on a disk of the cluster, 20 for a replicated one, 30 on local disks; planning values for patches, backups, failover drills and incidents.",
  value: ({ hourCost }) => hourCost,
  replaceBy: "Estate.spec.commercial.operatorHourCost for the price of an hour",
};

/** Distance between two inputs. */
export const flipDistance: AssumptionRule<Record<never, never>> = {
  id: "ASM-259",
  name: "flip-distance",
  text: () =>
    "Changes of input are compared by how often a number has to double or halve; a yes that becomes a no, one step of a level, or a region less counts as one doubling, a demand given up as ten.",
  value: () => "|log2(after / before)|, 1 for a yes or no, 10 for a demand given up",
  replaceBy: "nothing: it only orders the changes",
};

/** What a pod of a database in the cluster costs. */
export const clusterComputePrice: AssumptionRule<{ readonly vmSize: string }> = {
  id: "ASM-260",
  name: "store-compute-in-cluster",
  text: ({ vmSize }) =>
    `A database in the cluster pays for the cores it asks for at the price of ${vmSize}, by its share, whoever else runs there.`,
  value: ({ vmSize }) => vmSize,
  replaceBy: "scantling cost: the bill of the workload that holds it",
};

/** Contention on one key. */
export const hottestKey: AssumptionRule<{ readonly share: string }> = {
  id: "ASM-261",
  name: "hottest-key",
  text: ({ share }) =>
    `The hottest key takes ${share} of the writes of an entity, and a write holds it for as long as its latency budget.`,
  value: ({ share }) => share,
  replaceBy: "DataStore.spec.entities[].hotKeyShare",
};

/** Where the copy in another region goes. */
export const secondRegion: AssumptionRule<{ readonly region: string; readonly isOfEstate: boolean }> = {
  id: "ASM-262",
  name: "second-region-of-store",
  text: ({ region, isOfEstate }) =>
    `An objective for the loss of a region needs a second one; none is declared for the store, so ${isOfEstate ? "another of the estate" : "the nearest by round trip"} is taken: ${region}.`,
  value: ({ region }) => region,
  replaceBy: "DataStore.spec.regions",
};

/** Which level of consistency is named where nobody says what readers need. */
export const undeclaredLevel: AssumptionRule<Record<never, never>> = {
  id: "ASM-263",
  name: "undeclared-read-level",
  text: () =>
    "What readers need to see is not declared, so every level will do; of levels that cost the same Session, the default of Cosmos DB, is named first.",
  value: () => "any level, Session first",
  replaceBy: "DataStore.spec.consistency.reads",
};

/** Every rule of stores and their recovery, for the catalogue of assumptions. */
export const storeRules = [
  operatorResponse,
  clientReconnect,
  leaderElection,
  nodeAutoRepair,
  managedRestoreRate,
  storeShape,
  storeSizing,
  requestUnits,
  operatorHours,
  flipDistance,
  clusterComputePrice,
  hottestKey,
  secondRegion,
  undeclaredLevel,
] as const;
