import * as z from "zod";
import { compareText } from "../../audit/report/finding-order.ts";
import type { AuditFinding } from "../../audit/report/group-findings.ts";
import { rules } from "../../audit/rules/rules.ts";
import { ruleIdOf } from "../../audit/settings/effective-rules.ts";
import {
  baselineFixed,
  baselineObjectAbsent,
  baselineRuleUnknown,
  baselineUnreadable,
} from "../../estate/diagnostics/audit-diagnostics.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import type { JsonSchema } from "../../estate/kinds/json-schemas.ts";
import { objectId } from "../../estate/kubernetes/object-index.ts";
import type { Estate } from "../../estate/model/estate.ts";

const BaselineSchema = z
  .strictObject({
    apiVersion: z.literal("scantling/v1alpha1").describe("Version of the format."),
    kind: z.literal("AuditBaseline").describe("Kind of the document."),
    findings: z
      .array(
        z.strictObject({
          fingerprint: z.string().describe("Identity of the finding: hash of rule, object, container and field."),
          rule: z.string().describe("Rule with its sub-verdict."),
          subject: z.string().describe("Workload, cluster or object."),
          container: z.string().optional().describe("Container."),
          path: z.string().optional().describe("The field that decides."),
        }),
      )
      .describe("Findings that are known, sorted by rule and object."),
  })
  .describe("Findings of an audit that are known and do not count.");

/** A baseline, with the name that messages call it by. */
export interface AuditBaseline extends z.infer<typeof BaselineSchema> {
  readonly source: string;
}

type BaselineReading = { readonly baseline: AuditBaseline } | { readonly problem: Diagnostic };

/** JSON Schema of baselines (draft-07). */
export function auditBaselineJsonSchema(): JsonSchema {
  return { title: "Scantling AuditBaseline", ...z.toJSONSchema(BaselineSchema, { target: "draft-7" }) };
}

/** Reads a baseline; anything else is a problem, never an empty baseline. */
export function parseBaseline(text: string, source: string): BaselineReading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: diagnose(baselineUnreadable, { path: source, reason: "it is not JSON" }) };
  }
  const result = BaselineSchema.safeParse(value);
  if (result.success) return { baseline: { ...result.data, source } };
  const [issue] = result.error.issues;
  const reason =
    issue === undefined ? "it does not fit" : `${issue.path.join(".") || "the document"}: ${issue.message}`;
  return { problem: diagnose(baselineUnreadable, { path: source, reason }) };
}

/** The text of a baseline of everything that fails and is not exempted: a line for each finding, so that diffs are small. */
export function baselineText(findings: readonly AuditFinding[]): string {
  const lines = findings
    .filter(({ verdict, status }) => verdict === "fail" && (status === "open" || status === "baseline"))
    .flatMap(({ rule, container, path, occurrences }) =>
      occurrences.map(({ subject, fingerprint }) => ({ fingerprint, rule, subject, container, path })),
    )
    .sort(
      (left, right) =>
        compareText(left.rule, right.rule) ||
        compareText(left.subject, right.subject) ||
        compareText(left.fingerprint, right.fingerprint),
    )
    .map((entry) => `    ${JSON.stringify(entry)}`);
  return `{\n  "apiVersion": "scantling/v1alpha1",\n  "kind": "AuditBaseline",\n  "findings": [${lines.length === 0 ? "" : `\n${lines.join(",\n")}\n  `}]\n}\n`;
}

interface BaselineSetting {
  readonly estate: Estate;
  readonly findings: readonly AuditFinding[];
  /** Only a part of the rules or environments was audited: nothing can be said of the rest. */
  readonly isPartial: boolean;
}

/** What of a baseline does not fit the estate any more. */
export function baselineProblems(
  baseline: AuditBaseline,
  { estate, findings, isPartial }: BaselineSetting,
): Diagnostic[] {
  const from = `The baseline ${baseline.source}`;
  const candidates = rules.map(({ id }) => id);
  const unknown = new Set(baseline.findings.map(({ rule }) => ruleIdOf(rule)).filter((id) => !candidates.includes(id)));
  const subjects = new Set([...estate.workloads.map(({ id }) => id), ...estate.objects.map(objectId)]);
  const known = baseline.findings.filter(({ rule }) => !unknown.has(ruleIdOf(rule)));
  const isAbsent = (subject: string): boolean => isObject(subject) && !subjects.has(subject);
  const absent = [...new Set(known.map(({ subject }) => subject).filter(isAbsent))].sort();
  const standing = new Set(findings.flatMap(({ occurrences }) => occurrences.map(({ fingerprint }) => fingerprint)));
  const fixed = known.filter(({ subject, fingerprint }) => !isAbsent(subject) && !standing.has(fingerprint)).length;
  return [
    ...[...unknown].sort().map((rule) => diagnose(baselineRuleUnknown, { from, rule, candidates })),
    ...(absent.length === 0 ? [] : [diagnose(baselineObjectAbsent, { from, objects: absent })]),
    ...(fixed === 0 || isPartial ? [] : [diagnose(baselineFixed, { from, count: fixed })]),
  ];
}

/** `environment/cluster/[namespace/]Kind/name`; what is shorter is a document or a file, and no object. */
function isObject(subject: string): boolean {
  return subject.split("/").length >= 4;
}
