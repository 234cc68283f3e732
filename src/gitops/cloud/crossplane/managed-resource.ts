import type { CrossplaneKind } from "../../../catalog/crossplane-kinds.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { ResourceKey } from "../graph/resource-graph.ts";

/** A managed resource of Crossplane while it is put together. */
export interface ManagedResource {
  readonly kind: CrossplaneKind;
  readonly namespace: string;
  readonly name: string;
  /** Azure name, where it is no field. */
  readonly externalName: string | undefined;
  readonly forProvider: JsonObject;
  /** What counts when the resource is created, and is left alone afterwards. */
  readonly initProvider: JsonObject;
  /** Values that are not known when the file is written. */
  readonly replacements: readonly FieldReplacement[];
  /** By its name in the estate. */
  readonly subscription: string;
  /** Folder of the files that are written together. */
  readonly part: string;
  readonly tells: string;
}

/** A field whose value kustomize takes from a ConfigMap. */
export interface FieldReplacement {
  /** As kustomize has it, such as `spec.forProvider.route.0.nextHopInIpAddress`. */
  readonly fieldPath: string;
  /** ConfigMap that holds the value. */
  readonly from: typeof PARAMETERS | typeof FACTS;
  readonly key: string;
  /** The segment between slashes that it is; the whole field where nothing is said. */
  readonly segment?: number;
}

/** What the provider cannot say of a resource. */
export interface CrossplaneGap {
  readonly resource: ResourceKey;
  /** Path of the ARM property; empty for the whole resource. */
  readonly path: string;
  readonly reason: string;
}

/** ConfigMap with what the user gives. It is not delivered itself. */
export const PARAMETERS = "estate-parameters";

/** ConfigMap with what resources tell once they are there. It is not delivered itself. */
export const FACTS = "estate-facts";

/** Secret in the namespace of a subscription that holds what no file may. */
export const SECRETS = "estate-secrets";

/** ProviderConfig of a subscription, in its namespace. */
export const PROVIDER_CONFIG = "default";

/** Annotation of a namespace: the subscription that its objects are written to, by its name in the estate. */
export const SUBSCRIPTION = "scantling/subscription";

export const EXTERNAL_NAME = "crossplane.io/external-name";

/** Segment of the subscription in `/subscriptions/ID/…`. */
export const SUBSCRIPTION_SEGMENT = 2;

/** `vnet_subnet_id` is `vnetSubnetId`. */
export function fieldName(argument: string): string {
  return argument.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** Key of what a resource tells: `userassignedidentity_id-shop_principalId`. Names of objects have no underscore. */
export function factKey(kind: string, name: string, statusField: string): string {
  return `${kind.toLowerCase()}_${name}_${statusField.replaceAll(/[^A-Za-z0-9]+/g, "-")}`;
}
