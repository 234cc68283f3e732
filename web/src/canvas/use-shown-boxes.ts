import { useMemo } from "react";
import type { Arrow } from "../graph/arrow.ts";
import type { Box } from "../graph/box.ts";
import type { BoxMeasure } from "../graph/measure-boxes.ts";
import { shownArrows } from "../graph/shown-arrows.ts";
import { useWorkbench, type Workbench } from "../workbench/workbench.ts";
import type { BoxData } from "./flow-elements.ts";

interface ShownBoxes {
  readonly dataOf: (box: Box) => BoxData;
  readonly arrows: readonly Arrow[];
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

function shownBoxes({ lens, measures, selection, keeps, terms, arrows, grouped }: Workbench): ShownBoxes {
  const spotlight = spotlightOf(selection);
  const shown = lens.arrows !== undefined ? shownArrows(arrows, grouped.boxes, selection) : [];
  const reached = new Set(shown.map((arrow) => arrow.to));
  const isFaded = (box: Box) => {
    if (box.kind === "target") return spotlight !== undefined && !reached.has(box.id);
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
    arrows: shown,
  };
}

/** A journey, tenant, application or environment is shown by fading everything else. */
function spotlightOf(selection: Workbench["selection"]): ReadonlySet<string> | undefined {
  if (selection === undefined || selection.box !== undefined) return undefined;
  return new Set(selection.workloads);
}
