import type { CloudResource, ResourceKey } from "./resource-graph.ts";

/**
 * True for zones of private links, which are called the same in every network. Their group tells them apart: a number
 * would go to another zone when a network is added, and targets that keep state would replace the zones under the stores.
 */
export function isNamedByAzure({ type }: Pick<CloudResource, "type">): boolean {
  return type === "Microsoft.Network/privateDnsZones";
}

/** Names that resources go by inside one file: readable, unique, and the same in every run. */
export function symbolNames(
  resources: readonly CloudResource[],
  known: ReadonlyMap<ResourceKey, CloudResource>,
  spelling: { readonly word: (words: readonly string[]) => string; readonly reserved: ReadonlySet<string> },
): ReadonlyMap<ResourceKey, string> {
  const names = new Map<ResourceKey, string>();
  const taken = new Set(spelling.reserved);
  for (const resource of resources) {
    const wanted = spelling.word(wordsOf(resource, known));
    let name = wanted;
    for (let copy = 2; taken.has(name); copy += 1) name = `${wanted}${copy}`;
    taken.add(name);
    names.set(resource.key, name);
  }
  return names;
}

/** Names from the top of the tree down; what is called by an id is called by its kind and the first part of that. */
function wordsOf(resource: CloudResource, known: ReadonlyMap<ResourceKey, CloudResource>): readonly string[] {
  const words: string[] = [];
  let current: CloudResource | undefined = resource;
  for (let depth = 0; current !== undefined && depth < 8; depth += 1) {
    words.unshift(...ownWords(current));
    if (isNamedByAzure(current) && current.resourceGroup !== undefined) {
      words.unshift(...ownWordsOf(known.get(current.resourceGroup)?.name ?? ""));
    }
    current = current.parent === undefined ? undefined : known.get(current.parent);
  }
  return words;
}

function ownWords({ name, type }: CloudResource): readonly string[] {
  if (type === "Microsoft.Authorization/roleAssignments") return ["access", name.slice(0, 8)];
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-/.test(name)) return [type.slice(type.lastIndexOf("/") + 1), name.slice(0, 8)];
  return ownWordsOf(name);
}

function ownWordsOf(name: string): readonly string[] {
  return name.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
}
