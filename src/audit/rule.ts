import type { Catalog } from "../catalog/catalog.ts";
import type { Figure } from "../estate/figures/figure.ts";
import type { Estate } from "../estate/model/estate.ts";
import type { Place } from "../estate/sources/place.ts";
import type { Placement } from "../scheduling/placement.ts";
import type { RuleAdmission } from "./admission-policies/admission-check.ts";
import type { FindingSeverity, Fix, Verdict } from "./finding.ts";
import type { PeerCheck } from "./peer-check.ts";
import type { Repository } from "./repository/repository.ts";
import type { ParameterValues, RuleParameter } from "./rule-parameter.ts";
import type { EstateStudies } from "./studies/estate-studies.ts";

/** What rules look at. */
export interface AuditContext {
  readonly estate: Estate;
  readonly placement: Placement;
  readonly catalog: Catalog;
  /** Values of the rule's own parameters: its defaults, changed by the profile, then by the Estate. */
  readonly parameters: ParameterValues;
  /** `YYYY-MM-DD`: what support windows and drills are measured against. */
  readonly today: string;
  /** Prices, usage and downtime of the estate; undefined where nobody gave the audit a way to them. */
  readonly studies?: EstateStudies;
  /** The texts before rendering and what became of them; undefined where only objects are at hand. */
  readonly repository?: Repository;
}

/** One rule's verdict on one object or container, before severity and exemptions. A rule that does not apply gives none. */
export interface RuleOutcome {
  readonly verdict: Verdict;
  /** Sub-verdict, such as `4` of `AVL-007.4`. */
  readonly part?: string;
  readonly subject: string;
  readonly subjectLabel: string;
  /** Decides the severity by the environment's criticality; undefined where the subject is in none. */
  readonly environment: string | undefined;
  readonly tenant: string | undefined;
  readonly namespace: string | undefined;
  readonly container?: string;
  /** The field that decides, such as `spec.template.spec.containers[0].image`; part of what identifies the finding. */
  readonly path?: string;
  /** Check of a published standard that the outcome stands for, such as a Pod Security check id. */
  readonly control?: string;
  readonly place: Place;
  /** One sentence with the numbers that decide it; not needed for `pass`. */
  readonly message: string;
  /** For `notEvaluable`: codes of the closed set, such as `needs-P`. */
  readonly missing?: readonly string[];
  readonly fix?: Fix;
  /** Replaces the rule's severity where a sub-verdict weighs less. */
  readonly severity?: FindingSeverity;
  /** Steps by which it weighs more (or less, below 0) here than elsewhere; nothing where the Estate sets the severity. */
  readonly severitySteps?: number;
  /** What the finding costs a month more than it must, in the currency of the bill. */
  readonly monthlyCost?: Figure;
  /** What it adds to the downtime of a year, all journeys together. */
  readonly downtimeMinutesPerYear?: Figure;
  /** Id of the change of the structure that mends it, by which its downtime is found where the rule does not say it. */
  readonly mendedBy?: string;
}

/** Severity by criticality of the environment (production, pre-production, development); undefined: does not apply there. */
interface SeverityByCriticality {
  readonly high: FindingSeverity | undefined;
  readonly medium: FindingSeverity | undefined;
  readonly low: FindingSeverity | undefined;
}

/** What a rule needs to be given before it can judge; what is missing makes it not evaluable (`needs-…`). */
type RuleInput =
  | "manifests"
  | "namespaces"
  | "rbac"
  | "storageClasses"
  | "nodePools"
  | "cluster"
  | "tenants"
  | "objectives"
  | "usage"
  | "prices"
  | "repository"
  | "liveObjects"
  | "deliveryObjects"
  | "environments";

/**
 * What a rule speaks of: `pods`, whatever runs them; `replicas`, pods of workloads that serve; `objects`, anything else.
 * Workloads whose pods cannot be seen are not evaluable for the first two. Left out: concluded from what it judged.
 */
export type RuleSubject = "pods" | "replicas" | "objects";

/** A recommendation that can be checked. Ids never change and are never reused. */
export interface Rule {
  readonly id: string;
  /** Kebab-case. */
  readonly name: string;
  /** What holds when the rule passes, one sentence. */
  readonly title: string;
  readonly severity: SeverityByCriticality;
  readonly inputs: readonly RuleInput[];
  /** The same check in other tools: their ignore annotations are honoured for it. */
  readonly peers?: readonly PeerCheck[];
  /** What a profile or the Estate may change about it. */
  readonly parameters?: readonly RuleParameter[];
  readonly judges?: RuleSubject;
  /** What the API server can check of it when an object is admitted. */
  readonly admission?: RuleAdmission;
  readonly evaluate: (context: AuditContext) => Iterable<RuleOutcome>;
}
