import type { DeliveryLeaf, DeliveryUnit } from "../delivery/delivery-unit.ts";

/**
 * Folder of one place of a unit: `clusters/<cluster>/<tree>/<unit>`, with the environment below it where some cluster
 * serves several that the unit runs in: one rule for all clusters, so that their folders are alike.
 */
export function leafFolder(unit: DeliveryUnit, { cluster, environment }: DeliveryLeaf): string {
  const folder = `clusters/${cluster}/${unit.tree}/${unit.name}`;
  const isShared = new Set(unit.leaves.map((leaf) => leaf.cluster)).size < unit.leaves.length;
  return isShared ? `${folder}/${environment}` : folder;
}

/** Name of what delivers a leaf, unique on its cluster: the unit's, with the environment where there are several. */
export function leafName(unit: DeliveryUnit, { cluster, environment }: DeliveryLeaf): string {
  const onCluster = unit.leaves.filter((leaf) => leaf.cluster === cluster).length;
  const prefix = unit.tree === "platform" ? "platform-" : "";
  return onCluster > 1 ? `${prefix}${unit.name}-${environment}` : `${prefix}${unit.name}`;
}
