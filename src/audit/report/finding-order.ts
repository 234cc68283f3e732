import { formatPlace } from "../../estate/sources/place.ts";
import type { Finding } from "../finding.ts";
import { severityRank } from "../settings/severity-order.ts";

/** Fails before what is not evaluable, worst first; then by rule, object, container, field and place. */
export function compareFindings(left: Finding, right: Finding): number {
  return (
    Number(left.verdict === "notEvaluable") - Number(right.verdict === "notEvaluable") ||
    severityRank(left.severity) - severityRank(right.severity) ||
    compareText(left.rule, right.rule) ||
    compareText(left.subject, right.subject) ||
    compareText(left.container ?? "", right.container ?? "") ||
    compareText(left.path ?? "", right.path ?? "") ||
    compareText(formatPlace(left.place), formatPlace(right.place)) ||
    compareText(left.message, right.message)
  );
}

export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
