/** What can be done to keep tenants apart, widest first. */
export const measureKinds = [
  "ownRegion",
  "ownSubscription",
  "ownCluster",
  "ownPool",
  "sandbox",
  "denyPolicy",
  "policyRule",
  "closedEgress",
  "closedMetadata",
  "boundedEgress",
  "ownNamespace",
  "lessRights",
  "ownIdentity",
  "ownIngress",
  "ownDelivery",
  "ownVolumes",
  "objectQuota",
  "resourceLimits",
  "storageLimits",
  "pidLimit",
  "userRange",
  "userNamespace",
  "samePriority",
  "dedicatedHost",
  "ownWorkspace",
  "ownRegistry",
] as const;

export type MeasureKind = (typeof measureKinds)[number];

/** A measure for one tenant, as a noun phrase. */
export interface Measure {
  readonly kind: MeasureKind;
  readonly text: (tenant: string) => string;
}

/** Measures that need no more than the tenant's name. */
export const measures = {
  ownRegion: { kind: "ownRegion", text: (tenant) => `a cluster in another region for ${tenant}` },
  ownSubscription: {
    kind: "ownSubscription",
    text: (tenant) => `a cluster in a subscription of its own for ${tenant}`,
  },
  ownCluster: { kind: "ownCluster", text: (tenant) => `a cluster of its own for ${tenant}` },
  // Others lack the toleration, and its own pods select the pool.
  ownPool: { kind: "ownPool", text: (tenant) => `a pool of its own with a taint for ${tenant}` },
  sandbox: { kind: "sandbox", text: (tenant) => `a sandboxed pool (KataVmIsolation) for ${tenant}` },
  closedEgress: {
    kind: "closedEgress",
    text: (tenant) => `egress policies that keep every pod of ${tenant} inside the cluster`,
  },
  closedMetadata: {
    kind: "closedMetadata",
    text: (tenant) => `egress policies without instance metadata (169.254.169.254) for every pod of ${tenant}`,
  },
  boundedEgress: { kind: "boundedEgress", text: (tenant) => `an egress policy for every pod of ${tenant}` },
  ownNamespace: { kind: "ownNamespace", text: (tenant) => `a namespace of its own for ${tenant}` },
  ownIdentity: { kind: "ownIdentity", text: (tenant) => `a managed identity of its own for ${tenant}` },
  ownIngress: { kind: "ownIngress", text: (tenant) => `an ingress controller with a class of its own for ${tenant}` },
  ownDelivery: {
    kind: "ownDelivery",
    text: (tenant) => `a service account (Flux) or project (Argo CD) of its own to deliver ${tenant}`,
  },
  ownVolumes: { kind: "ownVolumes", text: (tenant) => `volumes and file shares of its own for ${tenant}` },
  objectQuota: { kind: "objectQuota", text: (tenant) => `a ResourceQuota on pods or object counts for ${tenant}` },
  resourceLimits: {
    kind: "resourceLimits",
    text: (tenant) => `CPU requests and memory limits on every container of ${tenant}`,
  },
  storageLimits: {
    kind: "storageLimits",
    text: (tenant) => `ephemeral-storage limits on every container of ${tenant}`,
  },
  userRange: { kind: "userRange", text: (tenant) => `a range of user ids (runAsUser) of its own for ${tenant}` },
  userNamespace: { kind: "userNamespace", text: (tenant) => `user namespaces (hostUsers: false) for ${tenant}` },
  samePriority: { kind: "samePriority", text: () => "one PriorityClass for the pods of both" },
  dedicatedHost: { kind: "dedicatedHost", text: (tenant) => `dedicated hosts or isolated VM sizes for ${tenant}` },
  ownWorkspace: { kind: "ownWorkspace", text: (tenant) => `a monitoring workspace of its own for ${tenant}` },
  ownRegistry: { kind: "ownRegistry", text: (tenant) => `a registry of its own for ${tenant}` },
} as const satisfies { readonly [name: string]: Measure };

/** Lifts by own cluster all that one cluster holds; these reach beyond it. */
const beyondCluster: ReadonlySet<MeasureKind> = new Set([
  "ownVolumes",
  "ownRegion",
  "ownSubscription",
  "ownCluster",
  "dedicatedHost",
  "ownWorkspace",
  "ownRegistry",
]);

const coveredByPool: ReadonlySet<MeasureKind> = new Set([
  "sandbox",
  "resourceLimits",
  "storageLimits",
  "pidLimit",
  "userRange",
  "userNamespace",
  "samePriority",
]);

const coveredBySandbox: ReadonlySet<MeasureKind> = new Set(["pidLimit", "userRange", "userNamespace"]);

/** What keeps two tenants apart whichever of them gets it. */
export const eitherSide: ReadonlySet<MeasureKind> = new Set([
  "ownRegion",
  "ownSubscription",
  "ownCluster",
  "ownPool",
  "sandbox",
  "ownNamespace",
  "ownIdentity",
  "ownIngress",
  "ownWorkspace",
  "closedEgress",
]);

/** True when the first measure makes the second one needless. */
export function covers(measure: MeasureKind, other: MeasureKind): boolean {
  if (measure === "ownRegion" || measure === "ownSubscription") {
    return other === "ownCluster" || !beyondCluster.has(other);
  }
  if (measure === "ownCluster") return !beyondCluster.has(other);
  if (measure === "ownPool") return coveredByPool.has(other);
  if (measure === "sandbox") return coveredBySandbox.has(other);
  return measure === "denyPolicy" && other === "policyRule";
}
