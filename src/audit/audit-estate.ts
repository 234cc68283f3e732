import type { Catalog } from "../catalog/catalog.ts";
import type { Exemption } from "../estate/model/audit-settings.ts";
import type { Estate } from "../estate/model/estate.ts";
import type { Placement } from "../scheduling/placement.ts";
import type { AuditReport, Finding, FindingSeverity } from "./finding.ts";
import type { Rule, RuleOutcome } from "./rule.ts";
import { defaultParameters } from "./rule-parameter.ts";
import { rules } from "./rules/rules.ts";

export interface AuditOptions {
  /** `YYYY-MM-DD`: exemptions end after their last day. */
  readonly today: string;
}

interface Verdicts {
  pass: number;
  fail: number;
  notEvaluable: number;
}

/** Runs every rule over the estate. Passes are counted; fails and what is not evaluable are listed, worst first. */
export function auditEstate(
  estate: Estate,
  placement: Placement,
  catalog: Catalog,
  { today }: AuditOptions,
): AuditReport {
  const criticality = new Map(estate.environments.map((environment) => [environment.name, environment.criticality]));
  const exemptions = new Map(estate.tenants.map((tenant) => [tenant.name, tenant.exemptions]));
  const findings: Finding[] = [];
  const verdicts: Record<string, Verdicts> = {};
  for (const rule of rules) {
    const parameters = defaultParameters(rule.parameters);
    for (const outcome of rule.evaluate({ estate, placement, catalog, parameters })) {
      const severity = severityOf(rule, outcome, criticality);
      if (severity === undefined) continue;
      verdicts[rule.id] ??= { pass: 0, fail: 0, notEvaluable: 0 };
      const counts = verdicts[rule.id];
      if (counts !== undefined) counts[outcome.verdict] += 1;
      if (outcome.verdict !== "pass")
        findings.push(toFinding(rule, outcome, severity, findExemption(rule, outcome, exemptions, today)));
    }
  }
  return { findings: findings.sort(compareFindings), verdicts };
}

function severityOf(
  rule: Rule,
  outcome: RuleOutcome,
  criticality: ReadonlyMap<string, "low" | "medium" | "high">,
): FindingSeverity | undefined {
  const level = outcome.environment === undefined ? "high" : (criticality.get(outcome.environment) ?? "high");
  const ruleSeverity = rule.severity[level];
  return ruleSeverity === undefined ? undefined : (outcome.severity ?? ruleSeverity);
}

interface Holder {
  readonly tenant: string;
  readonly exemption: Exemption;
}

function findExemption(
  rule: Rule,
  outcome: RuleOutcome,
  exemptions: ReadonlyMap<string, readonly Exemption[]>,
  today: string,
): Holder | undefined {
  const { tenant } = outcome;
  if (tenant === undefined) return undefined;
  const found = (exemptions.get(tenant) ?? []).find(
    (exemption) =>
      (exemption.rule === rule.id || exemption.rule === ruleCode(rule, outcome)) &&
      (exemption.namespace === undefined || exemption.namespace === outcome.namespace) &&
      (exemption.name === undefined || outcome.subject.endsWith(`/${exemption.name}`)) &&
      exemption.until >= today,
  );
  return found === undefined ? undefined : { tenant, exemption: found };
}

function ruleCode(rule: Rule, { part }: RuleOutcome): string {
  return part === undefined ? rule.id : `${rule.id}.${part}`;
}

function toFinding(rule: Rule, outcome: RuleOutcome, severity: FindingSeverity, holder: Holder | undefined): Finding {
  const { subject, subjectLabel, environment, container, path, control, message, place, missing, fix } = outcome;
  return {
    rule: ruleCode(rule, outcome),
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
    ...(holder === undefined ? {} : { exemptedBy: exemptedBy(holder) }),
  };
}

function exemptedBy({ tenant, exemption }: Holder): NonNullable<Finding["exemptedBy"]> {
  const { reason, owner, until } = exemption;
  return { tenant, reason, owner, until };
}

const severityRank: { readonly [severity in FindingSeverity]: number } = {
  critical: 0,
  high: 1,
  medium: 2,
  low: 3,
  info: 4,
};

function compareFindings(left: Finding, right: Finding): number {
  return (
    Number(left.verdict === "notEvaluable") - Number(right.verdict === "notEvaluable") ||
    severityRank[left.severity] - severityRank[right.severity] ||
    compareText(left.rule, right.rule) ||
    compareText(left.subject, right.subject) ||
    compareText(left.container ?? "", right.container ?? "")
  );
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
