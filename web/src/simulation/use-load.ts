import { useMemo } from "react";
import type { Figure } from "../../../src/estate/figures/figure.ts";
import type { StrategyOutcome } from "../../../src/operations/simulation/simulate-load-report.ts";
import type { Texts } from "../assessing/assess-texts.ts";
import { useAnswer } from "../reports/engine-answers.ts";
import type { ReportState } from "../reports/report-source.ts";
import type { ViewState } from "../view-state/view-state.ts";
import { choiceKey, type LoadAnswer, type LoadChoice, type LoadChoices } from "./load-request.ts";
import { readStrategies } from "./strategy-look.ts";

/** The entry points that there are to choose from. */
export function useLoadChoices(texts: Texts | undefined): ReportState<LoadChoices> {
  return useAnswer(texts, { kind: "loadChoices" });
}

/** The entry point that the address names, else the usual one. */
export function chosenEntryPoint(choices: LoadChoices, view: ViewState): LoadChoice | undefined {
  return choices.choices.find((choice) => choiceKey(choice) === view.entryPoint) ?? choices.usual;
}

/** The simulation that the address asks for; nothing is asked for without an entry point. */
export function useLoad(
  texts: Texts | undefined,
  view: ViewState,
  choice: LoadChoice | undefined,
): ReportState<LoadAnswer> {
  const { days } = view;
  const strategies = readStrategies(view.strategies);
  const request =
    choice === undefined
      ? undefined
      : { environment: choice.environment, entryPoint: choice.entryPoint, days: Number(days), strategies };
  return useAnswer(texts, request === undefined ? undefined : { kind: "load", request });
}

const figureKeys = [
  "cost",
  "workloadCost",
  "heldCost",
  "unserved",
  "unservedShare",
  "servedLateShare",
  "coldStarts",
  "starts",
  "pendingSeconds",
  "utilisation",
  "replicaHours",
  "nodeHours",
] as const satisfies readonly (keyof StrategyOutcome)[];

/** Figures of the simulation by id, while one of them is unfolded. */
export function useSimulatedFigures(texts: Texts | undefined, view: ViewState): readonly (readonly [string, Figure])[] {
  const wanted = view.why?.startsWith("simulation/load/") === true ? texts : undefined;
  const choices = useAnswer(wanted, { kind: "loadChoices" });
  const choice = choices.kind === "ready" ? chosenEntryPoint(choices.report, view) : undefined;
  const load = useLoad(wanted, view, choice);
  return useMemo(() => {
    if (load.kind !== "ready" || "problem" in load.report) return [];
    return load.report.strategies.flatMap((outcome) =>
      figureKeys.map((key) => [outcome[key].id, outcome[key]] as const),
    );
  }, [load]);
}
