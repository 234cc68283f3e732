import { useMemo, useSyncExternalStore } from "react";
import type { Figure } from "../../../src/estate/figures/figure.ts";
import type { Availability } from "../../../src/operations/availability/availability.ts";
import type { Texts } from "../assessing/assess-texts.ts";
import { figuresWithin } from "../bill/figures-within.ts";
import { useAnswer } from "../reports/engine-answers.ts";
import type { ReportState } from "../reports/report-source.ts";
import type { ViewState } from "../view-state/view-state.ts";
import type { AvailabilityAnswers, AvailabilityRequest } from "./availability-request.ts";
import { type WorkState, workBookOver } from "./long-work.ts";

/** Journeys with all that follows from their figures. */
export function useDepth(texts: Texts | undefined): ReportState<Availability> {
  const state = useAnswer(texts, { kind: "availability", request: { what: "depth" } });
  return state as ReportState<Availability>;
}

interface LongWork<What extends AvailabilityRequest["what"]> {
  readonly state: WorkState<AvailabilityAnswers[What]>;
  readonly start: () => void;
  readonly stop: () => void;
}

/** Work that takes seconds, and is done when somebody asks for it. */
export function useLongWork<What extends "changes" | "years">(
  texts: Texts | undefined,
  what: What,
  environment: string,
): LongWork<What> {
  const request: AvailabilityRequest = { what, environment };
  const key = JSON.stringify(request);
  const book = useMemo(() => (texts === undefined ? undefined : workBookOver(texts)), [texts]);
  const state = useSyncExternalStore(book?.subscribe ?? neverChanges, () => book?.state(key) ?? idle);
  return {
    // What is kept under the key of a request is the answer to it.
    state: state as WorkState<AvailabilityAnswers[What]>,
    start: () => book?.start(key, { kind: "availability", request }),
    stop: () => book?.stop(key),
  };
}

const idle = { kind: "idle" } as const;
const none: readonly (readonly [string, Figure])[] = [];

/** Figures of the availability view by id, while one of them is unfolded. */
export function useAvailabilityFigures(
  texts: Texts | undefined,
  view: ViewState,
): readonly (readonly [string, Figure])[] {
  const wanted = view.why !== undefined && view.table === "availability" && view.view !== "map" ? texts : undefined;
  const depth = useDepth(wanted);
  const environment = view.journey?.split("/")[0] ?? "";
  const own = depth.kind === "ready" ? (depth.report.changesFor[0] ?? "") : "";
  const changes = useLongWork(wanted, "changes", environment === "" ? own : environment).state;
  return useMemo(() => {
    if (depth.kind !== "ready") return none;
    const further = changes.kind === "done" ? [...figuresWithin(changes.answer)] : [];
    return [...further, ...figuresWithin(depth.report)];
  }, [depth, changes]);
}

function neverChanges(): () => void {
  return () => undefined;
}
