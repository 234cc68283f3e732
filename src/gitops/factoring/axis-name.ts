import type { DeliveryLeaf, DeliveryUnit, PatchAxis } from "../delivery/delivery-unit.ts";

/**
 * Value of an axis at a leaf; undefined where it has none. The last axis names exactly one leaf of the unit: where a
 * cluster serves several environments that the unit runs in, the environment is part of the name.
 */
export function axisName(unit: DeliveryUnit, leaf: DeliveryLeaf, axis: PatchAxis): string | undefined {
  if (axis !== "cluster") return leaf[axis];
  const onCluster = unit.leaves.filter(({ cluster }) => cluster === leaf.cluster).length;
  return onCluster > 1 ? `${leaf.cluster}.${leaf.environment}` : leaf.cluster;
}
