import { acceptanceDiagnosticRules } from "./acceptance-diagnostics.ts";
import { adapterDiagnosticRules } from "./adapter-diagnostics.ts";
import { auditDiagnosticRules } from "./audit-diagnostics.ts";
import { auditFixDiagnosticRules } from "./audit-fix-diagnostics.ts";
import { availabilityDiagnosticRules } from "./availability-diagnostics.ts";
import { availabilitySimulationDiagnosticRules } from "./availability-simulation-diagnostics.ts";
import { bindingDiagnosticRules } from "./binding-diagnostics.ts";
import { catalogDiagnosticRules } from "./catalog-diagnostics.ts";
import { chaosDiagnosticRules } from "./chaos-diagnostics.ts";
import { cloudTargetDiagnosticRules } from "./cloud-target-diagnostics.ts";
import { commitmentDiagnosticRules } from "./commitment-diagnostics.ts";
import { consistencyDiagnosticRules } from "./consistency-diagnostics.ts";
import { costSourceDiagnosticRules } from "./cost-source-diagnostics.ts";
import { deliveryDiagnosticRules } from "./delivery-diagnostics.ts";
import type { Diagnostic, DiagnosticSeverity } from "./diagnostic.ts";
import { documentDiagnosticRules } from "./document-diagnostics.ts";
import { finopsDiagnosticRules } from "./finops-diagnostics.ts";
import { gitopsDiagnosticRules } from "./gitops-diagnostics.ts";
import { importDiagnosticRules } from "./import-diagnostics.ts";
import { kustomizeDiagnosticRules } from "./kustomize-diagnostics.ts";
import { loadDiagnosticRules } from "./load-diagnostics.ts";
import { manifestDiagnosticRules } from "./manifest-diagnostics.ts";
import { objectiveDiagnosticRules } from "./objective-diagnostics.ts";
import { onboardingDiagnosticRules } from "./onboarding-diagnostics.ts";
import { openPsaDiagnosticRules } from "./open-psa-diagnostics.ts";
import { planWritingDiagnosticRules } from "./plan-writing-diagnostics.ts";
import { planningDiagnosticRules } from "./planning-diagnostics.ts";
import { reachabilityDiagnosticRules } from "./reachability-diagnostics.ts";
import { readingDiagnosticRules } from "./reading-diagnostics.ts";
import { rebuildDiagnosticRules } from "./rebuild-diagnostics.ts";
import { referenceDiagnosticRules } from "./reference-diagnostics.ts";
import { renderDiagnosticRules } from "./render-diagnostics.ts";
import { replayDiagnosticRules } from "./replay-diagnostics.ts";
import { schedulingDiagnosticRules } from "./scheduling-diagnostics.ts";
import { sizingDiagnosticRules } from "./sizing-diagnostics.ts";
import { sloDiagnosticRules } from "./slo-diagnostics.ts";
import { worksheetDiagnosticRules } from "./worksheet-diagnostics.ts";

/** A rule without its parameters, as catalogues list it. */
export interface DiagnosticEntry {
  readonly code: string;
  readonly name: string;
  readonly severity: DiagnosticSeverity;
}

/** Every problem that can be reported. */
export const diagnosticRules = [
  ...readingDiagnosticRules,
  ...kustomizeDiagnosticRules,
  ...documentDiagnosticRules,
  ...referenceDiagnosticRules,
  ...bindingDiagnosticRules,
  ...objectiveDiagnosticRules,
  ...manifestDiagnosticRules,
  ...acceptanceDiagnosticRules,
  ...adapterDiagnosticRules,
  ...catalogDiagnosticRules,
  ...reachabilityDiagnosticRules,
  ...auditDiagnosticRules,
  ...auditFixDiagnosticRules,
  ...openPsaDiagnosticRules,
  ...worksheetDiagnosticRules,
  ...chaosDiagnosticRules,
  ...schedulingDiagnosticRules,
  ...loadDiagnosticRules,
  ...replayDiagnosticRules,
  ...finopsDiagnosticRules,
  ...commitmentDiagnosticRules,
  ...costSourceDiagnosticRules,
  ...sizingDiagnosticRules,
  ...sloDiagnosticRules,
  ...availabilityDiagnosticRules,
  ...availabilitySimulationDiagnosticRules,
  ...rebuildDiagnosticRules,
  ...deliveryDiagnosticRules,
  ...consistencyDiagnosticRules,
  ...planningDiagnosticRules,
  ...gitopsDiagnosticRules,
  ...importDiagnosticRules,
  ...cloudTargetDiagnosticRules,
  ...renderDiagnosticRules,
  ...planWritingDiagnosticRules,
  ...onboardingDiagnosticRules,
];

/** The same as catalogues list them, in the order of the codes. */
export const diagnosticCatalogue: readonly DiagnosticEntry[] = diagnosticRules
  .map(({ code, name, severity }) => ({ code, name, severity }))
  .toSorted((left, right) => (left.code < right.code ? -1 : 1));

/**
 * Causes before consequences: errors of reading and rendering first, then references and the rest. Among them the order
 * of place: source, line, column; then code and message. What has no place comes first.
 */
export function compareDiagnostics(left: Diagnostic, right: Diagnostic): number {
  return (
    rankOf(left) - rankOf(right) ||
    compareTexts(left.place?.source ?? "", right.place?.source ?? "") ||
    (left.place?.line ?? 0) - (right.place?.line ?? 0) ||
    (left.place?.column ?? 0) - (right.place?.column ?? 0) ||
    compareTexts(left.code, right.code) ||
    compareTexts(left.message, right.message)
  );
}

function rankOf({ code, severity }: Diagnostic): number {
  return severity === "error" && /^EST-[014]/.test(code) ? 0 : 1;
}

function compareTexts(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
