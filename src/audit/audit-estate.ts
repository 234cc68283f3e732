import type { Catalog } from "../catalog/catalog.ts";
import { findingDowntimeUntried } from "../estate/diagnostics/audit-diagnostics.ts";
import type { Diagnostic } from "../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../estate/diagnostics/diagnostic-rule.ts";
import type { Estate } from "../estate/model/estate.ts";
import type { Placement } from "../scheduling/placement.ts";
import { auditedObjects } from "./audited-objects.ts";
import { DeclaredExemptions } from "./exemptions/declared-exemptions.ts";
import { IgnoreAnnotations } from "./exemptions/ignore-annotations.ts";
import type { AuditReport, Finding, FindingExemption, FindingSeverity, VerdictCounts } from "./finding.ts";
import { compareFindings } from "./report/finding-order.ts";
import { readRepository } from "./repository/repository.ts";
import type { Rule, RuleOutcome } from "./rule.ts";
import { rules as allRules } from "./rules/rules.ts";
import { runRule } from "./run-rule.ts";
import { effectiveRules, ruleCode, ruleIdOf } from "./settings/effective-rules.ts";
import type { Criticality } from "./settings/profiles.ts";
import type { EstateStudies } from "./studies/estate-studies.ts";

export interface AuditOptions {
  /** `YYYY-MM-DD`: exemptions end after their last day. */
  readonly today: string;
  /** Instead of the Estate's. */
  readonly profile?: string;
  /** Only these rules, or rules with sub-verdict; every rule where left out. */
  readonly only?: readonly string[];
  /** Only these environments, and what is in none. */
  readonly environments?: readonly string[];
  /** Texts of the sources: for ignore comments, and for rules about the repository before it is rendered. */
  readonly texts?: ReadonlyMap<string, string>;
  /** Prices, usage and downtime: rules that need them are not evaluable without, and findings have no cost. */
  readonly studies?: EstateStudies;
  /** The rules there are. */
  readonly rules?: readonly Rule[];
}

/** Runs every rule over the estate. Passes are counted; fails and what is not evaluable are listed, worst first. */
export function auditEstate(
  estate: Estate,
  placement: Placement,
  catalog: Catalog,
  options: AuditOptions,
): AuditReport {
  const rules = options.rules ?? allRules;
  const { profile, rules: effective, diagnostics } = effectiveRules(rules, estate.audit, options.profile);
  const silence = silencing(estate, options);
  const criticality = criticalityOf(estate);
  const { today, texts, studies } = options;
  const given = {
    estate,
    placement,
    catalog,
    today,
    ...(studies === undefined ? {} : { studies }),
    ...(texts === undefined ? {} : { repository: readRepository(texts) }),
  };
  const findings: MendableFinding[] = [];
  const verdicts: { [rule: string]: VerdictCounts } = {};
  const defects: Diagnostic[] = [];
  const judged = new Set<string>();
  for (const { rule, parameters, severityOf } of effective) {
    if (options.only !== undefined && !options.only.some((code) => ruleIdOf(code) === rule.id)) continue;
    const counts = { pass: 0, fail: 0, notEvaluable: 0 };
    const defect = runRule(rule, { ...given, parameters }, (outcome) => {
      if (!isWanted(rule, outcome, options)) return;
      const severity = severityOf(outcome, criticality(outcome.environment));
      if (severity === undefined) return;
      counts[outcome.verdict] += 1;
      if (outcome.verdict !== "pass") {
        const finding = toFinding(rule, outcome, severity, silence.of(rule, outcome));
        findings.push({ finding, mendedBy: outcome.mendedBy });
      }
    });
    if (defect === undefined) judged.add(rule.id);
    else defects.push(defect);
    if (counts.pass + counts.fail + counts.notEvaluable > 0) verdicts[rule.id] = counts;
  }
  const sorted = findings.sort((left, right) => compareFindings(left.finding, right.finding));
  return {
    findings: withDowntime(sorted, studies),
    verdicts,
    profile: profile.name,
    diagnostics: [...diagnostics, ...defects, ...silence.problems(rules, judged), ...untriedChanges(studies)],
  };
}

