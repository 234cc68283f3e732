import type { AuditFinding } from "../../audit/report/group-findings.ts";
import type { Audit } from "../../operations/audit/audit-report.ts";
import { counted } from "./words.ts";

/** Findings of one rule, or sub-verdict, and one severity: what is read together. */
export interface FindingGroup {
  readonly first: AuditFinding;
  readonly findings: readonly AuditFinding[];
  /** The fix, where it is the same for all. */
  readonly fix: string | undefined;
}

/** Groups that count, worst first; by rule among equals. */
export function openGroups(findings: readonly AuditFinding[]): readonly FindingGroup[] {
  const open = findings.filter(({ status, verdict }) => status === "open" && verdict === "fail");
  return [...Map.groupBy(open, ({ severity, rule }) => `${severity} ${rule}`).values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const fixes = new Set(group.map(({ fix }) => fix?.description));
    return [{ first, findings: group, fix: fixes.size === 1 ? first.fix?.description : undefined }];
  });
}

/** `staging, prod` in order of promotion; empty where the estate has one environment only. */
export function environmentsOf({ occurrences }: AuditFinding, { environments }: Audit): string {
  if (environments.length < 2) return "";
  const own = new Set(occurrences.map(({ environment }) => environment));
  return environments.filter((environment) => own.has(environment)).join(", ");
}

/** `Deployment/web`, with the container where its name says more. */
export function objectOf({ subject, container }: Pick<AuditFinding, "subject" | "container">): string {
  const [kind, name] = subject.split("/").slice(-2);
  const object = name === undefined ? subject : `${kind}/${name}`;
  return container === undefined || container === name ? object : `${object} container ${container}`;
}

/** `3 critical, 12 high`; `nothing` when no finding counts. */
export function openInWords({ summary }: Audit): string {
  const counts = (["critical", "high", "medium", "low", "info"] as const)
    .filter((severity) => summary.open[severity] > 0)
    .map((severity) => `${summary.open[severity].toLocaleString("en-US")} ${severity}`);
  return counts.length === 0 ? "nothing" : counts.join(", ");
}

/** `1 exempted, 2 ignored, 14 in the baseline`; empty when there are none. */
export function silencedInWords({ summary }: Audit): string {
  const { exempted, ignored, baseline } = summary.findings;
  return [
    exempted === 0 ? "" : `${exempted} exempted`,
    ignored === 0 ? "" : `${ignored} ignored by annotations`,
    baseline === 0 ? "" : `${baseline} in the baseline`,
  ]
    .filter((part) => part !== "")
    .join(", ");
}

/** The counts behind it all. */
export function verdictsInWords({ summary }: Audit): string {
  const { pass, fail, notEvaluable } = summary.verdicts;
  const number = (count: number): string => count.toLocaleString("en-US");
  return `${counted(summary.rules, "rule")} on ${counted(summary.objects, "object")} gave ${counted(pass + fail + notEvaluable, "verdict")}: ${number(pass)} pass, ${number(fail)} fail, ${number(notEvaluable)} not evaluable`;
}
