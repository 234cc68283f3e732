import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import { entryOf } from "../../estate/kubernetes/map-entry.ts";
import type { DeliveryUnit } from "../delivery/delivery-unit.ts";
import { type ObjectKey, objectKeyOf, objectKeyText } from "../delivery/object-key.ts";
import { type AxisGroup, axisGroups } from "./axis-groups.ts";
import { chooseValues } from "./choose-values.ts";
import { factorObject } from "./factor-object.ts";
import type { FactoredUnit, ObjectPatch, PatchOperation, Variation } from "./factored-unit.ts";
import { REMOVAL_SIZE, writtenSize } from "./written-size.ts";

/** What a group of leaves changes, while it is being gathered. */
interface Gathered {
  readonly adds: JsonObject[];
  readonly removes: ObjectKey[];
  readonly patches: ObjectPatch[];
}

/** The absence of an object, as an index into the forms of its presence. */
const GONE = 0;
const THERE = 1;

/** Writes a unit without repetition: base and variations give exactly the objects of each leaf. */
export function factorUnit(unit: DeliveryUnit): FactoredUnit {
  const groups = axisGroups(unit);
  const base: JsonObject[] = [];
  const gathered = new Map<AxisGroup, Gathered>();
  for (const forms of formsByIdentity(unit).values()) factorForms(forms, groups, base, gathered);
  const variations = groups.flatMap((group): Variation[] => {
    const changes = gathered.get(group);
    return changes === undefined ? [] : [{ axis: group.axis, name: group.name, ...changes }];
  });
  return { unit, base, variations };
}

/** By identity and version, as an object cannot change its version by a patch; sorted. Each has one form a leaf. */
function formsByIdentity(unit: DeliveryUnit): ReadonlyMap<string, readonly (JsonObject | undefined)[]> {
  const all = new Map<string, (JsonObject | undefined)[]>();
  unit.leaves.forEach(({ objects }, leaf) => {
    for (const object of objects) {
      const key = objectKeyOf(object);
      const forms = entryOf(all, `${objectKeyText(key)}/${key.version}`, () => unit.leaves.map(() => undefined));
      forms[leaf] = object;
    }
  });
  return new Map([...all].sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** Where leaves have an object from: the base (`from` is -1) or the group that adds it. */
interface Origin {
  readonly from: number;
  /** By leaf, the group that takes the object away; the number of groups where none does. */
  readonly until: ReadonlyMap<number, number>;
}

function factorForms(
  forms: readonly (JsonObject | undefined)[],
  groups: readonly AxisGroup[],
  base: JsonObject[],
  gathered: Map<AxisGroup, Gathered>,
): void {
  const { origins, removals } = choosePresence(forms, groups);
  const [anyForm] = forms.filter((form) => form !== undefined);
  if (anyForm === undefined) return;
  const target = objectKeyOf(anyForm);
  for (const group of removals) change(gathered, group).removes.push(target);
  for (const { from, until } of origins) {
    const kept = forms.map((form, leaf) => (until.get(leaf) === groups.length ? form : undefined));
    const isUsable = ({ leaves }: AxisGroup, at: number) =>
      at > from && leaves.every((leaf) => (until.get(leaf) ?? -1) > at);
    const factored = factorObject(kept, groups.filter(isUsable));
    if (factored === undefined) continue;
    const origin = groups[from];
    if (origin === undefined) base.push(factored.base);
    else change(gathered, origin).adds.push(factored.base);
    const byGroup = Map.groupBy(factored.operations, ({ group }) => group);
    for (const [group, list] of byGroup) {
      const operations: readonly PatchOperation[] = list.map(({ operation }) => operation);
      change(gathered, group).patches.push({ target, operations });
    }
  }
}

/** Decides which leaves get the object from where, and which groups take it away again. */
function choosePresence(
  forms: readonly (JsonObject | undefined)[],
  groups: readonly AxisGroup[],
): { readonly origins: readonly Origin[]; readonly removals: readonly AxisGroup[] } {
  const size = Math.max(...forms.map((form) => (form === undefined ? 0 : writtenSize(form))));
  const { base, changes } = chooseValues(
    {
      wanted: forms.map((form) => (form === undefined ? GONE : THERE)),
      baseCost: [0, size],
      changeCost: [REMOVAL_SIZE, size],
      // Nothing is added where it is already, and nothing removed where it is not.
      allows: ({ leaves }, form, current) => leaves.every((leaf) => current[leaf] !== form),
    },
    groups,
  );
  const removals = changes.filter(({ form }) => form === GONE).map(({ group }) => group);
  const additions = changes.filter(({ form }) => form === THERE).map(({ group }) => group);
  const untilOf = (leaf: number, from: number) => {
    const at = groups.findIndex(
      (group, index) => index > from && group.leaves.includes(leaf) && removals.includes(group),
    );
    return at === -1 ? groups.length : at;
  };
  const originOf = (from: number, leaves: Iterable<number>): Origin => ({
    from,
    until: new Map([...leaves].map((leaf) => [leaf, untilOf(leaf, from)])),
  });
  return {
    removals,
    origins: [
      ...(base === THERE ? [originOf(-1, forms.keys())] : []),
      ...additions.map((group) => originOf(groups.indexOf(group), group.leaves)),
    ],
  };
}

function change(gathered: Map<AxisGroup, Gathered>, group: AxisGroup): Gathered {
  return entryOf(gathered, group, () => ({ adds: [], removes: [], patches: [] }));
}
