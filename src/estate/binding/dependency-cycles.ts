import type { Dependency } from "../dependencies/dependency.ts";
import { dependencyCycle } from "../diagnostics/objective-diagnostics.ts";
import { entryOf } from "../kubernetes/map-entry.ts";
import type { BindingLog } from "./binding-log.ts";
import type { WorkloadDirectory } from "./workload-directory.ts";

/** Reports each set of workloads that need one another (hard), once, however many environments and clusters have it. */
export function reportDependencyCycles(
  dependencies: readonly Dependency[],
  directory: WorkloadDirectory,
  log: BindingLog,
): void {
  const edges = hardEdges(dependencies, directory);
  const reported = new Set<string>();
  for (const component of stronglyConnected(edges)) {
    if (component.length < 2) continue;
    const members = new Set(component);
    const cycle = component.map(withoutPlace).toSorted();
    const key = cycle.join("\n");
    if (reported.has(key)) continue;
    reported.add(key);
    const edge = dependencies.find(
      ({ from, to, type }) =>
        type === "hard" && members.has(from) && targetsOf(to, directory).some((id) => members.has(id)),
    );
    log.report(dependencyCycle, { cycle }, { place: edge?.evidence[0]?.place, affects: component });
  }
}

/** `namespace/Kind/name` of `environment/cluster/namespace/Kind/name`. */
function withoutPlace(id: string): string {
  return id.split("/").slice(2).join("/");
}

function hardEdges(
  dependencies: readonly Dependency[],
  directory: WorkloadDirectory,
): ReadonlyMap<string, readonly string[]> {
  const edges = new Map<string, string[]>();
  for (const { from, to, type } of dependencies) {
    if (type !== "hard") continue;
    const targets = targetsOf(to, directory).filter((id) => id !== from);
    entryOf(edges, from, (): string[] => []).push(...targets);
  }
  return edges;
}

function targetsOf(target: Dependency["to"], directory: WorkloadDirectory): readonly string[] {
  if (target.kind === "workload") return [target.id];
  return target.kind === "service" ? (directory.service(target.id)?.workloads ?? []) : [];
}

interface Visit {
  readonly node: string;
  next: number;
}

/** Strongly connected components (Tarjan 1972), without recursion: chains may be long. */
function stronglyConnected(edges: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const components: string[][] = [];
  for (const root of edges.keys()) {
    if (order.has(root)) continue;
    const visits: Visit[] = [{ node: root, next: 0 }];
    for (let visit = visits.at(-1); visit !== undefined; visit = visits.at(-1)) {
      const { node } = visit;
      if (!order.has(node)) {
        order.set(node, order.size);
        low.set(node, order.size - 1);
        open.push(node);
        isOpen.add(node);
      }
      const target = edges.get(node)?.[visit.next];
      visit.next += 1;
      if (target !== undefined) {
        if (!order.has(target)) visits.push({ node: target, next: 0 });
        else if (isOpen.has(target)) lower(low, node, order.get(target) ?? 0);
        continue;
      }
      visits.pop();
      const parent = visits.at(-1);
      if (parent !== undefined) lower(low, parent.node, low.get(node) ?? 0);
      if (low.get(node) === order.get(node)) components.push(closeComponent(node, open, isOpen));
    }
  }
  return components;
}

function lower(low: Map<string, number>, node: string, value: number): void {
  low.set(node, Math.min(low.get(node) ?? value, value));
}

function closeComponent(root: string, open: string[], isOpen: Set<string>): string[] {
  const component: string[] = [];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    isOpen.delete(node);
    component.push(node);
    if (node === root) break;
  }
  return component;
}
