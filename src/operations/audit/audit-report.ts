import type { FindingSeverity, VerdictCounts } from "../../audit/finding.ts";
import type { EvidenceGap } from "../../audit/report/evidence-gaps.ts";
import type { AuditFinding, FindingStatus } from "../../audit/report/group-findings.ts";
import type { FindingTotals } from "../../audit/report/total-figures.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";

/** Verdicts of one rule that applied. */
export interface AuditedRule {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  /** One for each object or container in each environment. */
  readonly verdicts: VerdictCounts;
}

/** What an audit found, as `scantling audit -o json` prints it. */
export interface Audit {
  readonly apiVersion: "scantling/v1alpha1";
  readonly kind: "Audit";
  readonly estate: string;
  /** In order of promotion. */
  readonly environments: readonly string[];
  readonly profile: string;
  /** The day that exemptions were held against, `YYYY-MM-DD`. */
  readonly day: string;
  readonly summary: FindingTotals & {
    readonly objects: number;
    readonly workloads: number;
    /** Rules that applied to something. */
    readonly rules: number;
    readonly verdicts: VerdictCounts;
    /** Open findings by severity. */
    readonly open: { readonly [severity in FindingSeverity]: number };
    /** All findings by status. */
    readonly findings: { readonly [status in FindingStatus]: number };
  };
  /** Fails, worst first, one for each thing to fix; then, where asked for, what is not evaluable. */
  readonly findings: readonly AuditFinding[];
  /** What is not evaluable, by what is missing. */
  readonly notEvaluable: readonly EvidenceGap[];
  readonly rules: readonly AuditedRule[];
  readonly diagnostics: readonly Diagnostic[];
}
