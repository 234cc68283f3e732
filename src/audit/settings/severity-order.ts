import type { FindingSeverity } from "../finding.ts";

/** Worst first. */
const severities: readonly FindingSeverity[] = ["critical", "high", "medium", "low", "info"];

/** 0 is worst. */
export function severityRank(severity: FindingSeverity): number {
  return severities.indexOf(severity);
}

export function isAtLeast(severity: FindingSeverity, threshold: FindingSeverity): boolean {
  return severityRank(severity) <= severityRank(threshold);
}
