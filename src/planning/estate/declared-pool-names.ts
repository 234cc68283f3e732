import type { NodePool } from "../../estate/model/cluster.ts";
import { poolNameStem } from "../documents/pool-name-stem.ts";
import { isSamePool } from "../pools/pool-names.ts";
import type { PlannedCluster } from "../structure-plan.ts";

/**
 * The clusters with planned pools named as the declared ones that they can simply be: a name that the plan makes up anew
 * would ask for a pool to be built and workloads to be moved for nothing.
 */
export function withDeclaredPoolNames(clusters: readonly PlannedCluster[]): readonly PlannedCluster[] {
  return clusters.map((planned) => {
    const names = keptNames(planned);
    if (names.size === 0) return planned;
    const pools = planned.pools.map((each) => {
      const name = names.get(each.pool);
      return name === undefined ? each : { ...each, pool: { ...each.pool, name } };
    });
    return { ...planned, pools, cluster: { ...planned.cluster, nodePools: pools.map(({ pool }) => pool) } };
  });
}

function keptNames({ pools, template, isDeclared }: PlannedCluster): ReadonlyMap<NodePool, string> {
  const names = new Map<NodePool, string>();
  if (!isDeclared) return names;
  if (template.declared === undefined) return plainNames(pools.map(({ pool }) => pool));
  const wanted = new Set(pools.map(({ pool }) => pool.name));
  const free = template.nodePools.filter((each) => each.declared !== undefined && !wanted.has(each.name));
  const declared = new Set(template.nodePools.map(({ name }) => name));
  for (const { pool } of pools) {
    if (declared.has(pool.name)) continue;
    const index = free.findIndex((each) => isSamePool(each, pool) && isSamePurpose(each, pool));
    const [found] = index === -1 ? [] : free.splice(index, 1);
    if (found !== undefined) names.set(pool, found.name);
  }
  return names;
}

/** Pools of a cluster that is only assumed are there for nobody: no name is taken. */
function plainNames(pools: readonly NodePool[]): ReadonlyMap<NodePool, string> {
  const taken = new Set(pools.map(({ name }) => name));
  return new Map(
    pools.flatMap((pool): readonly (readonly [NodePool, string])[] => {
      const name = poolNameStem(pool.name);
      if (taken.has(name)) return [];
      taken.add(name);
      return [[pool, name]];
    }),
  );
}

/** One stem of the name, and the same pods kept away. */
function isSamePurpose(declared: NodePool, planned: NodePool): boolean {
  const walls = ({ taints }: NodePool) =>
    taints.map(({ key, value, effect }) => `${key}=${value ?? ""}:${effect}`).join();
  return (
    declared.mode === planned.mode &&
    poolNameStem(declared.name) === poolNameStem(planned.name) &&
    walls(declared) === walls(planned)
  );
}
