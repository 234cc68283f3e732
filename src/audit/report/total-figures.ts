import { type Figure, likelyValue } from "../../estate/figures/figure.ts";
import type { AuditFinding } from "./group-findings.ts";

/** What open findings cost and how long they last, together. */
export interface FindingTotals {
  readonly monthlyCost?: Figure;
  readonly downtimeMinutesPerYear?: Figure;
}

/** Totals over the findings that count; absent where none of them has an amount. */
export function totalFigures(findings: readonly AuditFinding[]): FindingTotals {
  const open = findings.filter(({ status, verdict }) => status === "open" && verdict === "fail");
  const monthlyCost = totalOf(
    open.map((finding) => finding.monthlyCost),
    "audit/total/monthly-cost",
    "Cost of the open findings",
    ({ id }) => id,
  );
  const downtimeMinutesPerYear = totalOf(
    open.map((finding) => finding.downtimeMinutesPerYear),
    "audit/total/downtime-per-year",
    "Downtime of the open findings",
    withoutRule,
  );
  return {
    ...(monthlyCost === undefined ? {} : { monthlyCost }),
    ...(downtimeMinutesPerYear === undefined ? {} : { downtimeMinutesPerYear }),
  };
}

/** Rules that one change mends, or that speak of one journey, speak of one downtime: `audit/RULE/what/downtime-per-year`. */
function withoutRule({ id }: Figure): string {
  return id.split("/").slice(2).join("/");
}

/**
 * Findings overlap: what one change gives back, another cannot give back again. So that the total lies between the largest
 * and the sum, each thing once.
 */
function totalOf(
  figures: readonly (Figure | undefined)[],
  id: string,
  label: string,
  keyOf: (figure: Figure) => string,
): Figure | undefined {
  const distinct = new Map<string, Figure>();
  for (const figure of figures) {
    if (figure === undefined) continue;
    const known = distinct.get(keyOf(figure));
    const isLarger = known === undefined || (likelyValue(known) ?? 0) < (likelyValue(figure) ?? 0);
    if (isLarger) distinct.set(keyOf(figure), figure);
  }
  const [first] = distinct.values();
  if (first === undefined) return undefined;
  const values = [...distinct.values()].map((figure) => likelyValue(figure) ?? 0);
  const lower = Math.max(...values);
  const upper = Math.round(values.reduce((sum, value) => sum + value, 0) * 100) / 100;
  const text = `the largest of ${values.length} at least, their sum at most, as findings overlap`;
  const reasons = [{ kind: "formula" as const, text }];
  const result =
    values.length === 1
      ? ({ kind: "exact", value: lower } as const)
      : ({ kind: "bounds", lower, upper, method: "findings overlap" } as const);
  return { id, label, unit: first.unit, result, reasons };
}
