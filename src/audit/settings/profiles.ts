import type { FindingSeverity } from "../finding.ts";
import type { Rule } from "../rule.ts";

export type Criticality = "high" | "medium" | "low";

/** A named set of rules with their severities. */
export interface AuditProfile {
  readonly name: string;
  /** What it is for, one sentence. */
  readonly description: string;
  /** Severity of a rule in environments of a criticality; undefined: not part of the profile there. */
  readonly severity: (rule: Rule, criticality: Criticality) => FindingSeverity | undefined;
  /** Findings below it are left out. */
  readonly leastSeverity: FindingSeverity;
  /** Whether parameters take their strict values. */
  readonly strictParameters: boolean;
}

const grave: ReadonlySet<FindingSeverity | undefined> = new Set(["critical", "high"]);

/** What to start with: the rules whose breach in production is an outage or a breach of isolation waiting to happen. */
const baseline: AuditProfile = {
  name: "baseline",
  description:
    "The least that a repository should keep to: only rules that are critical or high in production, and only such findings.",
  severity: (rule, criticality) => (grave.has(rule.severity.high) ? rule.severity[criticality] : undefined),
  leastSeverity: "high",
  strictParameters: false,
};

export const defaultProfile: AuditProfile = {
  name: "default",
  description: "Every rule, with its own severities by criticality of the environment.",
  severity: (rule, criticality) => rule.severity[criticality],
  leastSeverity: "info",
  strictParameters: false,
};

const strict: AuditProfile = {
  name: "strict",
  description:
    "Every rule in every environment as if it were production, with the strict values of the rules' parameters.",
  severity: (rule) => rule.severity.high,
  leastSeverity: "info",
  strictParameters: true,
};

/** From the least to the most demanding. */
export const auditProfiles: readonly AuditProfile[] = [baseline, defaultProfile, strict];
