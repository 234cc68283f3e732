import { serviceOperatorField, serviceOperatorKind } from "../../../catalog/service-operator-kinds.ts";
import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import { outlivesItsText } from "../graph/lasting-resources.ts";
import { hasFlatElements, withFlatElements } from "../graph/nested-properties.ts";
import type { CloudResource, ResourceGraph, ResourceKey, ResourceValue } from "../graph/resource-graph.ts";
import { byKey, isChildType, referencesIn } from "../graph/resource-value.ts";
import { exportOf } from "./exported-facts.ts";
import { firstPools } from "./first-pool.ts";
import { operatorNames } from "./operator-names.ts";
import { type FieldParameter, factsOf, type OperatorGap, type OperatorObject } from "./operator-object.ts";
import { objectReference, operatorFields, type SpecContext } from "./operator-spec.ts";

export interface OperatorObjects {
  /** In the order of the graph. */
  readonly objects: readonly OperatorObject[];
  readonly gaps: readonly OperatorGap[];
}

/**
 * The graph as custom resources of Azure Service Operator. The first system pool of a cluster is written within it, since
 * no cluster is made without one; the others are objects of their own, and none is both. What has no kind, and what is
 * below such a resource, is a gap.
 */
export function operatorObjects(graph: ResourceGraph): OperatorObjects {
  const known = byKey(graph.resources);
  const names = new Map(operatorNames(graph));
  const gaps: OperatorGap[] = [];
  const withheld = new Map<ResourceKey, string>();
  const withhold = (resource: CloudResource, reason: string | undefined): void => {
    if (reason === undefined) return;
    withheld.set(resource.key, reason);
    names.delete(resource.key);
  };
  for (const resource of graph.resources) withhold(resource, withheldReason(resource));
  // After all others: what they lead to may be withheld.
  for (const resource of graph.resources) withhold(resource, pointlessReason(resource, { resource, known, names }));
  const pools = firstPools(graph);
  const within = new Set([...pools.values()].map(({ key }) => key));
  const exported = exportedFacts(graph);
  const objects = graph.resources.flatMap((resource): readonly OperatorObject[] => {
    const kind = serviceOperatorKind(resource.type);
    const name = names.get(resource.key);
    if (kind === undefined || name === undefined) {
      const reason = withheld.get(resource.key) ?? `no kind of the operator writes ${resource.type}`;
      gaps.push({ resource: resource.key, path: "", reason });
      return [];
    }
    if (within.has(resource.key)) return [];
    const parameters: FieldParameter[] = [];
    const context: SpecContext = { resource, type: resource.type, known, names, parameters, gaps };
    const owner = ownerOf(resource, context);
    if (owner === undefined && resource.type !== "Microsoft.Resources/resourceGroups") {
      gaps.push({ resource: resource.key, path: "", reason: "the operator does not write what it belongs to" });
      return [];
    }
    const pool = pools.get(resource.key);
    const spec: JsonObject = {
      ...(serviceOperatorField(resource.type, "azureName", undefined) === undefined
        ? { azureName: resource.name }
        : {}),
      ...(owner === undefined ? {} : { owner }),
      ...(resource.location === undefined ? {} : { location: resource.location }),
      ...(resource.tags === undefined ? {} : { tags: resource.tags }),
      ...envelopeOf(resource, context),
      ...propertiesOf(resource, kind.keepsProperties, context),
      ...(pool === undefined ? {} : { agentPoolProfiles: [inlinePool(pool, context)] }),
      ...operatorSpecOf(name.name, exported.get(resource.key) ?? []),
    };
    return [
      {
        kind,
        ...name,
        spec,
        parameters,
        subscription: resource.subscription,
        staysBehind: outlivesItsText(resource),
        part: resource.part,
        tells: resource.tells,
      },
    ];
  });
  return { objects, gaps };
}

