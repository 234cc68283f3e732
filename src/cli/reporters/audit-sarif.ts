import type { FindingSeverity } from "../../audit/finding.ts";
import { exemptionInWords } from "../../audit/report/exemption-words.ts";
import type { AuditFinding } from "../../audit/report/group-findings.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { type Figure, likelyValue } from "../../estate/figures/figure.ts";
import type { Place } from "../../estate/sources/place.ts";
import type { Audit } from "../../operations/audit/audit-report.ts";
import { type AuditRules, listAuditRules } from "../../operations/audit/audit-rule-list.ts";
import { version } from "../../version.ts";
import { relativeSourceUri } from "./source-uri.ts";

type JsonValue = { readonly [key: string]: unknown };
type DescribedRule = AuditRules["rules"][number];

const levels: { readonly [severity in FindingSeverity]: "error" | "warning" | "note" } = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "note",
  info: "note",
};

/** Rank of code hosts for rules about security, from 0 to 10. */
const securitySeverity: { readonly [severity in FindingSeverity]: string } = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "3.0",
  info: "1.0",
};

const topics: { readonly [table: string]: readonly string[] } = {
  AVL: ["availability"],
  TEN: ["security", "tenancy"],
  FIN: ["cost"],
  GIT: ["delivery"],
  AKS: ["platform"],
  STA: ["data"],
};

/** SARIF 2.1.0. Regions are there only where the place is exact; exempted findings carry their suppression. */
export function auditSarif(audit: Audit, workingFolder: string | undefined): JsonValue {
  const known = new Map(listAuditRules().rules.map((rule) => [rule.id, rule]));
  const rules = audit.rules.flatMap(({ id }) => known.get(id) ?? []);
  const indices = new Map(rules.map(({ id }, index) => [id, index]));
  const hasBaseline = audit.findings.some(({ status }) => status === "baseline");
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "scantling", semanticVersion: version, version, rules: rules.map(describeRule) } },
        automationDetails: { id: `scantling/${audit.estate}/` },
        columnKind: "utf16CodeUnits",
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: audit.diagnostics.map((diagnostic) => notification(diagnostic, workingFolder)),
          },
        ],
        results: audit.findings.map((finding) => result(finding, { indices, hasBaseline, workingFolder })),
        properties: { profile: audit.profile, summary: audit.summary, notEvaluable: audit.notEvaluable },
      },
    ],
  };
}

function describeRule({ id, name, title, severity, peers, page }: DescribedRule): JsonValue {
  const worst = severity.high ?? severity.medium ?? severity.low ?? "info";
  const isSecurity = topics[id.slice(0, 3)]?.includes("security") === true;
  const help = `${title}\n\nSeverity in production ${severity.high ?? "none"}, before production ${severity.medium ?? "none"}, in development ${severity.low ?? "none"}. What fails, why it matters and how to fix it: ${page}, or "scantling explain ${id}".`;
  return {
    id,
    name,
    shortDescription: { text: title },
    fullDescription: { text: title },
    help: { text: help, markdown: `${help}${peersInWords(peers)}` },
    helpUri: `urn:scantling:audit-rule:${id}`,
    defaultConfiguration: { level: levels[worst] },
    properties: {
      tags: topics[id.slice(0, 3)] ?? [],
      precision: "very-high",
      ...(isSecurity
        ? { "security-severity": securitySeverity[worst] }
        : { "problem.severity": problemSeverity(worst) }),
    },
  };
}

function problemSeverity(severity: FindingSeverity): "error" | "warning" | "recommendation" {
  const level = levels[severity];
  return level === "note" ? "recommendation" : level;
}

function peersInWords(peers: DescribedRule["peers"]): string {
  if (peers.length === 0) return "";
  return `\n\nIn other tools: ${peers.map(({ tool, check }) => `${tool} \`${check}\``).join(", ")}.`;
}

interface ResultSetting {
  readonly indices: ReadonlyMap<string, number>;
  readonly hasBaseline: boolean;
  readonly workingFolder: string | undefined;
}

function result(finding: AuditFinding, { indices, hasBaseline, workingFolder }: ResultSetting): JsonValue {
  const { rule, severity, verdict, message, fix, fingerprint, occurrences, path, container, control } = finding;
  const ruleId = rule.split(".", 1)[0] ?? rule;
  const ruleIndex = indices.get(ruleId);
  const isOpen = verdict === "notEvaluable";
  return {
    ruleId,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    // "open": there was not enough to decide.
    kind: isOpen ? "open" : "fail",
    level: isOpen ? "none" : levels[severity],
    message: { text: fix === undefined ? message : `${message} Fix: ${fix.description}` },
    locations: [{ ...physicalLocation(finding.place, workingFolder), logicalLocations: logicalLocations(finding) }],
    partialFingerprints: { "scantling/v1": fingerprint },
    ...(hasBaseline ? { baselineState: finding.status === "baseline" ? "unchanged" : "new" } : {}),
    ...suppressionsOf(finding),
    properties: {
      verdict: rule,
      severity,
      ...(container === undefined ? {} : { container }),
      ...(path === undefined ? {} : { path }),
      ...(control === undefined ? {} : { control }),
      ...(finding.missing === undefined ? {} : { missing: finding.missing }),
      ...amount("monthlyCost", finding.monthlyCost),
      ...amount("downtimeMinutesPerYear", finding.downtimeMinutesPerYear),
      precision: finding.place.precision,
      occurrences,
    },
  };
}

/** A figure without its reasons: its likely value with its unit, and the ends where it is a range. */
function amount(name: string, figure: Figure | undefined): JsonValue {
  if (figure === undefined) return {};
  const { result, unit } = figure;
  const value = likelyValue(figure);
  return {
    [name]: { value, unit, ...(result.kind === "range" ? { low: result.low, high: result.high } : {}) },
  };
}

function physicalLocation({ source, line, column }: Place, workingFolder: string | undefined): JsonValue {
  const region =
    line === undefined ? undefined : { startLine: line, ...(column === undefined ? {} : { startColumn: column }) };
  return {
    physicalLocation: {
      artifactLocation: { uri: relativeSourceUri(source, workingFolder) },
      ...(region === undefined ? {} : { region }),
    },
  };
}

function logicalLocations({ occurrences, container }: AuditFinding): JsonValue[] {
  return occurrences.map(({ subject }) => ({
    fullyQualifiedName: container === undefined ? subject : `${subject}/${container}`,
    kind: "resource",
  }));
}

function suppressionsOf({ exemptedBy }: AuditFinding): JsonValue {
  if (exemptedBy === undefined) return {};
  const { tool, owner, reason } = exemptedBy;
  const justification = `${reason} (${exemptionInWords(exemptedBy)}${owner === undefined ? "" : `, ${owner}`})`;
  return { suppressions: [{ kind: tool === undefined ? "external" : "inSource", status: "accepted", justification }] };
}

function notification(
  { code, name, severity, message, hint, place }: Diagnostic,
  workingFolder: string | undefined,
): JsonValue {
  return {
    descriptor: { id: code },
    level: severity,
    message: { text: hint === undefined ? message : `${message} ${hint}` },
    ...(place === undefined ? {} : { locations: [physicalLocation(place, workingFolder)] }),
    properties: { name },
  };
}
