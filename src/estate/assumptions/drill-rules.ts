import type { AssumptionRule } from "./assumption-rule.ts";

/** What is worth testing first. */
export const experimentWorth: AssumptionRule<Record<never, never>> = {
  id: "ASM-217",
  name: "experiment-worth",
  text: () =>
    "An experiment is worth what its failures would cost a month if nothing softened them, times how unsure its prediction is: 1 where an assumption or untried redundancy sets the outcome, 0.5 where a declared time does, 0.25 where the journey is simply down as long as the fault lasts.",
  value: () => "cost x 1, 0.5 or 0.25",
  replaceBy: "the result of the experiment: scantling chaos verify names the field",
};

/** How close to its prediction an observation has to be. */
export const observationTolerance: AssumptionRule<Record<never, never>> = {
  id: "ASM-218",
  name: "observation-tolerance",
  text: () =>
    "An observation agrees when it is within 25 % of its prediction, or within 30 s of it where that is more: probes and windows of metrics are no finer.",
  value: () => "25 %, at least 30 s",
  replaceBy: "--tolerance",
};

/** Window of the budget of a journey that has an objective and no SLO document. */
export const journeyBudgetWindow: AssumptionRule<Record<never, never>> = {
  id: "ASM-219",
  name: "journey-budget-window",
  text: () => "The error budget that an experiment may spend is that of the journey's objective over 30 days.",
  value: () => "30 d",
  replaceBy: "SLO.spec.timeWindow, read by scantling slo budget",
};

/** Every rule of chaos experiments, for the catalogue of assumptions. */
export const drillRules = [experimentWorth, observationTolerance, journeyBudgetWindow] as const;
