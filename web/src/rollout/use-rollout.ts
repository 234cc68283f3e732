import { useMemo } from "react";
import type { Figure } from "../../../src/estate/figures/figure.ts";
import type { Texts } from "../assessing/assess-texts.ts";
import { useAnswer } from "../reports/engine-answers.ts";
import type { ReportState } from "../reports/report-source.ts";
import type { ViewState } from "../view-state/view-state.ts";
import { chosenPolicy, errorRange, readInput, trafficRange } from "./rollout-inputs.ts";
import type { RolloutAnswer, RolloutChoices } from "./rollout-request.ts";

/** The policies that there are to choose from. */
export function useRolloutChoices(texts: Texts | undefined): ReportState<RolloutChoices> {
  return useAnswer(texts, { kind: "rolloutChoices" });
}

/** What the policy that the address names does. */
export function useRollout(
  texts: Texts | undefined,
  view: ViewState,
  choices: RolloutChoices | undefined,
): ReportState<RolloutAnswer> {
  const policy = choices === undefined ? undefined : chosenPolicy(choices, view);
  const request =
    policy === undefined
      ? undefined
      : {
          policy: policy.key,
          requestsPerSecond: readInput(view.traffic, trafficRange),
          errorRate: readInput(view.errorRate, errorRange),
        };
  return useAnswer(texts, request === undefined ? undefined : { kind: "rollout", request });
}

const none: readonly (readonly [string, Figure])[] = [];

/** Figures of the rollout by id, while one of them is unfolded. */
export function useRolloutFigures(texts: Texts | undefined, view: ViewState): readonly (readonly [string, Figure])[] {
  const wanted = view.why?.startsWith("rollout/") === true ? texts : undefined;
  const choices = useRolloutChoices(wanted);
  const state = useRollout(wanted, view, choices.kind === "ready" ? choices.report : undefined);
  return useMemo(() => {
    if (state.kind !== "ready") return none;
    const figures = state.report.report.policies.flatMap(({ runs }) => runs.flatMap((run) => run.figures));
    return figures.map((figure) => [figure.id, figure] as const);
  }, [state]);
}
