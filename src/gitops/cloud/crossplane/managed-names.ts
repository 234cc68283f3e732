import type { CrossplaneKind } from "../../../catalog/crossplane-kinds.ts";
import type { CloudResource, ResourceKey } from "../graph/resource-graph.ts";
import { ancestry } from "../graph/resource-value.ts";

const LONGEST_NAME = 63;

/** Names of managed resources: the Azure name below those of its parents, with a number where two would be alike. */
export class ManagedNames {
  readonly #known: ReadonlyMap<ResourceKey, CloudResource>;
  readonly #taken = new Set<string>();

  constructor(known: ReadonlyMap<ResourceKey, CloudResource>) {
    this.#known = known;
  }

  /** A name that no other object of the kind has in its namespace. */
  take(resource: CloudResource, { group, kind }: Pick<CrossplaneKind, "group" | "kind">): string {
    const words = ancestry(resource, this.#known).map(({ name }) => name);
    const base = label(words.toReversed().join("-"));
    for (let number = 1; ; number += 1) {
      const suffix = number === 1 ? "" : `-${number}`;
      const name = `${base.slice(0, LONGEST_NAME - suffix.length)}${suffix}`;
      const id = `${namespaceOf(resource.subscription)}/${group}/${kind}/${name}`;
      if (this.#taken.has(id)) continue;
      this.#taken.add(id);
      return name;
    }
  }
}

/** Namespace of a subscription: its ProviderConfig holds the rights there. */
export function namespaceOf(subscription: string): string {
  return label(subscription);
}

/** The nearest DNS label. */
function label(text: string): string {
  const plain = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  return (plain === "" ? "resource" : plain).slice(0, LONGEST_NAME).replaceAll(/-+$/g, "");
}
