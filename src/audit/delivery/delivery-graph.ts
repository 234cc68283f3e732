import { asList, asObject, asText } from "../../estate/kubernetes/json-value.ts";
import type { Estate, PlacedObject } from "../../estate/model/estate.ts";
import { lookupOf } from "../estate-lookup/estate-lookup.ts";

export const fluxSourceKinds = [
  "GitRepository",
  "OCIRepository",
  "HelmRepository",
  "Bucket",
  "HelmChart",
  "ExternalArtifact",
];

/** Flux objects of the input, with what they depend on. */
export interface DeliveryGraph {
  readonly objects: readonly PlacedObject[];
  /** The object of a kind by namespace and name on the same cluster. */
  find(beside: PlacedObject, kind: string, namespace: string | undefined, name: string): PlacedObject | undefined;
  /** Objects of the same kind that one waits for; undefined: none of that name. */
  dependencies(
    placed: PlacedObject,
  ): readonly { readonly index: number; readonly name: string; readonly target: PlacedObject | undefined }[];
}

export function deliveryGraph(estate: Estate): DeliveryGraph {
  const { objects: index } = lookupOf(estate);
  const sources = fluxSourceKinds.map((kind) => `${kind}.source.toolkit.fluxcd.io`);
  const objects = index.ofKind(
    "Kustomization.kustomize.toolkit.fluxcd.io",
    "HelmRelease.helm.toolkit.fluxcd.io",
    ...sources,
  );
  const byKey = new Map(
    objects.map((placed) => [keyOf(placed, placed.object.kind, namespaceOf(placed), placed.object.name), placed]),
  );
  const find: DeliveryGraph["find"] = (beside, kind, namespace, name) =>
    byKey.get(keyOf(beside, kind, namespace ?? namespaceOf(beside), name));
  return {
    objects,
    find,
    dependencies: (placed) =>
      asList(asObject(placed.object.value.spec).dependsOn).flatMap((each, position) => {
        const { name, namespace } = asObject(each);
        if (typeof name !== "string") return [];
        return [{ index: position, name, target: find(placed, placed.object.kind, asText(namespace), name) }];
      }),
  };
}

/** Objects of Flux live in the namespace that they were written for, wherever what they deliver goes. */
function namespaceOf({ object, namespace }: PlacedObject): string {
  return object.namespace ?? namespace ?? "default";
}

function keyOf({ environment, cluster }: PlacedObject, kind: string, namespace: string, name: string): string {
  return [environment, cluster, kind, namespace, name].join("/");
}

/** The objects of a circle of dependencies that leads back to one, in order; undefined where none does. */
export function circleThrough(start: PlacedObject, graph: DeliveryGraph): readonly PlacedObject[] | undefined {
  const cameFrom = new Map<PlacedObject, PlacedObject>();
  const pending = [start];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const { target } of graph.dependencies(next)) {
      if (target === start) return trailTo(next, start, cameFrom);
      if (target === undefined || cameFrom.has(target)) continue;
      cameFrom.set(target, next);
      pending.push(target);
    }
  }
  return undefined;
}

function trailTo(
  last: PlacedObject,
  start: PlacedObject,
  cameFrom: ReadonlyMap<PlacedObject, PlacedObject>,
): readonly PlacedObject[] {
  const trail = [last];
  for (let step: PlacedObject | undefined = last; step !== undefined && step !== start; step = cameFrom.get(step)) {
    const before = cameFrom.get(step);
    if (before !== undefined) trail.push(before);
  }
  return trail.reverse();
}
