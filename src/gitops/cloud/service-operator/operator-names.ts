import { serviceOperatorKind } from "../../../catalog/service-operator-kinds.ts";
import type { CloudResource, ResourceGraph, ResourceKey } from "../graph/resource-graph.ts";
import { ancestry, byKey } from "../graph/resource-value.ts";
import { isNamedByAzure } from "../graph/symbols.ts";

/** Where a resource's object is in the cluster that runs the operator. */
export interface OperatorName {
  /** One for each subscription: its secret holds the operator's rights there. */
  readonly namespace: string;
  readonly name: string;
}

const LONGEST_NAME = 63;

/**
 * Names of the objects: the Azure name below those of its parents, in lower case, with a number where two would be alike.
 */
export function operatorNames({ resources }: ResourceGraph): ReadonlyMap<ResourceKey, OperatorName> {
  const known = byKey(resources);
  const taken = new Set<string>();
  const names = new Map<ResourceKey, OperatorName>();
  for (const resource of resources) {
    const kind = serviceOperatorKind(resource.type);
    if (kind === undefined) continue;
    const namespace = label(resource.subscription);
    const base = label(baseName(resource, known));
    for (let number = 1; ; number += 1) {
      const suffix = number === 1 ? "" : `-${number}`;
      const name = `${base.slice(0, LONGEST_NAME - suffix.length)}${suffix}`;
      const id = `${namespace}/${kind.group}/${kind.kind}/${name}`;
      if (taken.has(id)) continue;
      taken.add(id);
      names.set(resource.key, { namespace, name });
      break;
    }
  }
  return names;
}

function baseName(resource: CloudResource, known: ReadonlyMap<ResourceKey, CloudResource>): string {
  const chain = ancestry(resource, known).toReversed();
  const [root] = chain;
  const group = root !== undefined && isNamedByAzure(root) ? known.get(root.resourceGroup ?? "") : undefined;
  return [...(group === undefined ? [] : [group]), ...chain].map(({ name }) => name).join("-");
}

/** The nearest DNS label. */
function label(text: string): string {
  const plain = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  return (plain === "" ? "resource" : plain).slice(0, LONGEST_NAME).replaceAll(/-+$/g, "");
}
