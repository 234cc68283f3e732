import { useMemo } from "react";
import type { FailureReport } from "../../../src/operations/simulation/simulate-failure.ts";
import type { Texts } from "../assessing/assess-texts.ts";
import { useAnswer } from "../reports/engine-answers.ts";
import type { ReportState } from "../reports/report-source.ts";
import type { ViewState } from "../view-state/view-state.ts";
import { useWorkbench } from "../workbench/workbench.ts";
import { chosenFailure, ofKind, type RankedFailure, rankFailures, stepFailure } from "./ranked-failures.ts";

/** The replay of every failure, with the one that the address names. */
export interface ShownFailures {
  readonly state: ReportState<FailureReport>;
  /** Worst first, of the kind asked for. */
  readonly failures: readonly RankedFailure[];
  readonly chosen: RankedFailure | undefined;
  readonly choose: (failure: RankedFailure | undefined) => void;
  readonly step: (by: number) => void;
}

export function useFailures(): ShownFailures {
  const { texts, view, change } = useWorkbench();
  const state = useAnswer(texts, { kind: "failures" });
  const failures = useRanked(state, view);
  const chosen = chosenFailure(failures, view.failure);
  const choose = (next: RankedFailure | undefined) =>
    change({ failure: next?.key, selection: undefined, why: undefined }, "replace");
  return { state, failures, chosen, choose, step: (by) => choose(stepFailure(failures, chosen, by)) };
}

/** What is lost on the map; undefined under the other lenses and until the replay is there. */
export function useLostOnMap(texts: Texts | undefined, view: ViewState): RankedFailure | undefined {
  const state = useAnswer(texts, view.lens === "failure" ? { kind: "failures" } : undefined);
  return chosenFailure(useRanked(state, view), view.failure);
}

function useRanked(state: ReportState<FailureReport>, { failures: kind }: ViewState): readonly RankedFailure[] {
  const ranked = useMemo(() => (state.kind === "ready" ? rankFailures(state.report) : []), [state]);
  return useMemo(() => ofKind(ranked, kind), [ranked, kind]);
}
