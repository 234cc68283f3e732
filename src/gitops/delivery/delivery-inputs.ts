import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";

/** What other engines and the clusters themselves add to what an estate says of its delivery. */
export interface DeliveryInputs {
  /** Policies that deny everything but the dependencies, by environment and namespace. */
  readonly networkPolicies: ReadonlyMap<string, ReadonlyMap<string, readonly JsonObject[]>>;
  /** PrometheusRule objects by application, without a namespace. */
  readonly objectiveRules: ReadonlyMap<string, readonly JsonObject[]>;
  /** By cluster; a cluster that is not set up yet has none. */
  readonly facts: ReadonlyMap<string, ClusterFacts>;
}

/** What is known of a cluster only after its infrastructure stands. */
export interface ClusterFacts {
  /** Client ids of the workload identities, by application. */
  readonly identities: { readonly [application: string]: string };
  /** Resource ids of disk encryption sets with the application's own key, by application. */
  readonly diskEncryptionSets: { readonly [application: string]: string };
  /** Object ids of the owners' groups, by name. */
  readonly groups: { readonly [name: string]: string };
}

export const noFacts: ClusterFacts = { identities: {}, diskEncryptionSets: {}, groups: {} };
