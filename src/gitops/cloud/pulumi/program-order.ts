import type { CloudResource, ResourceGraph, ResourceKey } from "../graph/resource-graph.ts";
import { byKey, groupOf, referencesIn } from "../graph/resource-value.ts";

/** Files of the program: resources that are declared together, each after what it refers to. */
export interface ProgramFile {
  readonly name: string;
  readonly resources: readonly CloudResource[];
}

/** What a resource needs before it: what it is in, and what it refers to. */
export function neededBy(
  resource: CloudResource,
  known: ReadonlyMap<ResourceKey, CloudResource>,
  within: ReadonlyMap<ResourceKey, ResourceKey>,
): readonly ResourceKey[] {
  const { key, parent, properties, identity, sku } = resource;
  const references = [
    ...referencesIn(properties),
    ...referencesIn(sku),
    ...(identity?.userAssignedIdentities ?? []),
  ].map(({ $ref }) => within.get($ref) ?? $ref);
  const waitsFor = (resource.dependsOn ?? []).map((each) => within.get(each) ?? each);
  const group = groupOf(resource, known);
  const above = [...(parent === undefined ? [] : [parent]), ...(group === undefined || group === key ? [] : [group])];
  return [...new Set([...above, ...references, ...waitsFor])].filter((needed) => needed !== key && known.has(needed));
}

/**
 * Parts as files, in an order in which each file needs only earlier ones. Parts that need each other are one file.
 *
 * @param within what is written inside another resource, by key, with the key of that one
 */
export function programFiles(
  { resources }: ResourceGraph,
  within: ReadonlyMap<ResourceKey, ResourceKey>,
): readonly ProgramFile[] {
  const known = byKey(resources);
  const ordered = inOrder(
    resources.map(({ key }) => key),
    (key) => {
      const resource = known.get(key);
      const inside = [...within].filter(([, outer]) => outer === key).flatMap(([inner]) => known.get(inner) ?? []);
      return [...(resource === undefined ? [] : [resource]), ...inside].flatMap((each) =>
        neededBy(each, known, within).filter((needed) => needed !== key),
      );
    },
  );
  const written = ordered.flatMap((key) => (within.has(key) ? [] : (known.get(key) ?? [])));
  const needs = new Map<string, Set<string>>();
  for (const resource of written) {
    const parts = needs.get(resource.part) ?? new Set<string>();
    needs.set(resource.part, parts);
    for (const key of neededBy(resource, known, within)) {
      const part = known.get(key)?.part;
      if (part !== undefined && part !== resource.part) parts.add(part);
    }
  }
  return components([...needs.keys()].sort(), (part) => [...(needs.get(part) ?? [])].sort()).map((parts) => ({
    name: parts.toSorted().join("-and-"),
    resources: written.filter(({ part }) => parts.includes(part)),
  }));
}

function inOrder(keys: readonly string[], needs: (key: string) => readonly string[]): readonly string[] {
  return components(keys, needs).flat();
}

/** Strongly connected components, those needed first (Tarjan 1972), without recursion over what is not needed. */
function components(
  keys: readonly string[],
  needs: (key: string) => readonly string[],
): readonly (readonly string[])[] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const onStack = new Set<string>();
  const found: string[][] = [];
  const visit = (key: string): void => {
    index.set(key, index.size);
    low.set(key, index.size - 1);
    stack.push(key);
    onStack.add(key);
    for (const next of needs(key)) {
      if (!index.has(next)) {
        visit(next);
        low.set(key, Math.min(low.get(key) ?? 0, low.get(next) ?? 0));
      } else if (onStack.has(next)) {
        low.set(key, Math.min(low.get(key) ?? 0, index.get(next) ?? 0));
      }
    }
    if (low.get(key) !== index.get(key)) return;
    const component: string[] = [];
    for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
      onStack.delete(member);
      component.push(member);
      if (member === key) break;
    }
    found.push(component);
  };
  for (const key of keys) if (!index.has(key)) visit(key);
  return found;
}
