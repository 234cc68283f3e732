import { armApiVersion } from "../../../catalog/arm-api-versions.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { CloudResource, ResourceKey, ResourceReference, ResourceValue } from "../graph/resource-graph.ts";
import {
  ancestry,
  groupOf,
  isChildType,
  isParameter,
  isReference,
  isResourceList,
  isText,
  nameValue,
  resourceGroupType,
} from "../graph/resource-value.ts";
import { subscriptionParameter } from "../graph/subscriptions.ts";

/** What expressions of one template are written against. */
export interface ArmScope {
  readonly known: ReadonlyMap<ResourceKey, CloudResource>;
  /** Subscription that the template is deployed to. */
  readonly subscription: string;
}

/** A value as a template has it: references and parameters are expressions. */
export function armValue(value: ResourceValue, scope: ArmScope): unknown {
  if (typeof value === "string") return literal(value);
  if (value === null || typeof value !== "object") return value;
  if (isReference(value)) return `[${referenceExpression(value, scope)}]`;
  if (isParameter(value)) return `[parameters('${value.$parameter}')]`;
  if (isText(value)) {
    const pieces = value.$text.map((piece) => {
      if (typeof piece === "string") return armText(piece);
      return isReference(piece) ? referenceExpression(piece, scope) : `parameters('${piece.$parameter}')`;
    });
    return `[concat(${pieces.join(", ")})]`;
  }
  if (isResourceList(value)) return value.map((item) => armValue(item, scope));
  return armObject(value, scope);
}

export function armObject(value: { readonly [name: string]: ResourceValue }, scope: ArmScope): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, armValue(entry, scope)]));
}

/** What begins with a bracket would be read as an expression. */
export function literal(text: string): string {
  return text.startsWith("[") ? `[${text}` : text;
}

/** The name of a resource as an expression. */
export function nameExpression(name: string): string {
  const value = nameValue(name);
  return typeof value === "string" ? armText(value) : `parameters('${value.$parameter}')`;
}

export function armText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function referenceExpression({ $ref, output }: ResourceReference, scope: ArmScope): string {
  const target = scope.known.get($ref);
  if (target === undefined) return armText($ref);
  if (output === undefined) return idExpression(target, scope);
  if (output === "name") return `last(split(${idExpression(target, scope)}, '/'))`;
  return `reference(${idExpression(target, scope)}, '${armApiVersion(target.type)}', 'full').${output}`;
}

/** `resourceId(…)` with group and, where it is another, subscription; `extensionResourceId(…)` for extensions. */
export function idExpression(resource: CloudResource, scope: ArmScope): string {
  const { known } = scope;
  const parent = resource.parent === undefined ? undefined : known.get(resource.parent);
  if (parent !== undefined && !isChildType(resource.type, parent.type)) {
    return `extensionResourceId(${idExpression(parent, scope)}, '${resource.type}', ${nameExpression(resource.name)})`;
  }
  const chain = childChain(resource, known);
  const top = chain[0] ?? resource;
  const above = top.parent === undefined ? undefined : known.get(top.parent);
  const names = chain.map(({ name }) => nameExpression(name)).join(", ");
  if (above !== undefined) return `extensionResourceId(${idExpression(above, scope)}, '${resource.type}', ${names})`;
  const group = known.get(groupOf(resource, known) ?? "");
  const subscription = group?.subscription ?? scope.subscription;
  const where = subscription === scope.subscription ? [] : [`parameters('${subscriptionParameter(subscription)}')`];
  if (resource.type === resourceGroupType) {
    const id = where.length === 0 ? "subscription().subscriptionId" : where[0];
    return `subscriptionResourceId(${id}, '${resource.type}', ${names})`;
  }
  return `resourceId(${[...where, armText(group?.name ?? ""), `'${resource.type}'`, names].join(", ")})`;
}

/** The resource and those that it is a child of, from the top; what is an extension begins anew. */
export function childChain(
  resource: CloudResource,
  known: ReadonlyMap<ResourceKey, CloudResource>,
): readonly CloudResource[] {
  const all = ancestry(resource, known);
  const chain: CloudResource[] = [];
  for (const [index, entry] of all.entries()) {
    chain.unshift(entry);
    const above = all[index + 1];
    if (above === undefined || !isChildType(entry.type, above.type)) break;
  }
  return chain;
}
