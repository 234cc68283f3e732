import type { Finding } from "../../audit/finding.ts";
import type { AuditFinding } from "../../audit/report/group-findings.ts";
import { type Figure, likelyValue } from "../../estate/figures/figure.ts";
import { formatMinutes, formatValue } from "../../estate/figures/format-figure.ts";
import type { Audit } from "../../operations/audit/audit-report.ts";

/** What findings are listed by. */
export type FindingSort = "severity" | "cost" | "downtime";

export const findingSorts: readonly FindingSort[] = ["severity", "cost", "downtime"];

/** `USD 120.00/month, 4.2 h down a year`; empty where neither is known. */
export function termsInWords({
  monthlyCost,
  downtimeMinutesPerYear,
}: Pick<Finding, "monthlyCost" | "downtimeMinutesPerYear">): string {
  return [costInWords(monthlyCost), downtimeInWords(downtimeMinutesPerYear)].filter((part) => part !== "").join(", ");
}

/** `USD 120.00/month`; empty where it is not known. */
function costInWords(monthlyCost: Figure | undefined): string {
  const value = monthlyCost === undefined ? undefined : likelyValue(monthlyCost);
  return monthlyCost === undefined || value === undefined ? "" : formatValue(value, monthlyCost.unit);
}

/** `4.2 h down a year`, with the high end where constraints hold back what could happen; empty where it is not known. */
function downtimeInWords(downtime: Figure | undefined): string {
  if (downtime === undefined) return "";
  const { result } = downtime;
  if (result.kind === "range") {
    return result.likely < result.high / 100
      ? `up to ${formatMinutes(result.high)} down a year`
      : `${formatMinutes(result.likely)} down a year, up to ${formatMinutes(result.high)}`;
  }
  const value = likelyValue(downtime);
  return value === undefined ? "" : `${formatMinutes(value)} down a year`;
}

/** The findings in the order that was asked for; what has no amount comes last, as it was. */
export function sortedFindings(findings: readonly AuditFinding[], by: FindingSort): readonly AuditFinding[] {
  if (by === "severity") return findings;
  const amount = ({ monthlyCost, downtimeMinutesPerYear }: AuditFinding): number => {
    const figure = by === "cost" ? monthlyCost : downtimeMinutesPerYear;
    return figure === undefined ? -1 : mostOf(figure);
  };
  return findings.toSorted((left, right) => amount(right) - amount(left));
}

function mostOf({ result }: Figure): number {
  return result.kind === "range" ? result.high : result.kind === "exact" ? result.value : 0;
}

/** What all open findings cost, in a sentence or two; empty where none has an amount. */
export function totalsInWords({ summary: { monthlyCost, downtimeMinutesPerYear } }: Audit): string {
  const sentences = [
    monthlyCost === undefined ? "" : `Findings with a price cost ${span(monthlyCost, formatValue)}`,
    downtimeMinutesPerYear === undefined
      ? ""
      : `Findings that journeys feel cost ${span(downtimeMinutesPerYear, formatMinutes)} of downtime a year`,
  ].filter((part) => part !== "");
  if (sentences.length === 0) return "";
  const overlap = [monthlyCost, downtimeMinutesPerYear].some((figure) => figure?.result.kind === "bounds");
  return `${sentences.join(". ")}${overlap ? "; they overlap, so the sum is the most" : ""}.`;
}

function span({ result, unit }: Figure, format: (value: number, unit: string) => string): string {
  if (result.kind === "bounds")
    return `at most ${format(result.upper, unit)}, the largest ${format(result.lower, unit)}`;
  return result.kind === "exact" ? format(result.value, unit) : "";
}
