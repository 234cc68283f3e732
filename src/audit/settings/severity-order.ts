import type { FindingSeverity } from "../finding.ts";

/** Worst first. */
const severities: readonly FindingSeverity[] = ["critical", "high", "medium", "low", "info"];

/** 0 is worst. */
export function severityRank(severity: FindingSeverity): number {
  return severities.indexOf(severity);
}

/** Moved by so many steps towards critical, but never down to info; what only informs stays information. */
export function movedBy(severity: FindingSeverity, steps: number): FindingSeverity {
  if (severity === "info") return severity;
  const rank = Math.min(severityRank("low"), Math.max(0, severityRank(severity) - steps));
  return severities[rank] ?? severity;
}

export function isAtLeast(severity: FindingSeverity, threshold: FindingSeverity): boolean {
  return severityRank(severity) <= severityRank(threshold);
}
