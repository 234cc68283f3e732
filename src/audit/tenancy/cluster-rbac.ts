import type { Estate } from "../../estate/model/estate.ts";
import { buildRbac, type Rbac } from "../../tenancy/rbac/build-rbac.ts";

const known = new WeakMap<Estate, readonly Rbac[]>();

/** Who may do what on each cluster, worked out once an estate. */
export function clusterRbac(estate: Estate): readonly Rbac[] {
  const before = known.get(estate);
  if (before !== undefined) return before;
  const all = estate.clusters.map(({ name }) => buildRbac(estate, name));
  known.set(estate, all);
  return all;
}
