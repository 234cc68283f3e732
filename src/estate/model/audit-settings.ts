import type { Place } from "../sources/place.ts";

type SettableSeverity = "critical" | "high" | "medium" | "low" | "info" | "none";

/** What the Estate changes about a rule, or about one of its sub-verdicts. */
export interface RuleSetting {
  readonly enabled: boolean | undefined;
  /** By criticality of the environment; what is left out keeps the rule's own. */
  readonly severity: {
    readonly high?: SettableSeverity;
    readonly medium?: SettableSeverity;
    readonly low?: SettableSeverity;
  };
  readonly parameters: { readonly [name: string]: string | number | boolean };
  readonly place: Place;
}

/** A rule that is not held against some objects, for a time. What the selector leaves out, it does not ask for. */
export interface Exemption {
  /** Rule, or rule with sub-verdict. */
  readonly rule: string;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly kind: string | undefined;
  readonly container: string | undefined;
  readonly environment: string | undefined;
  /** Labels of the object itself. */
  readonly labels: { readonly [key: string]: string };
  readonly reason: string;
  readonly owner: string;
  /** Last day it holds, `YYYY-MM-DD`. */
  readonly until: string;
  readonly place?: Place;
}

/** How the estate wants to be audited. */
export interface AuditSettings {
  readonly profile: string | undefined;
  readonly profilePlace?: Place;
  /** By rule id, or by rule id with sub-verdict. */
  readonly rules: ReadonlyMap<string, RuleSetting>;
  /** Those of the whole estate; tenants have their own. */
  readonly exemptions: readonly Exemption[];
}

/** What holds where the Estate says nothing about audits. */
export const noAuditSettings: AuditSettings = { profile: undefined, rules: new Map(), exemptions: [] };
