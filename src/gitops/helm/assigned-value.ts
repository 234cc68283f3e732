import { equalValues } from "../../estate/kubernetes/equal-values.ts";
import { type DeliveryLeaf, PATCH_AXES, type PatchAxis } from "../delivery/delivery-unit.ts";
import type { ValuePath } from "./value-names.ts";

/** Nothing: the key is absent. */
export const ABSENT: unique symbol = Symbol("absent");

/** What one place wants of a value; undefined where it does not matter there. */
export type WantedValue = { readonly value: unknown } | undefined;

/** A value with its default and the files that override it, so that each place ends with what it wants. */
export interface AssignedValue {
  readonly path: ValuePath;
  /** `ABSENT` where the default has no such key. */
  readonly byDefault: unknown;
  readonly overrides: readonly ValueOverride[];
}

export interface ValueOverride {
  /** `leaf`: one place alone, where no axis tells it from all others. */
  readonly axis: PatchAxis | "leaf";
  /** Of the axis; position of the leaf where it is that. */
  readonly name: string;
  readonly value: unknown;
}

/**
 * Writes a value once for as many places as have it: by default what most have, then for each environment, ring, region
 * and cluster whose places all want one other thing.
 */
export function assignValue(
  path: ValuePath,
  leaves: readonly DeliveryLeaf[],
  wanted: readonly WantedValue[],
): AssignedValue {
  const byDefault = mostWanted(wanted);
  const effective: unknown[] = leaves.map(() => byDefault);
  const overrides: ValueOverride[] = [];
  const override = (axis: ValueOverride["axis"], name: string, members: readonly number[]) => {
    const wants = members.flatMap((leaf) => wanted[leaf] ?? []);
    const [first] = wants;
    if (first === undefined || !wants.every(({ value }) => isSame(value, first.value))) return;
    if (members.every((leaf) => wanted[leaf] === undefined || isSame(effective[leaf], first.value))) return;
    overrides.push({ axis, name, value: first.value });
    for (const leaf of members) effective[leaf] = first.value;
  };
  for (const axis of PATCH_AXES) {
    const groups = Map.groupBy(leaves.keys(), (index) => leaves[index]?.[axis]);
    for (const [name, members] of groups) if (name !== undefined) override(axis, name, members);
  }
  for (const leaf of leaves.keys()) override("leaf", String(leaf), [leaf]);
  return { path, byDefault, overrides };
}

function mostWanted(wanted: readonly WantedValue[]): unknown {
  let best: { readonly value: unknown } | undefined;
  let most = 0;
  for (const candidate of wanted) {
    if (candidate === undefined) continue;
    const count = wanted.filter((other) => other !== undefined && isSame(other.value, candidate.value)).length;
    if (count <= most) continue;
    best = candidate;
    most = count;
  }
  return best === undefined ? ABSENT : best.value;
}

function isSame(left: unknown, right: unknown): boolean {
  return left === ABSENT || right === ABSENT ? left === right : equalValues(left, right);
}
