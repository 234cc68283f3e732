import type { Figure } from "../../../src/estate/figures/figure.ts";
import { formatValue } from "../../../src/estate/figures/format-figure.ts";
import { exactMoney, wholeMoney } from "./money.ts";

/** A figure as the page shows it: the number, and what is said of its certainty. */
export interface FigureText {
  readonly value: string;
  /** Low and high, bounds, or what is missing; empty for an exact number. */
  readonly certainty: string;
}

/** The figure in short form: amounts of money without cents from 10 on, other units as everywhere. */
export function figureText(figure: Figure, digits: "whole" | "exact" = "whole"): FigureText {
  const { result } = figure;
  const text = (value: number) => valueIn(figure.unit, value, digits);
  switch (result.kind) {
    case "exact":
      return { value: text(result.value), certainty: "" };
    case "range":
      return { value: text(result.likely), certainty: `${text(result.low)} – ${text(result.high)}` };
    case "bounds":
      return { value: `${text(result.lower)} – ${text(result.upper)}`, certainty: `certain bounds, ${result.method}` };
    case "interval":
      return {
        value: text(result.median),
        certainty: `${Math.round(result.coverage * 100)}% of runs: ${text(result.lower)} – ${text(result.upper)}`,
      };
    case "notEvaluable":
      return { value: "not evaluable", certainty: `needs ${result.missing.join(", ")}` };
  }
}

function valueIn(unit: string, value: number, digits: "whole" | "exact"): string {
  const [currency = "", ...per] = unit.split("/");
  if (!/^[A-Z]{3}$/.test(currency)) return formatValue(value, unit);
  // A price below a cent would read as nothing.
  if (value !== 0 && Math.abs(value) < 0.1) return formatValue(value, unit);
  const money = digits === "exact" ? exactMoney(value, currency) : wholeMoney(value, currency);
  return [money, ...per].join("/");
}
