import type { Cluster } from "../../estate/model/cluster.ts";

/**
 * What enforces policies on a cluster. `api-standard` is no product: it is the letter of the API, for clusters that do not
 * declare an engine.
 */
export type PolicyEngine = "none" | "api-standard" | "cilium" | "azure" | "calico";

export const policyEngines: readonly PolicyEngine[] = ["none", "api-standard", "cilium", "azure", "calico"];

/** Families of policy kinds that engines support or ignore together. */
export type PolicyFamily = "kubernetes" | "admin" | "cilium" | "calico";

/** `yes`: enforced; `no`: the objects do nothing; `maybe`: depends on a version that the estate does not declare. */
export type Enforcement = "yes" | "maybe" | "no";

/**
 * Which engine heeds which kinds. Cilium has only a tracking issue for the admin tiers; Calico has them from 3.29
 * (v1alpha1) and 3.32 (v1alpha2) on, and which version the AKS add-on runs is not declared; Azure NPM knows
 * NetworkPolicy alone. (kubernetes-sigs/network-policy-api, implementations, 2026-04-21)
 */
const enforcement: { readonly [engine in PolicyEngine]: { readonly [family in PolicyFamily]: Enforcement } } = {
  none: { kubernetes: "no", admin: "no", cilium: "no", calico: "no" },
  "api-standard": { kubernetes: "yes", admin: "yes", cilium: "no", calico: "no" },
  cilium: { kubernetes: "yes", admin: "no", cilium: "yes", calico: "no" },
  azure: { kubernetes: "yes", admin: "no", cilium: "no", calico: "no" },
  calico: { kubernetes: "yes", admin: "maybe", cilium: "no", calico: "maybe" },
};

export function enforcementOf(engine: PolicyEngine, family: PolicyFamily): Enforcement {
  return enforcement[engine][family];
}

/** The engine that a cluster declares; undefined when it declares none, or one that is not known. */
export function declaredEngine({ network: { policyEngine } }: Cluster): PolicyEngine | undefined {
  return policyEngines.find((engine) => engine !== "api-standard" && engine === policyEngine);
}

/** True when the engine matches the addresses of pods against `ipBlock`, as the API allows; Cilium knows pods by identity. */
export function matchesPodAddresses(engine: PolicyEngine): boolean {
  return engine === "azure" || engine === "calico";
}
