import { asList, asLooseText, asObject, asText, valueAt } from "../../estate/kubernetes/json-value.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Estate, PlacedObject } from "../../estate/model/estate.ts";

/** Names of parts that must be there before a part, by its name. */
export type Order = ReadonlyMap<string, readonly string[]>;

/**
 * The order that Git declares: `dependsOn` of Flux Kustomizations and HelmReleases, sync waves of Argo CD Applications.
 * Parts are meant by the name of the object.
 */
export function declaredOrder(objects: readonly PlacedObject[]): Order {
  const order = new Map<string, readonly string[]>();
  const waves: { readonly name: string; readonly wave: number }[] = [];
  for (const { object } of objects) {
    const isFlux =
      object.apiVersion.startsWith("kustomize.toolkit.fluxcd.io/") ||
      object.apiVersion.startsWith("helm.toolkit.fluxcd.io/");
    if (isFlux) {
      const before = asList(valueAt(object.value, ["spec", "dependsOn"])).flatMap(
        (each) => asText(asObject(each)["name"]) ?? [],
      );
      if (before.length > 0) order.set(object.name, before);
    } else if (object.apiVersion.startsWith("argoproj.io/") && object.kind === "Application") {
      const wave = asLooseText(valueAt(object.value, ["metadata", "annotations", "argocd.argoproj.io/sync-wave"]));
      waves.push({ name: object.name, wave: Number(wave ?? 0) || 0 });
    }
  }
  for (const { name, wave } of waves) {
    const before = waves.filter((other) => other.wave < wave).map((other) => other.name);
    if (before.length > 0) order.set(name, [...(order.get(name) ?? []), ...before]);
  }
  return order;
}

/** The part of the estate that is deployed as one: an application, or a namespace that belongs to none. */
export function partOf({ application, namespace }: Workload): string {
  return application ?? `namespace ${namespace}`;
}

/** Parts that a part cannot be ready without, by hard dependencies of its workloads on the same cluster. */
export function neededParts(estate: Estate, workloads: readonly Workload[]): Map<string, Set<string>> {
  const here = new Map(workloads.map((workload) => [workload.id, workload]));
  const services = new Map(estate.services.map((service) => [service.id, service]));
  const needs = new Map<string, Set<string>>();
  for (const { from, to, type } of estate.dependencies) {
    const caller = here.get(from);
    if (caller === undefined || type !== "hard") continue;
    const targets =
      to.kind === "workload" ? [to.id] : to.kind === "service" ? (services.get(to.id)?.workloads ?? []) : [];
    for (const target of targets) {
      const needed = here.get(target);
      if (needed === undefined || partOf(needed) === partOf(caller)) continue;
      const known = needs.get(partOf(caller)) ?? new Set();
      needs.set(partOf(caller), known.add(partOf(needed)));
    }
  }
  return needs;
}

/** Parts in an order in which each comes after what it needs; where they go in a circle, one need of it is dropped. */
export function orderParts(
  parts: readonly string[],
  needs: Order | ReadonlyMap<string, ReadonlySet<string>>,
): {
  readonly ordered: readonly { readonly part: string; readonly after: readonly string[] }[];
  readonly circles: readonly (readonly [part: string, needed: string])[];
} {
  const known = new Set(parts);
  const ordered: { readonly part: string; readonly after: readonly string[] }[] = [];
  const done = new Set<string>();
  const circles: [string, string][] = [];
  const open = new Set<string>();
  const visit = (part: string): void => {
    open.add(part);
    const after: string[] = [];
    for (const needed of [...(needs.get(part) ?? [])].sort()) {
      if (!known.has(needed) || needed === part) continue;
      if (open.has(needed)) {
        circles.push([part, needed]);
        continue;
      }
      if (!done.has(needed)) visit(needed);
      after.push(needed);
    }
    open.delete(part);
    done.add(part);
    ordered.push({ part, after });
  };
  for (const part of parts.toSorted()) if (!done.has(part)) visit(part);
  return { ordered, circles };
}
