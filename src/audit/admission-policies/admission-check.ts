import type { FindingSeverity } from "../finding.ts";
import type { ParameterValue } from "../rule-parameter.ts";

/**
 * What an admission check looks at. `pods` are judged after what the API server fills in (defaults of LimitRanges, volumes
 * of service accounts); `podTemplates` where they are written.
 */
export type AdmissionSubject =
  | "pods"
  | "podTemplates"
  | "services"
  | "secrets"
  | "cronJobs"
  | "jobs"
  | "disruptionBudgets";

/** Whose namespaces a check is for: everybody's, those of tenants, or those of tenants with classified data. */
export type AdmissionScope = "everyone" | "tenants" | "classifiedTenants";

/** A sub-verdict of a rule that one object decides alone, as the API server can check it. Data only. */
export interface AdmissionCheck {
  /** Sub-verdict, where the rule has several; left out where the check stands for more than one. */
  readonly part?: string;
  readonly on: AdmissionSubject;
  /** Left out: everybody's namespaces. */
  readonly scope?: AdmissionScope;
  /** Left out unless the rule's parameter has the value. */
  readonly when?: { readonly parameter: string; readonly value: ParameterValue };
  /** Replaces the rule's severity where the sub-verdict weighs less. */
  readonly severity?: FindingSeverity;
  /**
   * CEL that is true where the object may be admitted. It sees `object` and the variables that `admissionVariables` gives
   * to the subject.
   */
  readonly expression: string;
  /** Said to whoever is turned away; one sentence. */
  readonly message: string;
}

/** What admission can enforce of a rule, and what it cannot. */
export interface RuleAdmission {
  readonly checks: readonly AdmissionCheck[];
  /** Sub-verdicts that an admission policy cannot reach, with the reason as the end of "…: ". */
  readonly beyond?: readonly { readonly parts: readonly string[]; readonly reason: string }[];
}
