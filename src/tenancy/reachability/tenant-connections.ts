import { entryOf } from "../../estate/kubernetes/map-entry.ts";
import { formatPorts, isAllPorts, isEmptyPortSet, type PortSet, unitePorts } from "../../estate/kubernetes/port-set.ts";
import type { ClusterReach } from "./cluster-reach.ts";
import { connectionWitness } from "./connection-witness.ts";
import type { PortBounds } from "./port-bounds.ts";
import type { ReachVerdict, TenantConnection } from "./reachability-report.ts";

/** With more tenants than this, pairs that are denied are left out: nobody reads so many. */
const tenantsListedInFull = 200;

/** What is known of the connections from one tenant to another. */
interface Tally {
  readonly from: string;
  readonly to: string;
  open: number;
  undecided: number;
  /** Pairs of which every port is certainly open. */
  full: number;
  readonly bounds: Set<PortBounds>;
  best: Candidate | undefined;
}

interface Candidate {
  readonly from: number;
  readonly to: number;
  readonly rank: number;
}

/** Reachability tenant by tenant on one cluster, sorted by tenants; a tenant's own pods among themselves too. */
export function tenantConnections(reach: ClusterReach, cluster: string): readonly Omit<TenantConnection, "viaWorld">[] {
  const members = tenantMembers(reach);
  const tallies = tallyConnections(reach, members);
  const tenants = [...members.totals.keys()].sort();
  const listsDenied = tenants.length <= tenantsListedInFull;
  return tenants.flatMap((from) =>
    tenants.flatMap((to) => {
      const own = members.totals.get(from) ?? 0;
      const total = from === to ? own * (own - 1) : own * (members.totals.get(to) ?? 0);
      const tally = tallies.get(tallyKey(from, to));
      if (total === 0 || (tally === undefined && !listsDenied)) return [];
      const candidate = tally?.best ?? firstPair(members, from, to);
      if (candidate === undefined) return [];
      return [
        {
          cluster,
          from,
          to,
          verdict: verdictOf(tally, total),
          ports: formatPorts(unitePorts([...(tally?.bounds ?? [])].map(({ certain }) => certain))),
          pairs: { total, open: tally?.open ?? 0, undecided: tally?.undecided ?? 0 },
          witness: connectionWitness(reach, candidate.from, candidate.to),
        },
      ];
    }),
  );
}

interface TenantMembers {
  /** Workloads of each tenant. */
  readonly totals: ReadonlyMap<string, number>;
  /** Positions by class, then tenant. */
  readonly byClass: readonly ReadonlyMap<string, readonly number[]>[];
  readonly positions: ReadonlyMap<string, readonly number[]>;
}

function tenantMembers({ workloads, classes }: ClusterReach): TenantMembers {
  const positions = Map.groupBy(workloads.keys(), (position) => workloads[position]?.tenant ?? "");
  return {
    positions,
    totals: new Map([...positions].map(([tenant, own]) => [tenant, own.length])),
    byClass: classes.map(({ members }) => Map.groupBy(members, (position) => workloads[position]?.tenant ?? "")),
  };
}

function tallyConnections(reach: ClusterReach, { byClass }: TenantMembers): ReadonlyMap<string, Tally> {
  const tallies = new Map<string, Tally>();
  for (const { index } of reach.classes) {
    for (const [target, bounds] of reach.reachedFrom(index)) {
      for (const [from, sources] of byClass[index] ?? []) {
        for (const [to, targets] of byClass[target] ?? []) {
          const same = index === target && from === to ? sources.length : 0;
          const count = sources.length * targets.length - same;
          if (count > 0) addPairs(tallies, from, to, { sources, targets, count, bounds });
        }
      }
    }
  }
  return tallies;
}

interface PairGroup {
  readonly sources: readonly number[];
  readonly targets: readonly number[];
  readonly count: number;
  readonly bounds: PortBounds;
}

function addPairs(tallies: Map<string, Tally>, from: string, to: string, group: PairGroup): void {
  const tally = entryOf(
    tallies,
    tallyKey(from, to),
    (): Tally => ({ from, to, open: 0, undecided: 0, full: 0, bounds: new Set(), best: undefined }),
  );
  const { sources, targets, count, bounds } = group;
  if (!isEmptyPortSet(bounds.certain)) tally.open += count;
  else tally.undecided += count;
  if (isAllPorts(bounds.certain)) tally.full += count;
  if (tally.bounds.has(bounds)) return;
  tally.bounds.add(bounds);
  const rank = portCount(bounds.certain);
  const [source = 0] = sources;
  const target = targets.find((position) => position !== source) ?? targets[0] ?? 0;
  if (tally.best === undefined || rank > tally.best.rank) tally.best = { from: source, to: target, rank };
}

function tallyKey(from: string, to: string): string {
  return `${from}\n${to}`;
}

function portCount(ports: PortSet): number {
  return [...ports.values()].flat().reduce((count, [first, last]) => count + last - first + 1, 0);
}

function verdictOf(tally: Tally | undefined, total: number): ReachVerdict {
  if (tally === undefined) return "denied";
  if (tally.full === total) return "open";
  return tally.open > 0 ? "limited" : "notEvaluable";
}

function firstPair({ positions }: TenantMembers, from: string, to: string): Candidate | undefined {
  const [source] = positions.get(from) ?? [];
  const target = (positions.get(to) ?? []).find((position) => position !== source);
  return source === undefined || target === undefined ? undefined : { from: source, to: target, rank: 0 };
}
