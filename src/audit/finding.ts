import type { Diagnostic } from "../estate/diagnostics/diagnostic.ts";
import type { Figure } from "../estate/figures/figure.ts";
import type { Place } from "../estate/sources/place.ts";
import type { ManifestChange } from "./manifest-change.ts";
import type { PeerTool } from "./peer-check.ts";

export type FindingSeverity = "critical" | "high" | "medium" | "low" | "info";
export type Verdict = "pass" | "fail" | "notEvaluable";

/** A change of one field that would turn the verdict, as a person would write it. */
export interface Fix {
  readonly description: string;
  /** Manifest fragment to merge, as YAML text. */
  readonly patch?: string;
  /** The same as data, so that it can be applied; absent where only a person can decide. */
  readonly changes?: readonly ManifestChange[];
}

/** One rule's verdict on one object (or container). `pass` is counted, not listed. */
export interface Finding {
  /** Rule id with its sub-verdict, such as `AVL-007.4`. */
  readonly rule: string;
  /** Rule name, kebab-case. */
  readonly name: string;
  readonly verdict: Exclude<Verdict, "pass">;
  readonly severity: FindingSeverity;
  /** Workload, cluster or object id, shortest unique form in `subjectLabel`. */
  readonly subject: string;
  readonly subjectLabel: string;
  readonly environment: string | undefined;
  readonly container?: string;
  /** The field that decides, such as `spec.template.spec.containers[0].image`. */
  readonly path?: string;
  /** Check of a published standard that it stands for, such as a Pod Security check id. */
  readonly control?: string;
  /** One sentence with the numbers that decide it. */
  readonly message: string;
  readonly place: Place;
  /** What is missing, for `notEvaluable`: the closed set of the audit note, such as `needs-P`. */
  readonly missing?: readonly string[];
  readonly fix?: Fix;
  /** What it costs a month more than it must, where that is known. */
  readonly monthlyCost?: Figure;
  /** What it adds to the downtime of a year, all journeys together, where that is known. */
  readonly downtimeMinutesPerYear?: Figure;
  /** What silences it, if anything does. */
  readonly exemptedBy?: FindingExemption;
}

/** An exemption of the estate or of a tenant, or an ignore annotation of another tool. */
export interface FindingExemption {
  /** Tenant whose exemption it is; absent for one of the estate. */
  readonly tenant?: string;
  /** Tool whose annotation it is, and the check that the annotation names. */
  readonly tool?: PeerTool;
  readonly check?: string;
  readonly reason: string;
  /** Always there for exemptions; annotations name neither. */
  readonly owner?: string;
  readonly until?: string;
}

export interface VerdictCounts {
  readonly pass: number;
  readonly fail: number;
  readonly notEvaluable: number;
}

export interface AuditReport {
  /** Worst first; not evaluable ones last. */
  readonly findings: readonly Finding[];
  /** Verdicts by rule, for all rules that applied. */
  readonly verdicts: { readonly [rule: string]: VerdictCounts };
  /** Name of the profile that decided. */
  readonly profile: string;
  /** Problems of the settings and exemptions, and defects of rules. */
  readonly diagnostics: readonly Diagnostic[];
}
