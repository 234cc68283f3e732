import type { AssumptionRule } from "./assumption-rule.ts";

/** Policies mean different things to different engines. */
export const undeclaredEngine: AssumptionRule<object> = {
  id: "ASM-180",
  name: "policy-engine-undeclared",
  text: () =>
    "The cluster declares no policy engine; policies are read by the letter of the Kubernetes API, as if an engine enforced every standard kind, and ipBlock meant addresses outside the cluster only.",
  value: () => "api-standard",
  replaceBy: "Cluster.spec.network.policyEngine",
};

/** Nothing in the documents joins two networks. */
export const networksApart: AssumptionRule<{ readonly networks: number }> = {
  id: "ASM-181",
  name: "networks-apart",
  text: () =>
    "No document says which networks are peered; two networks reach each other through public entry points only.",
  value: ({ networks }) => `${networks} networks apart`,
  replaceBy: "one Estate.spec.networks entry for networks that are peered",
};

/** Effort of separating classifications by networks. */
export const zoneEffort: AssumptionRule<{ readonly setupHours: number; readonly monthlyHours: number }> = {
  id: "ASM-182",
  name: "zone-effort",
  text: () =>
    "A zone is a network with subnets, routes and firewall rules of its own, and at least one cluster; the hours are an estimate, not measured.",
  value: ({ setupHours, monthlyHours }) => `${setupHours} h once and ${monthlyHours} h a month for each zone`,
  replaceBy: "your own hours",
};

/** Hours for one zone; an estimate that the reader should replace. */
export const zoneHours = { setupHours: 40, monthlyHours: 8 } as const;

/** Effort of naming every connection. */
export const zeroTrustEffort: AssumptionRule<{ readonly setupMinutes: number; readonly monthlyMinutes: number }> = {
  id: "ASM-183",
  name: "zero-trust-effort",
  text: () =>
    "Each workload needs an identity, a policy and its upkeep when dependencies change; generated policies take most of the first part. The minutes are an estimate, not measured.",
  value: ({ setupMinutes, monthlyMinutes }) =>
    `${setupMinutes} min once and ${monthlyMinutes} min a month for each workload`,
  replaceBy: "your own hours",
};

/** Minutes for one workload; an estimate that the reader should replace. */
export const zeroTrustMinutes = { setupMinutes: 30, monthlyMinutes: 10 } as const;

/** Mutual TLS by sidecars takes a share of every pod. */
export const meshOverhead: AssumptionRule<{ readonly cpuMillicores: number; readonly memoryMiB: number }> = {
  id: "ASM-184",
  name: "mesh-overhead",
  text: () =>
    "Mutual TLS is reckoned with a sidecar in every pod, at the requests of the default profile of Istio; a mesh without sidecars takes less.",
  value: ({ cpuMillicores, memoryMiB }) => `${cpuMillicores}m CPU and ${memoryMiB} MiB a pod`,
  replaceBy: "the requests of the proxy in your mesh",
};

/** Requests of istio-proxy in the default profile (`global.proxy.resources.requests`). */
export const sidecarRequests = { cpuMillicores: 100, memoryMiB: 128 } as const;

/** Every rule that fills a gap of network reachability. */
export const reachabilityAssumptionRules = [
  undeclaredEngine,
  networksApart,
  zoneEffort,
  zeroTrustEffort,
  meshOverhead,
] as const;
