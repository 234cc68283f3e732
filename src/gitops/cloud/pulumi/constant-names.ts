import { pulumiClass } from "../../../catalog/pulumi-classes.ts";
import type { ResourceGraph, ResourceKey } from "../graph/resource-graph.ts";
import { ancestry, byKey } from "../graph/resource-value.ts";

/** Constants of the program: the names of the resource and of what it is below, then its class. */
export function constantNames({ resources }: ResourceGraph): ReadonlyMap<ResourceKey, string> {
  const known = byKey(resources);
  const taken = new Set<string>();
  const names = new Map<ResourceKey, string>();
  for (const resource of resources) {
    const chain = ancestry(resource, known).map(({ name }) => name);
    const className = pulumiClass(resource.type)?.class.split(".")[1] ?? "";
    const base = identifier([...chain.reverse(), className]);
    let name = base;
    for (let number = 2; taken.has(name); number += 1) name = `${base}${number}`;
    taken.add(name);
    names.set(resource.key, name);
  }
  return names;
}

/** camelCase of several names; never a word of the language, since a class name ends it. */
export function identifier(names: readonly string[]): string {
  const words = names.flatMap((name) => name.split(/[^A-Za-z0-9]+/)).filter((word) => word !== "");
  const joined = words.map((word, index) => (index === 0 ? lowerFirst(word) : upperFirst(word))).join("");
  return /^[A-Za-z]/.test(joined) ? joined : `v${joined}`;
}

function lowerFirst(word: string): string {
  return word.charAt(0).toLowerCase() + word.slice(1);
}

function upperFirst(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
