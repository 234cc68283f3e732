import { useMemo } from "react";
import type { Figure } from "../../../src/estate/figures/figure.ts";
import type { Texts } from "../assessing/assess-texts.ts";
import { useAnswer } from "../reports/engine-answers.ts";
import type { ReportState } from "../reports/report-source.ts";
import type { BillViewPart, ViewState } from "../view-state/view-state.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import { type BillAnswers, billRequest } from "./bill-request.ts";
import { figuresWithin } from "./figures-within.ts";

/** The answer of one part of the view to what the address asks for. */
export function useBill<Part extends BillViewPart>(part: Part): ReportState<BillAnswers[Part]> {
  const { texts, view } = useWorkbench();
  const state = useAnswer(texts, { kind: "bill", request: billRequest(part, view) });
  // The answer to the request of a part is that of the part.
  return state as ReportState<BillAnswers[Part]>;
}

const none: ReadonlyMap<string, Figure> = new Map();

/** Figures of the part of the bill that is shown, by id, while one is unfolded. */
export function useBillFigures(texts: Texts | undefined, view: ViewState): ReadonlyMap<string, Figure> {
  const wanted = view.why !== undefined && view.table === "bill" && view.view !== "map" ? texts : undefined;
  const state = useAnswer(wanted, { kind: "bill", request: billRequest(view.bill, view) });
  return useMemo(() => (state.kind === "ready" ? figuresWithin(state.report) : none), [state]);
}
