import type { JourneyAvailability } from "../../availability/availability-report.ts";
import { type Figure, type FigureResult, notEvaluableFigure } from "../../estate/figures/figure.ts";
import type { Journey } from "../../estate/model/application.ts";

/** What the journey's downtime costs a month; undefined where nobody says what a minute of it costs. */
export function downtimeCostFigure(
  { downtimeMinutesPerMonth }: Pick<JourneyAvailability, "downtimeMinutesPerMonth">,
  { id, downtimeCostPerMinute, place }: Journey,
  currency: string,
): Figure | undefined {
  if (downtimeCostPerMinute === undefined) return undefined;
  const figureId = `availability/${id}/downtime-cost`;
  const label = "cost of downtime in an average month";
  const unit = `${currency}/month`;
  const { result } = downtimeMinutesPerMonth;
  const reasons: Figure["reasons"] = [
    { kind: "formula", text: "downtime in an average month x cost of a minute of downtime" },
    {
      kind: "declared",
      name: `cost of a minute of downtime of ${id}`,
      value: downtimeCostPerMinute,
      unit: currency,
      ...(place === undefined ? {} : { place }),
    },
    { kind: "figure", figure: downtimeMinutesPerMonth },
  ];
  if (result.kind === "notEvaluable") return notEvaluableFigure(figureId, label, unit, result.missing, reasons);
  return { id: figureId, label, unit, result: scaled(result, downtimeCostPerMinute), reasons };
}

function scaled(result: Exclude<FigureResult, { kind: "notEvaluable" }>, factor: number): FigureResult {
  switch (result.kind) {
    case "exact":
      return { ...result, value: result.value * factor };
    case "range":
      return { ...result, low: result.low * factor, likely: result.likely * factor, high: result.high * factor };
    case "bounds":
      return { ...result, lower: result.lower * factor, upper: result.upper * factor };
    case "interval":
      return {
        ...result,
        lower: result.lower * factor,
        median: result.median * factor,
        upper: result.upper * factor,
      };
  }
}
