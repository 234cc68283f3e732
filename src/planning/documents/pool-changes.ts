import { equalValues } from "../../estate/kubernetes/equal-values.ts";
import type { Cluster, NodePool } from "../../estate/model/cluster.ts";
import type { FieldChange } from "./document-change.ts";
import { fieldChanges } from "./field-changes.ts";
import { nodePoolEntry } from "./node-pool-entry.ts";
import { poolNameStem } from "./pool-name-stem.ts";

/**
 * What makes the pools of a Cluster document those that are planned. A planned pool that takes the place of a declared one
 * is written over it, field by field, so that the order of the pools and the comments on them stay; what is left over is
 * taken away, from the last to the first.
 */
export function poolChanges(declared: Cluster, planned: readonly NodePool[]): readonly FieldChange[] {
  const written = declared.nodePools.filter((pool) => pool.declared !== undefined);
  if (written.length === 0) return [{ path: ["spec", "nodePools"], value: planned.map(nodePoolEntry) }];
  const places = placesOf(written, planned);
  const taken = new Set(places.values());
  const edited = planned.flatMap((pool) => {
    const place = places.get(pool);
    return place === undefined ? [] : entryChanges(place, pool);
  });
  const appended = planned
    .filter((pool) => !places.has(pool))
    .map((pool, index) => ({ path: ["spec", "nodePools", written.length + index], value: nodePoolEntry(pool) }));
  const removed = written
    .filter((pool) => !taken.has(pool))
    .map((pool) => ({ path: pool.declared?.path ?? [], value: undefined }))
    .toSorted((left, right) => Number(right.path.at(-1)) - Number(left.path.at(-1)));
  return [...edited, ...appended, ...removed];
}

/** By name first; then a declared pool whose name the planned one carries on with another ending. */
function placesOf(declared: readonly NodePool[], planned: readonly NodePool[]): ReadonlyMap<NodePool, NodePool> {
  const places = new Map<NodePool, NodePool>();
  const taken = new Set<NodePool>();
  const place = (fits: (old: NodePool, pool: NodePool) => boolean): void => {
    for (const pool of planned) {
      const old = places.has(pool) ? undefined : declared.find((each) => !taken.has(each) && fits(each, pool));
      if (old === undefined) continue;
      places.set(pool, old);
      taken.add(old);
    }
  };
  place((old, pool) => old.name === pool.name);
  place((old, pool) => old.mode === pool.mode && poolNameStem(old.name) === poolNameStem(pool.name));
  return places;
}

/** Fields that the document leaves to their default and that stay there are not written. */
function entryChanges(old: NodePool, pool: NodePool): readonly FieldChange[] {
  const path = old.declared?.path ?? [];
  const before = nodePoolEntry(old);
  const after = nodePoolEntry(pool);
  return fieldChanges(before, after, path).filter(({ path: field, value }) => {
    const key = String(field.at(-1));
    return value === undefined ? old.declared?.states([key]) === true : !equalValues(before[key], after[key]);
  });
}
