/**
 * The cloud side of an estate in the shape of Azure Resource Manager. Every cloud target prints this graph, and every
 * reader of a target gives one back, so that two targets are equal when their graphs are.
 */
export interface ResourceGraph {
  /** Sorted by key; parents and references are among them, or are `existing`. */
  readonly resources: readonly CloudResource[];
}

export interface CloudResource {
  /** Full ARM type, such as `Microsoft.ContainerService/managedClusters/agentPools`. */
  readonly type: string;
  /** Last segment of the Azure name. */
  readonly name: string;
  /** The resource that it is a child or an extension of. */
  readonly parent: ResourceKey | undefined;
  /** Where it is deployed: key of a resource group; undefined for resource groups and what has a parent. */
  readonly resourceGroup: ResourceKey | undefined;
  readonly location: string | undefined;
  readonly kind?: string;
  readonly sku?: { readonly [name: string]: ResourceValue };
  readonly identity?: { readonly [name: string]: ResourceValue };
  readonly zones?: readonly string[];
  readonly tags?: { readonly [name: string]: string };
  /** ARM `properties`, fully defaulted where targets have different defaults. */
  readonly properties: { readonly [name: string]: ResourceValue };
  /** True for what is referred to and not written. */
  readonly existing?: true;
  /** Part of the model that it comes from, such as `Cluster/prod-weu`. */
  readonly tells: string;
}

/** `type|name` of each ancestor and of the resource itself, joined by `/`: unique in a graph. */
export type ResourceKey = string;

/** JSON with references in the place of ids and of what is known only after deployment. */
export type ResourceValue =
  | string
  | number
  | boolean
  | null
  | ResourceReference
  | DeploymentParameter
  | readonly ResourceValue[]
  | { readonly [name: string]: ResourceValue };

/** Some output of another resource; its `id` where nothing is said. */
export interface ResourceReference {
  readonly $ref: ResourceKey;
  /** Path below the resource, such as `properties.principalId`; absent for the id. */
  readonly output?: string;
}

/** What the user has to give when deploying and no file may hold. */
export interface DeploymentParameter {
  readonly $parameter: string;
  readonly secure: boolean;
}
