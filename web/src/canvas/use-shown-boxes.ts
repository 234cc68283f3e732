import { useMemo } from "react";
import type { Box } from "../graph/box.ts";
import type { DependencyEdge } from "../graph/dependency-edges.ts";
import type { BoxMeasure } from "../graph/measure-boxes.ts";
import { useWorkbench, type Workbench } from "../workbench/workbench.ts";
import type { BoxData } from "./flow-elements.ts";

interface ShownBoxes {
  readonly dataOf: (box: Box) => BoxData;
  readonly fadesArrow: (arrow: DependencyEdge) => boolean;
}

const unmeasured: BoxMeasure = {
  monthlyCost: undefined,
  worstJourney: undefined,
  takesDown: [],
  findings: [],
  notEvaluable: 0,
};

/** How each box and arrow looks now: under the lens, the filter and the selection. */
export function useShownBoxes(): ShownBoxes {
  const workbench = useWorkbench();
  return useMemo(() => shownBoxes(workbench), [workbench]);
}

function shownBoxes({
  lens,
  measures,
  selection,
  keeps,
  terms,
  arrows,
  lens: { arrows: hasArrows },
}: Workbench): ShownBoxes {
  const spotlight = spotlightOf(selection);
  const neighbours = new Set(
    hasArrows && selection?.box !== undefined
      ? arrows.flatMap((arrow) => (touches(arrow, selection.box?.id) ? [arrow.from, arrow.to] : []))
      : [],
  );
  const isFaded = (box: Box) => {
    if (box.kind === "target") return spotlight !== undefined && !neighbours.has(box.id);
    if (box.workloads.length === 0) return false;
    if (terms.length > 0 && !box.workloads.some(keeps)) return true;
    return spotlight !== undefined && !box.workloads.some((workload) => spotlight.has(workload));
  };
  const chosen = selection?.box;
  return {
    dataOf: (box) => ({
      box,
      look: lens.look(box, measures.get(box.id) ?? unmeasured),
      selected: chosen !== undefined && box.selection === chosen.selection,
      faded: isFaded(box),
    }),
    fadesArrow: (arrow) =>
      chosen !== undefined && (chosen.kind === "workload" || chosen.kind === "group" || chosen.kind === "target")
        ? !touches(arrow, chosen.id)
        : spotlight !== undefined,
  };
}

/** A journey, tenant, application or environment is shown by fading everything else. */
function spotlightOf(selection: Workbench["selection"]): ReadonlySet<string> | undefined {
  if (selection === undefined || selection.box !== undefined) return undefined;
  return new Set(selection.workloads);
}

function touches(arrow: DependencyEdge, box: string | undefined): boolean {
  return arrow.from === box || arrow.to === box;
}
