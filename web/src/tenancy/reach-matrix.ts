import type { EndReach, TenantConnection, TenantEnds } from "../../../src/tenancy/reachability/reachability-report.ts";

/** What one tenant reaches of another, over all clusters. */
export interface ReachCell {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  /** Worst first: the cluster where most is open. */
  readonly connections: readonly [TenantConnection, ...TenantConnection[]];
}

const openness = { open: 0, limited: 1, notEvaluable: 2, denied: 3 } as const;

/** Connections between tenants, by `from/to`; of several clusters the one where most is open comes first. */
export function reachCells(connections: readonly TenantConnection[]): ReadonlyMap<string, ReachCell> {
  const groups = Map.groupBy(connections, ({ from, to }) => `${from}/${to}`);
  return new Map(
    [...groups].flatMap(([key, group]) => {
      const [first, ...others] = group.toSorted(
        (left, right) => openness[left.verdict] - openness[right.verdict] || aroundRank(left) - aroundRank(right),
      );
      if (first === undefined) return [];
      return [[key, { key, from: first.from, to: first.to, connections: [first, ...others] }] as const];
    }),
  );
}

/** A way round that is certain weighs more than one that may be. */
function aroundRank({ viaWorld }: TenantConnection): number {
  if (viaWorld === undefined) return 2;
  return viaWorld.certain ? 0 : 1;
}

/** Tenants in order of name, those of the platform last. */
export function reachTenants(connections: readonly TenantConnection[]): readonly string[] {
  const names = new Set(connections.flatMap(({ from, to }) => [from, to]));
  return [...names].sort(
    (left, right) => Number(left === "platform") - Number(right === "platform") || (left < right ? -1 : 1),
  );
}

export const endNames = ["exposed", "world", "node", "apiServer", "imds"] as const;
export type EndName = (typeof endNames)[number];

/** The end where most is open over all clusters, with the cluster. */
export function worstEnd(
  ends: readonly TenantEnds[],
  tenant: string,
  end: EndName,
): (EndReach & { readonly cluster: string }) | undefined {
  return ends
    .filter((one) => one.tenant === tenant)
    .map((one) => ({ ...one[end], cluster: one.cluster }))
    .toSorted((left, right) => openness[left.verdict] - openness[right.verdict])[0];
}
