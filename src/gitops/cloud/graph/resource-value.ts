import type {
  CloudResource,
  DeploymentParameter,
  ResourceKey,
  ResourceReference,
  ResourceText,
  ResourceValue,
} from "./resource-graph.ts";

export const resourceGroupType = "Microsoft.Resources/resourceGroups";

export interface ResourceObject {
  readonly [name: string]: ResourceValue;
}

export function isReference(value: unknown): value is ResourceReference {
  return typeof value === "object" && value !== null && "$ref" in value;
}

export function isParameter(value: unknown): value is DeploymentParameter {
  return typeof value === "object" && value !== null && "$parameter" in value;
}

export function isText(value: unknown): value is ResourceText {
  return typeof value === "object" && value !== null && "$text" in value;
}

export function isResourceList(value: unknown): value is readonly ResourceValue[] {
  return Array.isArray(value);
}

/** True for objects that are written as such: no reference, parameter or text. */
export function isPlainObject(value: unknown): value is ResourceObject {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !isReference(value) &&
    !isParameter(value) &&
    !isText(value)
  );
}

/** Key of a resource from where it is; see `ResourceKey`. */
export function resourceKey(resource: {
  readonly type: string;
  readonly name: string;
  readonly parent?: { readonly key: ResourceKey; readonly type: string } | undefined;
  readonly resourceGroup?: ResourceKey | undefined;
  readonly subscription: string;
}): ResourceKey {
  const { type, parent, resourceGroup, subscription } = resource;
  const name = escaped(resource.name);
  if (type === resourceGroupType) return `${escaped(subscription)}/${name}`;
  if (parent === undefined) return `${resourceGroup ?? escaped(subscription)}/${type}/${name}`;
  if (isChildType(type, parent.type)) return `${parent.key}/${type.slice(parent.type.length + 1)}/${name}`;
  return `${parent.key}/providers/${type}/${name}`;
}

/** True where a resource of the type is a child of its parent, and not an extension of it. */
export function isChildType(type: string, parentType: string): boolean {
  return type.startsWith(`${parentType}/`) && !type.slice(parentType.length + 1).includes("/");
}

/** Every reference that a value holds, in the order in which they stand. */
export function referencesIn(value: ResourceValue | undefined): readonly ResourceReference[] {
  if (value === undefined || value === null || typeof value !== "object") return [];
  if (isReference(value)) return [value];
  if (isText(value)) return value.$text.filter(isReference);
  if (isParameter(value)) return [];
  return (isResourceList(value) ? value : Object.values(value)).flatMap(referencesIn);
}

/** The name of a resource that Azure calls by what a parameter gives. */
export function parameterName({ $parameter }: DeploymentParameter): string {
  return `{${$parameter}}`;
}

/** A name as a value: a text, or the parameter that gives it. No name of Azure has braces. */
export function nameValue(name: string): string | DeploymentParameter {
  const parameter = /^\{([A-Za-z]\w*)\}$/.exec(name)?.[1];
  return parameter === undefined ? name : { $parameter: parameter, secure: false };
}

/** Every parameter that a resource needs, in its name and in what it says. */
export function parametersOf(resource: CloudResource): readonly DeploymentParameter[] {
  return [...parametersIn(nameValue(resource.name)), ...parametersIn(bodyOf(resource))];
}

/** Every parameter that a value holds. */
function parametersIn(value: ResourceValue | undefined): readonly DeploymentParameter[] {
  if (value === undefined || value === null || typeof value !== "object" || isReference(value)) return [];
  if (isParameter(value)) return [value];
  if (isText(value)) return value.$text.filter(isParameter);
  return (isResourceList(value) ? value : Object.values(value)).flatMap(parametersIn);
}

/** What a resource says of itself beyond its name and place. */
export function bodyOf(resource: CloudResource): ResourceObject {
  const { kind, sku, identity, zones, properties } = resource;
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(sku === undefined ? {} : { sku }),
    ...(identity === undefined ? {} : { identity: { ...identity } }),
    ...(zones === undefined ? {} : { zones }),
    properties,
  };
}

/** Resources by key. */
export function byKey(resources: readonly CloudResource[]): ReadonlyMap<ResourceKey, CloudResource> {
  return new Map(resources.map((resource) => [resource.key, resource]));
}

/** The resource itself and what it is below, nearest first. */
export function ancestry(
  resource: CloudResource,
  known: ReadonlyMap<ResourceKey, CloudResource>,
): readonly CloudResource[] {
  const chain = [resource];
  for (let above = resource.parent; above !== undefined; ) {
    const parent = known.get(above);
    if (parent === undefined || chain.includes(parent)) break;
    chain.push(parent);
    above = parent.parent;
  }
  return chain;
}

/** Key of the group that a resource is in; its own for a group. */
export function groupOf(
  resource: CloudResource,
  known: ReadonlyMap<ResourceKey, CloudResource>,
): ResourceKey | undefined {
  if (resource.type === resourceGroupType) return resource.key;
  return ancestry(resource, known).at(-1)?.resourceGroup;
}

function escaped(name: string): string {
  return name.replaceAll("%", "%25").replaceAll("/", "%2F");
}
