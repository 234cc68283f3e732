import type { DeliveryLeaf, DeliveryUnit } from "../delivery/delivery-unit.ts";

/**
 * Folder of one place of a unit: `clusters/<cluster>/<tree>/<unit>`, with the environment below it where a cluster
 * serves several that the unit runs in.
 */
export function leafFolder(unit: DeliveryUnit, { cluster, environment }: DeliveryLeaf): string {
  const folder = `clusters/${cluster}/${unit.tree}/${unit.name}`;
  const onCluster = unit.leaves.filter((leaf) => leaf.cluster === cluster).length;
  return onCluster > 1 ? `${folder}/${environment}` : folder;
}

/** Name of what delivers a leaf, unique on its cluster: the unit's, with the environment where there are several. */
export function leafName(unit: DeliveryUnit, { cluster, environment }: DeliveryLeaf): string {
  const onCluster = unit.leaves.filter((leaf) => leaf.cluster === cluster).length;
  const prefix = unit.tree === "platform" ? "platform-" : "";
  return onCluster > 1 ? `${prefix}${unit.name}-${environment}` : `${prefix}${unit.name}`;
}
