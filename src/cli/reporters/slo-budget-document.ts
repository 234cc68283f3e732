import { type Figure, likelyValue } from "../../estate/figures/figure.ts";
import type { SloBudget, SloBudgetReport } from "../../operations/slo/slo-budget.ts";
import { bullets, code, type Document, heading, numbered, paragraph, table } from "./document.ts";
import { sharePercent, shortDuration } from "./slo-words.ts";
import { listed } from "./words.ts";

/** Error budgets, the policy, and what to do with budget left. */
export function sloBudgetDocument({ budgets, assumptions }: SloBudgetReport): Document {
  return [
    heading(1, "Error budgets"),
    ...table(
      [
        { title: "SLO" },
        { title: "Objective", align: "right" },
        { title: "Window", align: "right" },
        { title: "Budget", align: "right" },
        { title: "Spent", align: "right" },
        { title: "Expected spend", align: "right" },
        { title: "P(exhausted)", align: "right" },
        { title: "Safely left", align: "right" },
      ],
      budgets.map((budget) => [
        budget.slo,
        budget.objective,
        budget.window,
        minutes(budget.budget),
        budget.measured === undefined ? "-" : share(budget.measured.spent),
        budget.forecast === undefined ? "-" : share(budget.forecast.expectedSpend),
        budget.forecast === undefined ? "-" : share(budget.forecast.exhaustionProbability),
        budget.forecast === undefined ? "-" : minutes(budget.forecast.safeRemainder),
      ]),
    ),
    ...budgets.flatMap(budgetSection),
    ...(assumptions.length === 0 ? [] : [heading(2, "Assumptions")]),
    ...bullets(assumptions.map(({ id, subject, text }) => `${id} ${code(subject)}: ${text}`)),
  ];
}

function budgetSection(budget: SloBudget): Document {
  const rules = budget.policy.filter(({ holds }) => holds === true);
  const open = budget.policy.filter(({ holds }) => holds === "notEvaluable");
  return [
    heading(2, budget.slo),
    ...bullets([...measuredLines(budget), ...forecastLines(budget)]),
    paragraph(
      rules.length === 0 ? "Nothing of the error budget policy holds now." : "The error budget policy asks for:",
    ),
    ...bullets(rules.map(({ when, action }) => `As ${when}: ${action}`)),
    ...(open.length === 0
      ? []
      : [
          paragraph(
            `Not evaluable: whether ${listed(
              open.map(({ when }) => when),
              6,
            )}.`,
          ),
        ]),
    ...(budget.overDelivery.length === 0
      ? []
      : [paragraph("More is delivered than promised. What the budget left is good for:")]),
    ...numbered(budget.overDelivery.map(({ text }) => text)),
  ];
}

function measuredLines({ measured, method, window }: SloBudget): readonly string[] {
  if (measured === undefined) return [];
  const { totalEvents, badEvents, coveredSeconds, spent, burnRates, exhaustedInSeconds } = measured;
  const rates = burnRates.map((each) => `${Number(each.rate.toPrecision(3))} over ${each.window}`);
  return [
    `Measured over ${shortDuration(coveredSeconds)}: ${badEvents.toLocaleString("en-US")} of ${totalEvents.toLocaleString("en-US")} events bad; ${share(spent)} of the budget of ${window} spent, counted by ${method}.`,
    `Burn rate ${listed(rates)}.`,
    exhaustedInSeconds === undefined
      ? "At the rate of the last day the budget lasts."
      : exhaustedInSeconds === 0
        ? "The budget is spent."
        : `At the rate of the last day it is spent in ${shortDuration(exhaustedInSeconds)}.`,
  ];
}

function forecastLines({ forecast, window }: SloBudget): readonly string[] {
  if (forecast === undefined) return ["No forecast: it is not about the availability of a journey of the estate."];
  const { journey, expectedSpend, exhaustionProbability, safeRemainder } = forecast;
  if (expectedSpend.result.kind === "notEvaluable") {
    return [`Forecast by journey ${code(journey)}: not evaluable, it lacks ${listed(expectedSpend.result.missing)}.`];
  }
  return [
    `By the fault tree of journey ${code(journey)}, outages take ${share(expectedSpend)} of the budget of ${window} on average and all of it with ${share(exhaustionProbability)} probability; ${minutes(safeRemainder)} are left with 90 % probability.`,
  ];
}

function share(figure: Figure): string {
  const value = likelyValue(figure);
  return value === undefined ? "not evaluable" : sharePercent(value);
}

function minutes(figure: Figure): string {
  const value = likelyValue(figure);
  return value === undefined ? "not evaluable" : `${Number(value.toPrecision(3)).toLocaleString("en-US")} min`;
}
