import type { FindingSeverity } from "../../audit/finding.ts";
import { exemptionInWords } from "../../audit/report/exemption-words.ts";
import type { AuditFinding } from "../../audit/report/group-findings.ts";
import { formatPlace } from "../../estate/sources/place.ts";
import type { Audit } from "../../operations/audit/audit-report.ts";
import { printable } from "../terminal/printable.ts";
import type { Style } from "../terminal/style.ts";
import { alignTable } from "../terminal/table.ts";
import { wrap } from "../terminal/wrap.ts";
import {
  environmentsOf,
  type FindingGroup,
  objectOf,
  openGroups,
  openInWords,
  silencedInWords,
  verdictsInWords,
} from "./audit-groups.ts";
import { type FindingSort, sortedFindings, termsInWords, totalsInWords } from "./finding-terms.ts";
import { commandText } from "./printed-command.ts";
import { counted, listed } from "./words.ts";

export interface AuditTextLayout {
  readonly width: number;
  readonly style: Style;
  /** Every finding with its sentence; otherwise of each group the first in full, some by place, and the rest counted. */
  readonly inFull: boolean;
  /** What comes first; the worst where left out. */
  readonly sort?: FindingSort;
  /** What the audit was given, for the commands that it offers. */
  readonly paths?: readonly string[];
}

const placesShown = 6;
const silencedShown = 8;