/** What is in no environment counts as production. */
function criticalityOf(estate: Estate): (environment: string | undefined) => Criticality {
  const declared = new Map(estate.environments.map(({ name, criticality }) => [name, criticality]));
  return (environment) => (environment === undefined ? undefined : declared.get(environment)) ?? "high";
}

function isWanted(
  rule: Rule,
  { environment, part, verdict }: RuleOutcome,
  { only, environments }: AuditOptions,
): boolean {
  if (environments !== undefined && environment !== undefined && !environments.includes(environment)) return false;
  if (only === undefined || verdict === "pass" || only.includes(rule.id)) return true;
  return only.includes(ruleCode(rule, part));
}

interface Silencing {
  readonly of: (rule: Rule, outcome: RuleOutcome) => FindingExemption | undefined;
  readonly problems: (rules: readonly Rule[], judged: ReadonlySet<string>) => readonly Diagnostic[];
}

/** Exemptions count before annotations: they say who answers for it, and until when. */
function silencing(estate: Estate, { today, texts, only, environments }: AuditOptions): Silencing {
  const declared = new DeclaredExemptions(estate, today);
  const annotations = new IgnoreAnnotations(texts ?? new Map());
  const objects = auditedObjects(estate);
  const isPartial = only !== undefined || environments !== undefined;
  return {
    of: (rule, outcome) => {
      if (outcome.verdict !== "fail") return undefined;
      const exemption = declared.find(rule, outcome, () => objects.of(outcome));
      return exemption ?? annotations.find(rule, outcome, objects.of(outcome));
    },
    problems: (rules, judged) => [
      // A part of the findings does not tell what an exemption is of use for.
      ...declared.problems(rules, isPartial ? new Set() : judged, estate.objects),
      ...annotations.problems(estate, rules),
    ],
  };
}

interface MendableFinding {
  readonly finding: Finding;
  readonly mendedBy: string | undefined;
}

/** Findings with the downtime that their change takes away; the worst are worked out first. */
function withDowntime(findings: readonly MendableFinding[], studies: EstateStudies | undefined): readonly Finding[] {
  return findings.map(({ finding, mendedBy }) => {
    if (studies === undefined || mendedBy === undefined || finding.verdict !== "fail") return finding;
    const downtimeMinutesPerYear = studies.downtime.avoidedBy(mendedBy, finding.rule);
    return downtimeMinutesPerYear === undefined ? finding : { ...finding, downtimeMinutesPerYear };
  });
}

function untriedChanges(studies: EstateStudies | undefined): readonly Diagnostic[] {
  const skipped = studies?.downtime.skipped ?? 0;
  return skipped === 0 ? [] : [diagnose(findingDowntimeUntried, { changes: skipped })];
}

function toFinding(
  rule: Rule,
  outcome: RuleOutcome,
  severity: FindingSeverity,
  exemptedBy: FindingExemption | undefined,
): Finding {
  const { subject, subjectLabel, environment, container, path, control, message, place, missing, fix } = outcome;
  const { monthlyCost, downtimeMinutesPerYear } = outcome;
  return {
    rule: ruleCode(rule, outcome.part),
    name: rule.name,
    verdict: outcome.verdict === "notEvaluable" ? "notEvaluable" : "fail",
    severity,
    subject,
    subjectLabel,
    environment,
    ...(container === undefined ? {} : { container }),
    ...(path === undefined ? {} : { path }),
    ...(control === undefined ? {} : { control }),
    message,
    place,
    ...(missing === undefined ? {} : { missing }),
    ...(fix === undefined ? {} : { fix }),
    ...(monthlyCost === undefined ? {} : { monthlyCost }),
    ...(downtimeMinutesPerYear === undefined ? {} : { downtimeMinutesPerYear }),
    ...(exemptedBy === undefined ? {} : { exemptedBy }),
  };
}