/** Why a resource would be more open than declared; undefined for what can be written. */
function withheldReason({ type, properties }: CloudResource): string | undefined {
  const fields = Object.entries(properties).map(([name, value]) => serviceOperatorField(type, name, value));
  return fields.find((field) => field?.form === "withheld")?.reason;
}

/** Why a private endpoint leads nowhere, which Azure refuses. */
function pointlessReason(
  { type, properties }: CloudResource,
  context: Parameters<typeof objectReference>[1],
): string | undefined {
  if (type !== "Microsoft.Network/privateEndpoints") return undefined;
  const targets = referencesIn(properties["privateLinkServiceConnections"]);
  return targets.some((reference) => objectReference(reference, context) === undefined)
    ? "the operator does not write what it leads to, or in another namespace"
    : undefined;
}

/** The parent by its name; for extensions, which may be on anything, by group and kind as well. */
function ownerOf(resource: CloudResource, context: SpecContext): JsonObject | undefined {
  const above = resource.parent ?? resource.resourceGroup;
  if (above === undefined) return undefined;
  const reference = objectReference({ $ref: above }, context);
  if (reference === undefined) return undefined;
  const parent = context.known.get(above);
  const isExtension = resource.parent !== undefined && !isChildType(resource.type, parent?.type ?? "");
  return isExtension ? (reference as JsonObject) : { name: (reference as { readonly name: string }).name };
}

function envelopeOf({ kind, sku, identity, zones }: CloudResource, context: SpecContext): JsonObject {
  const identities = identity?.userAssignedIdentities?.map((reference) => ({ $ref: reference.$ref }));
  const values: { readonly [name: string]: ResourceValue } = {
    ...(kind === undefined ? {} : { kind }),
    ...(sku === undefined ? {} : { sku }),
    ...(identity === undefined
      ? {}
      : {
          identity: {
            type: identity.type,
            ...(identities === undefined ? {} : { userAssignedIdentities: identities }),
          },
        }),
    ...(zones === undefined ? {} : { zones }),
  };
  return operatorFields(values, "spec", context);
}

function propertiesOf({ type, properties }: CloudResource, keepsProperties: boolean, context: SpecContext): JsonObject {
  const flat = hasFlatElements(type) ? withFlatElements(properties) : properties;
  const said = type.endsWith("/agentPools") ? withoutCount(flat) : flat;
  return keepsProperties
    ? { properties: operatorFields(said, "spec.properties", context) }
    : operatorFields(said, "spec", context);
}

function inlinePool(pool: CloudResource, context: SpecContext): JsonObject {
  const fields = operatorFields(withoutCount(pool.properties), "spec.agentPoolProfiles.0", {
    ...context,
    type: pool.type,
  });
  return { name: pool.name, ...fields };
}

/** An autoscaled pool counts for itself: the operator would put its count back each time it looks. */
function withoutCount(properties: CloudResource["properties"]): CloudResource["properties"] {
  if (properties["enableAutoScaling"] !== true) return properties;
  return Object.fromEntries(Object.entries(properties).filter(([name]) => name !== "count"));
}

/** What others read of each resource. */
function exportedFacts({ resources }: ResourceGraph): ReadonlyMap<ResourceKey, readonly string[]> {
  const types = new Map(resources.map(({ key, type }) => [key, type]));
  const found = new Map<ResourceKey, Set<string>>();
  for (const { properties } of resources) {
    for (const { $ref, output } of referencesIn(properties)) {
      const fact = output === undefined ? undefined : exportOf(types.get($ref) ?? "", output);
      if (fact !== undefined) found.set($ref, (found.get($ref) ?? new Set()).add(fact.key));
    }
  }
  return new Map([...found].map(([key, facts]) => [key, [...facts].sort()]));
}

function operatorSpecOf(name: string, facts: readonly string[]): JsonObject {
  if (facts.length === 0) return {};
  return {
    operatorSpec: { configMaps: Object.fromEntries(facts.map((fact) => [fact, { name: factsOf(name), key: fact }])) },
  };
}