/** An audit for a terminal: by rule, worst first, each finding with its place; what is missing; the counts last. */
export function auditText(audit: Audit, layout: AuditTextLayout): string {
  const groups = openGroups(sortedFindings(audit.findings, layout.sort ?? "severity"));
  const blocks = [
    ...groups.map((group) => groupLines(group, audit, layout)),
    unjudgedLines(audit, layout),
    silencedLines(audit, layout),
    gapLines(audit, layout),
    summaryLines(audit, layout),
  ].filter((lines) => lines.length > 0);
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function groupLines(group: FindingGroup, audit: Audit, layout: AuditTextLayout): string[] {
  const { first, findings, fix } = group;
  const { style, inFull } = layout;
  const count = findings.length === 1 ? "" : style.dim(`  ${counted(findings.length, "finding")}`);
  const full = inFull ? findings : findings.slice(0, 1);
  return [
    `${severityWord(first.severity, style)}  ${style.bold(first.rule)} ${first.name}${count}`,
    ...full.flatMap((finding) => findingLines(finding, audit, fix === undefined, layout)),
    ...(inFull ? [] : placeLines(findings.slice(1), audit, layout)),
    ...(fix === undefined ? [] : fixLines(fix, layout, "  ")),
  ];
}

/** A finding with its sentence, at its place. */
function findingLines(finding: AuditFinding, audit: Audit, withFix: boolean, layout: AuditTextLayout): string[] {
  const { style, width } = layout;
  const notes = [environmentsOf(finding, audit), termsInWords(finding)].filter((note) => note !== "").join("; ");
  return [
    `  ${style.cyan(printable(formatPlace(finding.place)))}${notes === "" ? "" : style.dim(`  (${printable(notes)})`)}`,
    ...indented(printable(finding.message), width, "    "),
    ...(withFix && finding.fix !== undefined ? fixLines(finding.fix.description, layout, "    ") : []),
  ];
}

/** More of the same, by place and object. */
function placeLines(
  findings: readonly AuditFinding[],
  audit: Audit,
  { style, width, paths }: AuditTextLayout,
): string[] {
  const shown = findings.slice(0, placesShown);
  const hidden = findings.length - shown.length;
  const hasTerms = shown.some((finding) => termsInWords(finding) !== "");
  const rows = shown.map((finding) => {
    const environments = environmentsOf(finding, audit);
    return [
      printable(formatPlace(finding.place)),
      printable(`${objectOf(finding)}${environments === "" ? "" : ` (${environments})`}`),
      ...(hasTerms ? [termsInWords(finding)] : []),
    ];
  });
  // The table's row of titles has nothing to say here.
  const lines = alignTable(
    Array.from({ length: hasTerms ? 3 : 2 }, (_, index) => ({ title: "", whole: index === 0 })),
    rows,
    width - 2,
    style,
  ).slice(1);
  const [first] = findings;
  return [
    ...lines.map((line) => `  ${line}`),
    ...(hidden === 0 || first === undefined
      ? []
      : [style.dim(`  … ${hidden} more: ${commandText(["audit", "--rule", first.rule], paths)}`)]),
  ];
}

function fixLines(fix: string, { width, style }: AuditTextLayout, indent: string): string[] {
  const [first = "", ...rest] = indented(`fix: ${printable(fix)}`, width, indent);
  return [first.replace("fix:", style.green("fix:")), ...rest.map((line) => `     ${line}`)];
}

/** Wrapped, with every line indented. */
function indented(text: string, width: number, indent: string): string[] {
  return wrap(text, width - indent.length).map((line) => indent + line);
}

/** Verdicts that could not be given, where they were asked for. */
function unjudgedLines({ findings }: Audit, { style, width }: AuditTextLayout): string[] {
  const unjudged = findings.filter(({ verdict }) => verdict === "notEvaluable");
  if (unjudged.length === 0) return [];
  return [
    style.bold(`Not evaluable: ${counted(unjudged.length, "verdict")}`),
    ...unjudged.flatMap(({ rule, place, message, missing }) => [
      `  ${rule}  ${style.cyan(printable(formatPlace(place)))}${style.dim(`  (${(missing ?? []).join(", ")})`)}`,
      ...indented(printable(message), width, "    "),
    ]),
  ];
}

function silencedLines({ findings }: Audit, { style, width }: AuditTextLayout): string[] {
  const silenced = findings.filter(({ exemptedBy }) => exemptedBy !== undefined);
  if (silenced.length === 0) return [];
  const shown = silenced.slice(0, silencedShown);
  return [
    style.bold("Not counted"),
    ...shown.flatMap(({ rule, subjectLabel, container, exemptedBy }) => {
      if (exemptedBy === undefined) return [];
      const { owner, reason } = exemptedBy;
      const object = `${subjectLabel}${container === undefined ? "" : `, container ${container}`}`;
      const text = `${rule} ${object}: ${exemptionInWords(exemptedBy)}${owner === undefined ? "" : `, ${owner}`} (${reason})`;
      return indented(printable(text), width, "  ");
    }),
    ...(silenced.length === shown.length ? [] : [style.dim(`  … ${silenced.length - shown.length} more, in -o json`)]),
  ];
}

function gapLines({ notEvaluable }: Audit, { style, width }: AuditTextLayout): string[] {
  if (notEvaluable.length === 0) return [];
  const items = notEvaluable.map(({ rules, verdicts, supply }) => ({
    count: `${counted(rules.length, "rule")}, ${counted(verdicts, "verdict")}`,
    text: `${supply}: ${listed(rules, 6)}`,
  }));
  const column = Math.max(...items.map(({ count }) => count.length)) + 2;
  return [
    style.bold("What would let more be judged"),
    ...items.flatMap(({ count, text }) =>
      wrap(text, width - column - 2).map((line, index) => `  ${(index === 0 ? count : "").padEnd(column)}${line}`),
    ),
  ];
}

function summaryLines(audit: Audit, { style, width }: AuditTextLayout): string[] {
  const silenced = silencedInWords(audit);
  const open = audit.summary.findings.open;
  const totals = totalsInWords(audit);
  const head = `${printable(audit.estate)}: ${counted(open, "open finding")}${open === 0 ? "" : ` (${openInWords(audit)})`}${silenced === "" ? "" : `; ${silenced}`}.`;
  return [
    ...wrap(head, width).map(style.bold),
    ...(totals === "" ? [] : wrap(totals, width)),
    ...wrap(`${verdictsInWords(audit)} (profile ${audit.profile}).`, width),
    ...(open === 0
      ? []
      : wrap(`What a rule is about: ${commandText(["explain", firstOpen(audit)])}`, width).map(style.dim)),
  ];
}

/** The rule that the listing begins with. */
function firstOpen({ findings }: Audit): string {
  return openGroups(findings)[0]?.first.rule ?? "RULE";
}

function severityWord(severity: FindingSeverity, style: Style): string {
  const word = severity.toUpperCase();
  switch (severity) {
    case "critical":
    case "high":
      return style.bold(style.red(word));
    case "medium":
      return style.bold(style.yellow(word));
    case "low":
    case "info":
      return style.bold(style.cyan(word));
  }
}
