import { type AuditOptions, auditEstate } from "../../audit/audit-estate.ts";
import type { AuditReport, FindingSeverity, VerdictCounts } from "../../audit/finding.ts";
import type { PodSecurityPolicy } from "../../audit/pod-security/pod-security-policy.ts";
import { evidenceGaps } from "../../audit/report/evidence-gaps.ts";
import { type AuditFinding, type FindingStatus, groupFindings } from "../../audit/report/group-findings.ts";
import { totalFigures } from "../../audit/report/total-figures.ts";
import { rules } from "../../audit/rules/rules.ts";
import { isAtLeast } from "../../audit/settings/severity-order.ts";
import type { StudyEstate } from "../../audit/studies/study-estate.ts";
import type { Catalog } from "../../catalog/catalog.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import type { SourceSet } from "../../estate/sources/source-set.ts";
import { placementOnDemand } from "../../scheduling/placement-on-demand.ts";
import type { ReadEstate } from "../read-estate.ts";
import { type AuditBaseline, baselineProblems } from "./audit-baseline.ts";
import { onlyPodSecurity } from "./audit-pod-security.ts";
import type { Audit } from "./audit-report.ts";

export interface AuditRunOptions {
  /** `YYYY-MM-DD` in UTC: decides which exemptions still hold. */
  readonly today: string;
  /** Instead of the Estate's. */
  readonly profile?: string;
  /** Only these rules, or rules with sub-verdict; every rule where left out. */
  readonly rules?: readonly string[];
  /** Only the Pod Security Standards, one level and version for every pod. */
  readonly podSecurity?: PodSecurityPolicy;
  /** Only these environments, and what is in none. */
  readonly environments?: readonly string[];
  /** Findings that are known: they are listed and do not count. */
  readonly baseline?: AuditBaseline;
  /** Prices, usage and downtime of the estate; without, findings have no cost and rules that need them cannot judge. */
  readonly study?: StudyEstate;
  /** What is wrong with the usage that the study stands on. */
  readonly usageDiagnostics?: readonly Diagnostic[];
  /** Lists each verdict that could not be given, not only what is missing. */
  readonly includeNotEvaluable?: boolean;
}

/** Estate -> placement -> verdicts -> things to fix, worst first. */
export function audit({ estate, sources }: ReadEstate, catalog: Catalog, options: AuditRunOptions): Audit {
  const { today, environments, baseline, includeNotEvaluable = false } = options;
  const placement = placementOnDemand(estate, catalog);
  const studies = options.study?.(estate, placement, catalog);
  const report = auditEstate(estate, placement, catalog, {
    ...auditOptions(options, sources),
    ...(studies === undefined ? {} : { studies }),
  });
  const listed = report.findings.filter(({ verdict }) => includeNotEvaluable || verdict === "fail");
  const known = new Set(baseline?.findings.map(({ fingerprint }) => fingerprint));
  const findings = groupFindings(listed, known);
  const isPartial = [options.rules, options.podSecurity, environments].some((choice) => choice !== undefined);
  return {
    apiVersion: "scantling/v1alpha1",
    kind: "Audit",
    estate: estate.name,
    environments: estate.environments.map(({ name }) => name),
    profile: report.profile,
    day: today,
    summary: {
      objects: estate.objects.length,
      workloads: estate.workloads.length,
      rules: Object.keys(report.verdicts).length,
      verdicts: totalVerdicts(report),
      open: countOpen(findings),
      findings: countByStatus(findings),
      ...totalFigures(findings),
    },
    findings,
    notEvaluable: evidenceGaps(report.findings),
    rules: rules.flatMap(({ id, name, title }) => {
      const verdicts = report.verdicts[id];
      return verdicts === undefined ? [] : [{ id, name, title, verdicts }];
    }),
    diagnostics: [
      ...estate.diagnostics,
      ...(options.usageDiagnostics ?? []),
      ...report.diagnostics,
      ...(baseline === undefined ? [] : baselineProblems(baseline, { estate, findings, isPartial })),
    ],
  };
}

/** What a run's options mean to the engine. */
export function auditOptions(options: AuditRunOptions, { texts }: Pick<SourceSet, "texts">): AuditOptions {
  const { today, profile, environments } = options;
  return {
    today,
    texts,
    ...(profile === undefined ? {} : { profile }),
    ...(options.rules === undefined ? {} : { only: options.rules }),
    ...(options.podSecurity === undefined ? {} : onlyPodSecurity(options.podSecurity)),
    ...(environments === undefined ? {} : { environments }),
  };
}

/** Whether something that counts is at least this severe. */
export function hasOpenFindings({ findings }: Pick<Audit, "findings">, threshold: FindingSeverity): boolean {
  return findings.some(
    ({ verdict, status, severity }) => verdict === "fail" && status === "open" && isAtLeast(severity, threshold),
  );
}

function totalVerdicts({ verdicts }: AuditReport): VerdictCounts {
  const total = { pass: 0, fail: 0, notEvaluable: 0 };
  for (const { pass, fail, notEvaluable } of Object.values(verdicts)) {
    total.pass += pass;
    total.fail += fail;
    total.notEvaluable += notEvaluable;
  }
  return total;
}

function countOpen(findings: readonly AuditFinding[]): Audit["summary"]["open"] {
  const open = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  for (const { verdict, status, severity } of findings)
    if (verdict === "fail" && status === "open") open[severity] += 1;
  return open;
}

function countByStatus(findings: readonly AuditFinding[]): { readonly [status in FindingStatus]: number } {
  const counts = { open: 0, exempted: 0, ignored: 0, baseline: 0 };
  for (const { verdict, status } of findings) if (verdict === "fail") counts[status] += 1;
  return counts;
}
