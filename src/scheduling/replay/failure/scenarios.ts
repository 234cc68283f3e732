import type { Diagnostic } from "../../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../../estate/diagnostics/diagnostic-rule.ts";
import { nearestName } from "../../../estate/diagnostics/nearest-name.ts";
import { failureTargetUnknown } from "../../../estate/diagnostics/replay-diagnostics.ts";
import type { ReplayNode } from "../replay-cluster.ts";
import type { FailureScenario } from "./failure-outcome.ts";

/** Nodes, pools and zones to be lost, by name. */
export interface FailureTargets {
  readonly nodes: readonly string[];
  readonly pools: readonly string[];
  readonly zones: readonly string[];
}

type TargetKind = "node" | "pool" | "zone";

/** Every single zone, pool and node, in this order and that of the nodes. */
export function singleFailures(nodes: readonly ReplayNode[]): readonly FailureScenario[] {
  return [
    ...groupsOf(nodes, "zone").map(([name, lost]) => scenario("zone", name, lost, [name], [])),
    ...groupsOf(nodes, "pool").map(([name, lost]) => scenario("pool", name, lost, [], [name])),
    ...nodes.map((node) => scenario("node", node.name, [node], [], [])),
  ];
}

/** One failure of everything that is named, as far as this cluster has it; undefined when it has nothing of it. */
export function failureOf(nodes: readonly ReplayNode[], targets: FailureTargets): FailureScenario | undefined {
  const zones = targets.zones.map(shortZone);
  const lost = nodes.filter(
    ({ name, pool, zone }) =>
      targets.nodes.includes(name) ||
      (pool !== undefined && targets.pools.includes(pool)) ||
      (zone !== undefined && zones.includes(shortZone(zone))),
  );
  if (lost.length === 0) return undefined;
  const ownZones = distinct(lost.flatMap(({ zone }) => zone ?? [])).filter((zone) => zones.includes(shortZone(zone)));
  const ownPools = targets.pools.filter((pool) => lost.some((node) => node.pool === pool));
  const ownNodes = targets.nodes.filter((name) => lost.some((node) => node.name === name));
  const parts: readonly (readonly [TargetKind, string])[] = [
    ...ownZones.map((name) => ["zone", name] as const),
    ...ownPools.map((name) => ["pool", name] as const),
    ...ownNodes.map((name) => ["node", name] as const),
  ];
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return scenario(first[0], first[1], lost, ownZones, ownPools);
  return scenario("set", parts.map(([kind, name]) => `${kind} ${name}`).join(" and "), lost, ownZones, ownPools);
}

/** Names that no cluster has, with the nearest one that some cluster has. */
export function unknownTargets(nodes: readonly ReplayNode[], targets: FailureTargets): readonly Diagnostic[] {
  const known = {
    node: distinct(nodes.map(({ name }) => name)),
    pool: distinct(nodes.flatMap(({ pool }) => pool ?? [])),
    zone: distinct(nodes.flatMap(({ zone }) => zone ?? [])),
  };
  const asked: readonly (readonly [TargetKind, readonly string[]])[] = [
    ["node", targets.nodes],
    ["pool", targets.pools],
    ["zone", targets.zones],
  ];
  return asked.flatMap(([kind, names]) => names.flatMap((name) => unknownTarget(kind, name, known[kind])));
}

function unknownTarget(kind: TargetKind, name: string, candidates: readonly string[]): readonly Diagnostic[] {
  const isKnown = candidates.some((each) => each === name || (kind === "zone" && shortZone(each) === shortZone(name)));
  if (isKnown) return [];
  const shown = candidates.slice(0, 5).join(", ");
  const known = candidates.length === 0 ? `no ${kind}` : candidates.length > 5 ? `${shown} and others` : shown;
  return [diagnose(failureTargetUnknown, { kind, name, near: nearestName(name, candidates), known })];
}

/** `westeurope-1` and `1` are the same zone. */
export function shortZone(zone: string): string {
  return zone.slice(zone.lastIndexOf("-") + 1);
}

function groupsOf(nodes: readonly ReplayNode[], kind: "zone" | "pool"): readonly (readonly [string, ReplayNode[]])[] {
  const named = nodes.filter((node) => node[kind] !== undefined);
  return [...Map.groupBy(named, (node) => node[kind] ?? "")].toSorted(([left], [right]) => (left < right ? -1 : 1));
}

function scenario(
  kind: FailureScenario["kind"],
  name: string,
  lost: readonly ReplayNode[],
  zones: readonly string[],
  pools: readonly string[],
): FailureScenario {
  return { kind, name, nodes: lost.map((node) => node.name), zones, pools };
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
