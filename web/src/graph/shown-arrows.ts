import type { Arrow } from "./arrow.ts";
import type { Box } from "./box.ts";
import type { Selection } from "./selection.ts";

/** Above so many arrows the map shows only those of what is selected. */
export const arrowLimit = 60;

/**
 * The arrows to draw: those of the selected box; those inside a selected journey, tenant or application; all while
 * nothing is selected, as long as they are few enough to be read.
 */
export function shownArrows(
  arrows: readonly Arrow[],
  boxes: readonly Box[],
  selection: Selection | undefined,
): readonly Arrow[] {
  if (selection === undefined) return arrows.length > arrowLimit ? [] : arrows;
  const { box } = selection;
  if (box !== undefined && !holdsOthers(box)) {
    // A workload on two pools has two boxes; its arrows stand at one of them.
    const own = new Set(boxes.filter((one) => one.selection === box.selection).map((one) => one.id));
    return arrows.filter((arrow) => own.has(arrow.from) || own.has(arrow.to));
  }
  const inside = new Set(selection.workloads);
  const chosen = new Set(
    boxes.filter((one) => one.workloads.some((workload) => inside.has(workload))).map((one) => one.id),
  );
  const isTarget = (id: string) => id.startsWith("target/");
  if (box?.kind === "outside") return arrows.filter((arrow) => isTarget(arrow.to));
  return arrows.filter((arrow) => chosen.has(arrow.from) && (chosen.has(arrow.to) || isTarget(arrow.to)));
}

function holdsOthers(box: Box): boolean {
  return box.kind !== "workload" && box.kind !== "group" && box.kind !== "target";
}
