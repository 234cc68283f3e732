/**
 * The cloud side of an estate in the shape of Azure Resource Manager. Every cloud target prints this graph, and every
 * reader of a target gives one back, so that two targets are equal when their graphs are.
 */
export interface ResourceGraph {
  /** Sorted by key, no two share one; parents, groups and references are among them. */
  readonly resources: readonly CloudResource[];
}

export interface CloudResource {
  /** Place in the tree of Azure, see `resourceKey`; unique in a graph. */
  readonly key: ResourceKey;
  /** Full ARM type, such as `Microsoft.ContainerService/managedClusters/agentPools`. */
  readonly type: string;
  /** Last segment of the Azure name; `{parameter}` where only the deployment knows it, see `parameterName`. */
  readonly name: string;
  /** The resource that it is a child or an extension of; its type tells which: a child's type begins with the parent's. */
  readonly parent: ResourceKey | undefined;
  /** Where it is deployed: key of a resource group; undefined for resource groups and what has a parent. */
  readonly resourceGroup: ResourceKey | undefined;
  /** Subscription by its name in the estate, whose deployment writes it. */
  readonly subscription: string;
  /** What is written and deployed together: a module, a file. One subscription, and one group where it is deployed to. */
  readonly part: string;
  readonly location: string | undefined;
  readonly kind?: string;
  readonly sku?: { readonly [name: string]: ResourceValue };
  /** `type`, and `userAssignedIdentities` as a list of references in the place of ARM's map. */
  readonly identity?: ResourceIdentity;
  readonly zones?: readonly string[];
  readonly tags?: { readonly [name: string]: string };
  /** ARM `properties`; child resources are never among them. */
  readonly properties: { readonly [name: string]: ResourceValue };
  /** What has to stand before it beyond what it refers to; sorted. */
  readonly dependsOn?: readonly ResourceKey[];
  /** Part of the model that it comes from, such as `Cluster/prod-weu`; empty in a graph that was read back. */
  readonly tells: string;
}

export interface ResourceIdentity {
  readonly type: string;
  readonly userAssignedIdentities?: readonly ResourceReference[];
}

/**
 * `subscription/group` for a resource group; `group key/type/name` for what is in one; `parent key/last segment of the
 * type/name` for a child; `parent key/providers/type/name` for an extension. `/` and `%` in names are escaped.
 */
export type ResourceKey = string;

/** JSON with references in the place of ids and of what is known only after deployment. */
export type ResourceValue =
  | string
  | number
  | boolean
  | null
  | ResourceReference
  | DeploymentParameter
  | ResourceText
  | readonly ResourceValue[]
  | { readonly [name: string]: ResourceValue };

/** Some output of another resource; its `id` where nothing is said. */
export interface ResourceReference {
  readonly $ref: ResourceKey;
  /** Path in the resource's body, such as `properties.principalId`; absent for the id, `name` for the name. */
  readonly output?: string;
}

/** What the user has to give when deploying and no file may hold. Always a text. */
export interface DeploymentParameter {
  /** camelCase. */
  readonly $parameter: string;
  readonly secure: boolean;
}

/** A text made of literal parts, references and parameters; two literals never stand side by side. */
export interface ResourceText {
  readonly $text: readonly (string | ResourceReference | DeploymentParameter)[];
}
