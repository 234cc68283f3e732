import { formatSelector } from "../../estate/kustomize/patch-target.ts";
import type { PatchUse } from "../../estate/kustomize/patch-use.ts";
import { formatPlace } from "../../estate/sources/place.ts";
import type { Repository } from "./repository.ts";

/** A patch with everything that it was applied to, in all builds together. */
export type PatchReach = Omit<PatchUse, "directory">;

/** Every patch once. A patch of a component that matches in one overlay is in use, whatever happens in the others. */
export function patchReaches({ builds }: Repository): readonly PatchReach[] {
  const uses = builds.flatMap(({ patches }) => patches);
  const byPlace = Map.groupBy(uses, ({ place }) => formatPlace(place()));
  return [...byPlace.values()].flatMap((group): readonly PatchReach[] => {
    const [first] = group;
    if (first === undefined) return [];
    const { form, target, named, place } = first;
    // What one build matched is told; several builds of the same base match the same objects again.
    const fullest = group.reduce((most, use) => (use.matched.length > most.matched.length ? use : most), first);
    return [{ form, target, named, place, matched: fullest.matched }];
  });
}

/** What a patch is for, in words. */
export function patchInWords({ target, named }: PatchReach): string {
  if (target !== undefined) return `Its target (${formatSelector(target)})`;
  return `The name ${named ?? ""} in it`;
}

/** Why a patch reaches more than it seems to say, as a clause; undefined when it says what it reaches. */
export function overreach({ form, target, named, matched }: PatchReach): string | undefined {
  if (target === undefined || matched.length < 2) return undefined;
  const kinds = new Set(matched.map(({ kind }) => kind));
  const isSelected = target.labelSelector !== "" || target.annotationSelector !== "";
  if (kinds.size > 1 && target.kind === "" && !isSelected) {
    return `its target names no kind and matches ${matched.length} objects of ${kinds.size} kinds (${[...kinds].join(", ")})`;
  }
  const others = matched.filter(({ name }) => name !== named);
  // A body named after nothing that is matched is a plain template for them all.
  if (
    form === "strategicMerge" &&
    target.name === "" &&
    !isSelected &&
    others.length < matched.length &&
    others.length > 0
  ) {
    return `its body names ${named ?? ""}, but the target counts and matches ${matched.length} objects, ${others
      .map(({ name }) => name)
      .slice(0, 3)
      .join(", ")} too`;
  }
  for (const [pointer, item] of matched[0]?.itemNames ?? []) {
    const differing = matched.find(
      ({ itemNames }) => itemNames.get(pointer) !== undefined && itemNames.get(pointer) !== item,
    );
    if (differing === undefined) continue;
    return `it reaches into ${pointer} of ${matched.length} objects, which is ${item} in ${matched[0]?.name ?? ""} and ${differing.itemNames.get(pointer) ?? ""} in ${differing.name}`;
  }
  return undefined;
}
