import { createContext, useContext } from "react";
import type { Figure } from "../../../src/estate/figures/figure.ts";
import type { Assessment } from "../../../src/operations/assessment/assessment.ts";
import type { Texts } from "../assessing/assess-texts.ts";
import type { Arrow } from "../graph/arrow.ts";
import type { Box } from "../graph/box.ts";
import type { FilterFacts, FilterTerm } from "../graph/filter.ts";
import type { GroupedBoxes } from "../graph/group-boxes.ts";
import type { BoxMeasure } from "../graph/measure-boxes.ts";
import type { Selection } from "../graph/selection.ts";
import type { Lens } from "../lenses/look.ts";
import type { ReportSource } from "../reports/report-source.ts";
import type { ChangeView } from "../view-state/use-view-state.ts";
import type { ViewState } from "../view-state/view-state.ts";

/** Everything that the regions of the page share; all but `view` follows from the assessment and the view. */
export interface Workbench {
  readonly assessment: Assessment;
  /** Texts that it was read from; undefined until they are here, or when nobody has them. */
  readonly texts: Texts | undefined;
  /** Further reports over the same estate, each asked for when something shows it. */
  readonly reports: ReportSource;
  readonly view: ViewState;
  readonly change: ChangeView;
  readonly narrow: boolean;
  readonly figures: ReadonlyMap<string, Figure>;
  readonly boxes: readonly Box[];
  readonly grouped: GroupedBoxes;
  readonly measures: ReadonlyMap<string, BoxMeasure>;
  readonly arrows: readonly Arrow[];
  readonly lens: Lens;
  readonly selection: Selection | undefined;
  readonly terms: readonly FilterTerm[];
  readonly facts: ReadonlyMap<string, FilterFacts>;
  /** Whether a workload meets the filter. */
  readonly keeps: (workload: string) => boolean;
}

export const WorkbenchContext = createContext<Workbench | undefined>(undefined);

/** The shared state; only components inside the workbench may ask for it. */
export function useWorkbench(): Workbench {
  const workbench = useContext(WorkbenchContext);
  if (workbench === undefined) throw new Error("used outside of the workbench");
  return workbench;
}
