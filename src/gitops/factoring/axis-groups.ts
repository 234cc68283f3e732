import { type DeliveryUnit, PATCH_AXES, type PatchAxis } from "../delivery/delivery-unit.ts";
import { axisName } from "./axis-name.ts";

/** Leaves of a unit (by index) that have one value of one axis. */
export interface AxisGroup {
  readonly axis: PatchAxis;
  readonly name: string;
  readonly leaves: readonly number[];
}

/** Every value of every axis with its leaves: axes in the order in which they apply, names sorted. */
export function axisGroups(unit: DeliveryUnit): readonly AxisGroup[] {
  return PATCH_AXES.flatMap((axis) => {
    const byName = new Map<string, number[]>();
    unit.leaves.forEach((leaf, index) => {
      const name = axisName(unit, leaf, axis);
      if (name === undefined) return;
      const leaves = byName.get(name);
      if (leaves === undefined) byName.set(name, [index]);
      else leaves.push(index);
    });
    return [...byName]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, leaves]) => ({ axis, name, leaves }));
  });
}
