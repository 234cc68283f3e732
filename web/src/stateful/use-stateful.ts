import { useMemo } from "react";
import type { Figure } from "../../../src/estate/figures/figure.ts";
import type { Texts } from "../assessing/assess-texts.ts";
import { useAnswer } from "../reports/engine-answers.ts";
import type { ReportState } from "../reports/report-source.ts";
import type { ViewState } from "../view-state/view-state.ts";
import type { StatefulAnswers } from "./stateful-request.ts";
import { type StoresOnMap, storesOnMap } from "./stores-on-map.ts";

export function useAdvice(texts: Texts | undefined): ReportState<StatefulAnswers["advice"]> {
  return useAnswer(texts, { kind: "stateful", request: { part: "advice" } });
}

export function useTimelines(texts: Texts | undefined): ReportState<StatefulAnswers["timelines"]> {
  return useAnswer(texts, { kind: "stateful", request: { part: "timelines" } });
}

/** A run on a store as the address has it; nothing is played without a store. */
export function useRun(
  texts: Texts | undefined,
  store: string | undefined,
  { level, token }: ViewState,
): ReportState<StatefulAnswers["run"]> {
  const run = {
    store: store ?? "",
    ...(level === undefined ? {} : { level }),
    ...(token === "declared" ? {} : { keepsToken: token === "kept" }),
  };
  return useAnswer(texts, store === undefined ? undefined : { kind: "stateful", request: { part: "run", run } });
}

/** What the map says of stores; undefined under the other lenses and until it is known. */
export function useStoresOnMap(texts: Texts | undefined, { lens }: ViewState): StoresOnMap | undefined {
  const wanted = lens === "stateful" ? texts : undefined;
  const advice = useAdvice(wanted);
  const timelines = useTimelines(wanted);
  return useMemo(
    () =>
      wanted !== undefined && advice.kind === "ready" && timelines.kind === "ready"
        ? storesOnMap(advice.report, timelines.report)
        : undefined,
    [wanted, advice, timelines],
  );
}

const none: readonly (readonly [string, Figure])[] = [];

/** Figures of stores by id, while one of them is unfolded. */
export function useStatefulFigures(
  texts: Texts | undefined,
  { why }: ViewState,
): readonly (readonly [string, Figure])[] {
  const wanted = why?.startsWith("stateful/") === true ? texts : undefined;
  const advice = useAdvice(wanted);
  const timelines = useTimelines(wanted);
  return useMemo(() => {
    if (wanted === undefined) return none;
    const advised = advice.kind === "ready" ? advice.report.stores.flatMap(({ options }) => options) : [];
    const timed = timelines.kind === "ready" ? timelines.report.stores.flatMap((store) => store.timelines) : [];
    const figures = [
      ...advised.flatMap(({ monthlyCost, availability, totalCost }) => [monthlyCost, availability, totalCost]),
      ...timed.flatMap(({ rtoSeconds, rpoSeconds }) => [rtoSeconds, rpoSeconds]),
    ];
    return figures.map((figure) => [figure.id, figure] as const);
  }, [wanted, advice, timelines]);
}
