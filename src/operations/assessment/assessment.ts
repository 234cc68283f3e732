import type { AuditReport } from "../../audit/finding.ts";
import type { AvailabilityReport } from "../../availability/availability-report.ts";
import type { Assumption } from "../../estate/assumptions/assumption.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import type { Figure } from "../../estate/figures/figure.ts";
import type { Place } from "../../estate/sources/place.ts";
import type { CostReport } from "../../finops/cost-report.ts";
import type { StructureReport } from "../../tenancy/structure-report.ts";

/** One of the three worst things: what, why it is worst, where to go on. */
export interface WorstThing {
  readonly question: "structure" | "cost" | "availability";
  readonly sentence: string;
  readonly place?: Place;
  /** Figure or finding behind it, for `explain`. */
  readonly reference: string;
}

/** One of the three facts that would sharpen the answer most. */
export interface SharpeningFact {
  readonly sentence: string;
  /** Document and field to write. */
  readonly replaceBy: string;
  readonly assumption: string;
}

/** What the estate is, for people and programs: counts and names, not the objects themselves. */
export interface EstateSummary {
  readonly name: string;
  readonly sources: readonly string[];
  readonly environments: readonly string[];
  readonly regions: readonly string[];
  readonly clusters: readonly string[];
  readonly tenants: readonly string[];
  readonly applications: readonly string[];
  readonly counts: {
    readonly objects: number;
    readonly workloads: number;
    readonly services: number;
    readonly dependencies: number;
    readonly unknownKinds: number;
  };
  readonly workloads: readonly {
    readonly id: string;
    readonly label: string;
    readonly tenant: string;
    readonly application: string | undefined;
    readonly run: string;
    readonly replicas: { readonly minimum: number; readonly maximum: number };
    readonly place: Place;
  }[];
  readonly dependencies: readonly {
    readonly from: string;
    readonly to: string;
    readonly type: string;
    readonly evidence: readonly { readonly origin: string; readonly text: string; readonly place: Place }[];
  }[];
}

/** The three answers, as `scantling assess -o json` prints them. */
export interface Assessment {
  readonly apiVersion: "scantling/v1alpha1";
  readonly kind: "Assessment";
  readonly estate: EstateSummary;
  readonly headline: {
    readonly monthlyCost: Figure;
    readonly worstJourney: Figure | undefined;
    readonly findings: {
      readonly critical: number;
      readonly high: number;
      readonly medium: number;
      readonly low: number;
      readonly info: number;
      readonly notEvaluable: number;
    };
  };
  readonly worst: readonly WorstThing[];
  readonly sharpen: readonly SharpeningFact[];
  readonly structure: StructureReport;
  readonly cost: CostReport;
  readonly availability: AvailabilityReport;
  readonly findings: AuditReport["findings"];
  readonly verdicts: AuditReport["verdicts"];
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
  /** Dates of the fact tables used. */
  readonly catalog: { readonly pricesAsOf: string; readonly slasAsOf: string };
}
