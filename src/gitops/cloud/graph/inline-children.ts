import type { CloudResource, ResourceGraph, ResourceKey } from "./resource-graph.ts";
import { byKey, type ResourceObject } from "./resource-value.ts";

interface InlineRule {
  readonly childType: string;
  /** Property of the parent that holds them as a list. */
  readonly property: string;
  /** `flat`: the child's properties stand beside its name; `nested`: below `properties`. */
  readonly shape: "flat" | "nested";
  readonly which: (children: readonly CloudResource[]) => readonly CloudResource[];
}

/**
 * Children that Azure Resource Manager wants inside their parent: a cluster has to be created with a system pool, and a
 * network that is written again without its subnets would take them away.
 */
const rules: { readonly [parentType: string]: InlineRule } = {
  "Microsoft.ContainerService/managedClusters": {
    childType: "Microsoft.ContainerService/managedClusters/agentPools",
    property: "agentPoolProfiles",
    shape: "flat",
    which: (pools) => pools.filter(({ properties }) => properties["mode"] === "System").slice(0, 1),
  },
  "Microsoft.Network/virtualNetworks": {
    childType: "Microsoft.Network/virtualNetworks/subnets",
    property: "subnets",
    shape: "nested",
    which: (subnets) => subnets,
  },
};

export function inlineRule(parentType: string): InlineRule | undefined {
  return Object.hasOwn(rules, parentType) ? rules[parentType] : undefined;
}

/** Keys of what is written inside its parent. */
export function inlineKeys(graph: ResourceGraph): ReadonlySet<ResourceKey> {
  const known = byKey(graph.resources);
  const byParent = Map.groupBy(
    graph.resources.filter(({ parent }) => parent !== undefined),
    ({ parent }) => parent ?? "",
  );
  const keys = new Set<ResourceKey>();
  for (const [parentKey, children] of byParent) {
    const rule = inlineRule(known.get(parentKey)?.type ?? "");
    if (rule === undefined) continue;
    for (const { key } of rule.which(children.filter(({ type }) => type === rule.childType))) keys.add(key);
  }
  return keys;
}

/** Properties of a parent with the children that are written inside it. */
export function withInlineChildren(parent: CloudResource, children: readonly CloudResource[]): ResourceObject {
  const rule = inlineRule(parent.type);
  if (rule === undefined || children.length === 0) return parent.properties;
  const items = children.map(({ name, properties }) =>
    rule.shape === "flat" ? { name, ...properties } : { name, properties },
  );
  return { ...parent.properties, [rule.property]: items };
}
