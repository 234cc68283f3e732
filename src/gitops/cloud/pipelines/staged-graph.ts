import { neededBy } from "../graph/deployment-plan.ts";
import type { CloudResource, ResourceGraph, ResourceKey, ResourceValue } from "../graph/resource-graph.ts";
import { byKey, isReference, isResourceList, resourceGroupType, resourceKey } from "../graph/resource-value.ts";

/** How critical what a subscription holds is, by its name; higher is later. Without an entry only needs give the order. */
export type Criticality = ReadonlyMap<string, number>;

export interface StagedGraph {
  /** What is deployed apart has a name of its own in the place of its subscription. */
  readonly graph: ResourceGraph;
  /** The subscription that something is deployed to, by such a name. */
  readonly subscriptionOf: ReadonlyMap<string, string>;
  /** Subscription that a right is written by in the graph, by the key that it has there: it is deployed by another. */
  readonly writtenBy: ReadonlyMap<ResourceKey, string>;
}

const rightType = "Microsoft.Authorization/roleAssignments";

/**
 * The graph as pipelines deploy it, with the least critical first. What a subscription holds that less critical ones need
 * (a registry, a workspace) is deployed apart and before them, as `<subscription>-shared`: else production would come
 * first. Where that takes the whole subscription, or goes round, the subscription stays in one. Rights on resources of
 * another subscription are deployed there, as `<subscription>-rights`: else who deploys what is less critical would need the
 * power to give rights in production.
 */
export function stagedGraph(graph: ResourceGraph, criticality: Criticality): StagedGraph {
  const names = new Set(graph.resources.map(({ subscription }) => subscription));
  const subscriptionOf = new Map<string, string>();
  let staged = graph;
  for (const subscription of [...names].toSorted()) {
    const parts = sharedParts(staged, subscription, criticality);
    if (parts.size === 0) continue;
    const name = freeName(`${subscription}-shared`, names);
    names.add(name);
    subscriptionOf.set(name, subscription);
    staged = withPartsApart(staged, subscription, parts, name);
  }
  return withRightsApart(staged, subscriptionOf, names);
}

/** Rights stay where they are written where something there waits for them. */
function withRightsApart(graph: ResourceGraph, subscriptionOf: Map<string, string>, names: Set<string>): StagedGraph {
  const { resources } = graph;
  const known = byKey(resources);
  const own = (subscription: string) => subscriptionOf.get(subscription) ?? subscription;
  const awaited = new Set(resources.flatMap((each) => [...neededBy(each), ...(each.dependsOn ?? [])]));
  const stages = new Map<string, string>();
  const writtenBy = new Map<ResourceKey, string>();
  const staged = resources.map((resource) => {
    const scope = known.get(resource.parent ?? "");
    if (resource.type !== rightType || scope === undefined || awaited.has(resource.key)) return resource;
    const owner = own(scope.subscription);
    if (owner === own(resource.subscription)) return resource;
    const stage = stages.get(owner) ?? freeName(`${owner}-rights`, names);
    stages.set(owner, stage);
    names.add(stage);
    subscriptionOf.set(stage, owner);
    writtenBy.set(unstagedKey(resource.key, subscriptionOf), resource.subscription);
    return { ...resource, subscription: stage };
  });
  return { graph: stages.size === 0 ? graph : { resources: staged }, subscriptionOf, writtenBy };
}

/** Parts of a subscription that less critical ones need, and what those parts need; none where no cut is possible. */
function sharedParts(
  { resources }: ResourceGraph,
  subscription: string,
  criticality: Criticality,
): ReadonlySet<string> {
  const known = byKey(resources);
  const rank = criticality.get(subscription);
  const nothing = new Set<string>();
  if (rank === undefined) return nothing;
  const isLess = (name: string) => (criticality.get(name) ?? rank) < rank;
  const needs = (resource: CloudResource) =>
    [...neededBy(resource), ...(resource.dependsOn ?? [])].flatMap((key) => known.get(key) ?? []);
  const found = new Set<string>();
  const waiting = resources.filter((resource) => isLess(resource.subscription)).flatMap(needs);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { type, part } = next;
    if (next.subscription !== subscription || type === resourceGroupType || found.has(part)) continue;
    found.add(part);
    const needed = resources
      .filter((each) => each.subscription === subscription && each.part === part && each.type !== resourceGroupType)
      .flatMap(needs);
    if (needed.some((each) => isLess(each.subscription))) return nothing;
    waiting.push(...needed);
  }
  const stays = resources.some(
    (each) => each.subscription === subscription && each.type !== resourceGroupType && !found.has(each.part),
  );
  return stays ? found : nothing;
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted;
  for (let count = 2; taken.has(name); count += 1) name = `${wanted}-${count}`;
  return name;
}

