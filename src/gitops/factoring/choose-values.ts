import type { AxisGroup } from "./axis-groups.ts";

/** Something that leaves have in different forms, such as the value of one field. */
export interface Choice {
  /** Form that each leaf has to end with, as an index into the forms; undefined where it does not matter. */
  readonly wanted: readonly (number | undefined)[];
  /** Cost of writing each form in the base, and of changing to it on an axis. */
  readonly baseCost: readonly number[];
  readonly changeCost: readonly number[];
  /** Whether a group may change to the form, when its leaves have the `current` ones; all may when absent. */
  readonly allows?: (group: AxisGroup, form: number, current: readonly number[]) => boolean;
}

/** What the base has, and which groups change it to what, in the order in which the changes apply. */
export interface Chosen {
  readonly base: number;
  readonly changes: readonly FormChange[];
  readonly cost: number;
}

interface FormChange {
  readonly group: AxisGroup;
  readonly form: number;
  /** Forms of the leaves of the group before the change. */
  readonly before: readonly number[];
}

/**
 * Chooses the base and the changes that are cheapest to write. A change goes to the coarsest axis whose value explains
 * it; what no coarser one explains is changed on the last axis, which has every leaf to itself. Of bases that cost the
 * same, the one that most leaves want.
 */
export function chooseValues(choice: Choice, groups: readonly AxisGroup[]): Chosen {
  const usesOf = (form: number) => choice.wanted.filter((wanted) => wanted === form).length;
  let best: Chosen | undefined;
  for (const base of [...choice.baseCost.keys()].sort((left, right) => usesOf(right) - usesOf(left))) {
    const candidate = changesFrom(base, choice, groups);
    if (best === undefined || candidate.cost < best.cost) best = candidate;
  }
  if (best === undefined) throw new RangeError("there is nothing to choose from");
  return best;
}

function changesFrom(base: number, choice: Choice, groups: readonly AxisGroup[]): Chosen {
  const current = choice.wanted.map(() => base);
  const changes: FormChange[] = [];
  let cost = choice.baseCost[base] ?? 0;
  for (const group of groups) {
    const form = cheapestChange(group, current, choice);
    if (form === undefined) continue;
    changes.push({ group, form, before: group.leaves.map((leaf) => current[leaf] ?? base) });
    cost += choice.changeCost[form] ?? 0;
    for (const leaf of group.leaves) current[leaf] = form;
  }
  return { base, changes, cost };
}

/** The form that a group is best changed to; undefined to leave it as it is. Ties go to a change that settles the group. */
function cheapestChange(group: AxisGroup, current: readonly number[], choice: Choice): number | undefined {
  const { wanted, changeCost } = choice;
  const forms = new Set(group.leaves.flatMap((leaf) => wanted[leaf] ?? []));
  const missing = (holds: (leaf: number) => number | undefined) =>
    group.leaves.reduce((sum, leaf) => {
      const form = wanted[leaf];
      return form === undefined || form === holds(leaf) ? sum : sum + (changeCost[form] ?? 0);
    }, 0);
  let best: { readonly form: number | undefined; readonly cost: number } = {
    form: undefined,
    cost: missing((leaf) => current[leaf]),
  };
  if (best.cost === 0) return undefined;
  for (const form of forms) {
    if (choice.allows?.(group, form, current) === false) continue;
    const rest = missing(() => form);
    const cost = (changeCost[form] ?? 0) + rest;
    if (cost < best.cost || (cost === best.cost && best.form === undefined && rest === 0)) best = { form, cost };
  }
  return best.form;
}
