import type { PlanUnit } from "../model/site.ts";
import { colourGroups } from "./colour-groups.ts";
import { type ConflictContext, type UnitConflict, unitConflict } from "./unit-conflicts.ts";

/** Units that share a cluster, and what keeps the others away. */
export interface UnitGroup {
  readonly units: readonly PlanUnit[];
  /** Each reason once, with a unit of another group that it concerns. */
  readonly apartFrom: readonly (UnitConflict & { readonly other: string })[];
}

export interface Partition {
  readonly groups: readonly UnitGroup[];
  /** No partition has fewer clusters. */
  readonly fewestGroups: number;
}

/** Fewest clusters for the units of one region: more of them never cost less, as their pools could stand in one. */
export function partitionUnits(units: readonly PlanUnit[], context: ConflictContext): Partition {
  const classes = twinsOf(units, context);
  const representatives = classes.flatMap((members) => members.slice(0, 1));
  const conflicts = representatives.map(
    (left, index) =>
      new Set(
        representatives.flatMap((right, other) =>
          other !== index && unitConflict(left, right, context) !== undefined ? [other] : [],
        ),
      ),
  );
  const { colours, lowerBound } = colourGroups(conflicts);
  const members = Map.groupBy(classes.keys(), (index) => colours[index] ?? 0);
  const groups = [...members.values()].map((indices) => indices.flatMap((index) => classes[index] ?? []));
  return {
    groups: groups
      .map((own) => ({ units: own.toSorted(byName), apartFrom: reasonsApart(own, groups, context) }))
      .toSorted((left, right) => (firstName(left) < firstName(right) ? -1 : 1)),
    fewestGroups: lowerBound,
  };
}

/** Units that conflict with the same others and not with each other are coloured as one. */
function twinsOf(units: readonly PlanUnit[], context: ConflictContext): readonly (readonly PlanUnit[])[] {
  const signatures = Map.groupBy(units, (unit) =>
    units.map((other) => (other !== unit && unitConflict(unit, other, context) !== undefined ? "1" : "0")).join(""),
  );
  return [...signatures.values()];
}

function reasonsApart(
  own: readonly PlanUnit[],
  groups: readonly (readonly PlanUnit[])[],
  context: ConflictContext,
): UnitGroup["apartFrom"] {
  const reasons = new Map<string, UnitConflict & { readonly other: string }>();
  for (const others of groups) {
    if (others === own) continue;
    for (const left of own) {
      for (const right of others) {
        const conflict = unitConflict(left, right, context);
        // Of names that collide one example is enough for two places.
        const key = conflict === undefined ? "" : conflict.because.replace(/, such as .*/, "");
        if (conflict === undefined || reasons.has(key)) continue;
        reasons.set(key, { ...conflict, other: right.name });
      }
    }
  }
  return [...reasons.values()];
}

function byName(left: PlanUnit, right: PlanUnit): number {
  return left.name < right.name ? -1 : 1;
}

function firstName({ units }: UnitGroup): string {
  const [first] = units;
  return first === undefined ? "" : `${first.cluster.name}/${first.name}`;
}