/** The parts, and the resource groups that they are in, under another name than their subscription's. */
function withPartsApart(
  { resources }: ResourceGraph,
  subscription: string,
  parts: ReadonlySet<string>,
  name: string,
): ResourceGraph {
  const isApart = (each: CloudResource) =>
    each.subscription === subscription && each.type !== resourceGroupType && parts.has(each.part);
  const known = byKey(resources);
  const groups = new Map<ResourceKey, ResourceKey>();
  for (const { key } of resources.filter(isApart)) {
    const group = known.get(groupKeyIn(key));
    if (group?.subscription !== subscription) continue;
    groups.set(group.key, resourceKey({ type: resourceGroupType, name: group.name, subscription: name }));
  }
  const renamed = (key: ResourceKey): ResourceKey => {
    const group = groupKeyIn(key);
    return `${groups.get(group) ?? group}${key.slice(group.length)}`;
  };
  const isMoved = (each: CloudResource) => isApart(each) || groups.has(each.key);
  return renamedGraph(resources, renamed, (each) => (isMoved(each) ? name : each.subscription));
}

/** A graph that was read from what is staged, with every subscription under its own name again. */
export function unstagedGraph({ resources }: ResourceGraph, { subscriptionOf, writtenBy }: StagedGraph): ResourceGraph {
  const renamed = (key: ResourceKey) => unstagedKey(key, subscriptionOf);
  return renamedGraph(
    resources,
    renamed,
    ({ key, subscription }) => writtenBy.get(renamed(key)) ?? subscriptionOf.get(subscription) ?? subscription,
  );
}

function unstagedKey(key: ResourceKey, subscriptionOf: ReadonlyMap<string, string>): ResourceKey {
  const prefix = (subscription: string) => resourceKey({ type: resourceGroupType, name: "", subscription });
  for (const [name, subscription] of subscriptionOf) {
    if (key.startsWith(prefix(name))) return `${prefix(subscription)}${key.slice(prefix(name).length)}`;
  }
  return key;
}

/** `subscription/group` at the beginning of a key. */
function groupKeyIn(key: ResourceKey): ResourceKey {
  return key.split("/").slice(0, 2).join("/");
}

function renamedGraph(
  resources: readonly CloudResource[],
  renamed: (key: ResourceKey) => ResourceKey,
  subscriptionOf: (resource: CloudResource) => string,
): ResourceGraph {
  const moved = resources.map(
    (resource): CloudResource => ({
      ...(withKeys({ ...resource }, renamed) as unknown as CloudResource),
      subscription: subscriptionOf(resource),
    }),
  );
  return { resources: moved.toSorted((left, right) => (left.key < right.key ? -1 : 1)) };
}

/** Fields of a resource that hold keys as plain texts. */
const keyFields = new Set(["key", "parent", "resourceGroup", "dependsOn"]);

function withKeys(resource: { readonly [name: string]: unknown }, renamed: (key: ResourceKey) => ResourceKey) {
  return Object.fromEntries(
    Object.entries(resource).map(([field, value]) => {
      if (!keyFields.has(field)) return [field, withReferences(value as ResourceValue, renamed)];
      if (Array.isArray(value)) return [field, value.map(String).map(renamed).toSorted()];
      return [field, typeof value === "string" ? renamed(value) : value];
    }),
  );
}

function withReferences(value: ResourceValue, renamed: (key: ResourceKey) => ResourceKey): ResourceValue {
  if (typeof value !== "object" || value === null) return value;
  if (isReference(value)) return { ...value, $ref: renamed(value.$ref) };
  if (isResourceList(value)) return value.map((item) => withReferences(item, renamed));
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [name, withReferences(entry, renamed)]),
  ) as ResourceValue;
}
