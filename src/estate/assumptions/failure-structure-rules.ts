import type { AssumptionRule } from "./assumption-rule.ts";

/** Parameters of a rule that has none. */
type None = Readonly<Record<never, never>>;

export const oneReplicaIsEnough: AssumptionRule<{ readonly workloads: number }> = {
  id: "ASM-115",
  name: "one-replica-is-enough",
  text: ({ workloads }) =>
    `No load is declared for ${workloads === 1 ? "a workload" : `${workloads} workloads`} with several replicas, so one replica is taken to carry it.`,
  value: () => "1 replica",
  replaceBy: "Application.spec.load",
};

export const alignedPlacement: AssumptionRule<None> = {
  id: "ASM-116",
  name: "aligned-placement",
  text: () =>
    "Which workloads share a node or a zone changes with every rollout, and nodes and zones are alike. So the first replicas of all workloads of a pool count on one node and in one zone, further replicas on nodes of their own and in further zones, as many as the placement found for them; each workload comes back in its own time. Workloads that a selector, affinity or their pools hold to certain zones count in just these. Zonal disks hold their pods to a zone that no manifest names: where such disks are in different zones, this understates the downtime.",
  value: () => "first replicas together, further ones apart",
  replaceBy: "nothing: it keeps an added node, zone or replica from ever counting against the estate",
};

export const assumedIngressController: AssumptionRule<{ readonly cluster: string }> = {
  id: "ASM-117",
  name: "assumed-ingress-controller",
  text: ({ cluster }) =>
    `No manifest and no component of cluster ${cluster} is its ingress controller, so one with two replicas is assumed, as AKS application routing runs it.`,
  value: () => "2 replicas",
  replaceBy: "Cluster.spec.components, or the controller's manifests",
};

export const plannedDowntimeExcluded: AssumptionRule<None> = {
  id: "ASM-118",
  name: "planned-downtime-excluded",
  text: () =>
    "Node upgrades and drains are not counted in this figure: they move pods one after the other. What they add is the planned part of the journey.",
  value: () => "0 min a month",
  replaceBy: "nothing in this figure: the planned part beside it counts them",
};

export const spareCapacity: AssumptionRule<None> = {
  id: "ASM-119",
  name: "spare-capacity",
  text: () =>
    "Where another node of the pool exists, it is taken to have room for the pods of a lost one; the downtime does not count failures after which there is none.",
  value: () => "room on the nodes that are left",
  replaceBy: "nothing in this figure: scantling simulate failure replays each failure on the scheduler",
};

export const slaAsFailureRate: AssumptionRule<None> = {
  id: "ASM-120",
  name: "sla-as-failure-rate",
  text: () =>
    "A service is taken to be down as much as its SLA allows. SLAs are thresholds for refunds, not measured rates.",
  value: () => "1 - SLA",
  replaceBy: "CloudService.spec.availability or DataStore.spec.availability",
};

export const canaryExposure: AssumptionRule<{ readonly application: string; readonly firstStep: number }> = {
  id: "ASM-121",
  name: "canary-exposure",
  text: ({ application, firstStep }) =>
    `A bad deployment of ${application} is taken to be caught on the first step of its canary, so that ${firstStep} % of the requests meet it.`,
  value: ({ firstStep }) => `${firstStep} % of requests`,
  replaceBy: "nothing yet: the rollout policy is not evaluated",
};

export const unknownStorageClass: AssumptionRule<{ readonly storageClass: string | undefined }> = {
  id: "ASM-122",
  name: "unknown-storage-class",
  text: ({ storageClass }) =>
    `${storageClass === undefined ? "The default storage class" : `Storage class ${storageClass}`} is not among the manifests and not built into AKS, so its disks are taken as locally redundant, bound to one zone.`,
  value: () => "LRS disk",
  replaceBy: "the StorageClass object",
};

export const servingRegion: AssumptionRule<{
  readonly application: string;
  readonly clusters: readonly string[];
  readonly serving: string;
}> = {
  id: "ASM-123",
  name: "serving-region",
  text: ({ application, clusters, serving }) =>
    `${application} runs on ${clusters.length} clusters (${clusters.join(", ")}) and does not say that one takes over for another, so its journeys count on ${serving} alone.`,
  value: ({ serving }) => serving,
  replaceBy: "Application.spec.regions",
};

export const primaryRegion: AssumptionRule<{ readonly application: string; readonly region: string }> = {
  id: "ASM-124",
  name: "primary-region",
  text: ({ application, region }) =>
    `${application} is active in one region and passive in others, and does not say which is the primary: the first, ${region}.`,
  value: ({ region }) => region,
  replaceBy: "Application.spec.regions.primary",
};

export const undeclaredRedundancy: AssumptionRule<{ readonly subject: string; readonly held: string }> = {
  id: "ASM-125",
  name: "undeclared-redundancy",
  text: ({ subject, held }) =>
    `${subject} does not declare all that its SLA depends on (tier, zones, standby), so the weakest row that fits holds: ${held}.`,
  value: ({ held }) => held,
  replaceBy: "tier, zoneRedundant and redundancy of the document",
};

export const loadIsOfProduction: AssumptionRule<{ readonly application: string; readonly environment: string }> = {
  id: "ASM-126",
  name: "load-is-of-production",
  text: ({ application, environment }) =>
    `The load declared for ${application} is taken as that of ${environment}, the last environment of its promotion; before it one replica of each workload is enough.`,
  value: ({ environment }) => environment,
  replaceBy: "nothing yet: load is not declared by environment",
};

export const ordinaryPeak: AssumptionRule<{ readonly profile: string; readonly campaigns: string }> = {
  id: "ASM-136",
  name: "ordinary-peak",
  text: ({ profile, campaigns }) =>
    `The peak of LoadProfile/${profile} is taken as that of an ordinary day, without ${campaigns}: replicas are not counted as needed for it, and no figure holds while it lasts.`,
  value: () => "peak of an ordinary day",
  replaceBy: "nothing yet: campaigns are not evaluated",
};

/** Ways in which the fault tree reads the estate; they carry no number to override. */
export const failureStructureRules = [
  oneReplicaIsEnough,
  alignedPlacement,
  assumedIngressController,
  plannedDowntimeExcluded,
  spareCapacity,
  slaAsFailureRate,
  canaryExposure,
  unknownStorageClass,
  servingRegion,
  primaryRegion,
  undeclaredRedundancy,
  loadIsOfProduction,
  ordinaryPeak,
] as const;
