import { exemptionInWords } from "../../audit/report/exemption-words.ts";
import type { AuditFinding } from "../../audit/report/group-findings.ts";
import { formatPlace } from "../../estate/sources/place.ts";
import type { Audit, AuditedRule } from "../../operations/audit/audit-report.ts";
import { counted } from "./words.ts";

/** A case of a suite, as XML, and how it counts. */
interface TestCase {
  readonly outcome: "passed" | "failed" | "skipped";
  readonly xml: string;
}

/** JUnit XML: a suite for each rule, a case for each finding, one for all that pass and one for all that could not be judged. */
export function auditJunit(audit: Audit): string {
  const byRule = Map.groupBy(audit.findings, ({ rule }) => rule.split(".", 1)[0] ?? rule);
  const suites = audit.rules.map((rule) => suite(rule, byRule.get(rule.id) ?? []));
  const total = suites.flatMap(({ cases }) => cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escaped(`scantling audit of ${audit.estate}`)}"${counts(total)}>`,
    ...suites.map(({ xml }) => xml),
    "</testsuites>",
    "",
  ].join("\n");
}

function suite(rule: AuditedRule, findings: readonly AuditFinding[]): { xml: string; cases: readonly TestCase[] } {
  const cases = [...findings.filter(({ verdict }) => verdict === "fail").map(findingCase), ...countedCases(rule)];
  const xml = [
    `  <testsuite name="${escaped(`${rule.id} ${rule.name}`)}"${counts(cases)}>`,
    ...cases.map((testCase) => testCase.xml),
    "  </testsuite>",
  ].join("\n");
  return { xml, cases };
}

function findingCase(finding: AuditFinding): TestCase {
  const { rule, subjectLabel, container, path, message, fix, place, severity, status, exemptedBy } = finding;
  const name = [subjectLabel, container, path].filter((part) => part !== undefined).join(" ");
  const open = `    <testcase classname="${escaped(rule)}" name="${escaped(name)}"${fileAttributes(finding)}>`;
  if (status !== "open") {
    const words = exemptedBy === undefined ? "known by the baseline" : exemptionInWords(exemptedBy);
    return { outcome: "skipped", xml: `${open}\n      <skipped message="${escaped(words)}"/>\n    </testcase>` };
  }
  const details = [`${formatPlace(place)}`, message, ...(fix === undefined ? [] : [`Fix: ${fix.description}`])];
  return {
    outcome: "failed",
    xml: `${open}\n      <failure type="${severity}" message="${escaped(message)}">${escaped(details.join("\n"))}</failure>\n    </testcase>`,
  };
}

function fileAttributes({ place }: AuditFinding): string {
  const line = place.line === undefined ? "" : ` line="${place.line}"`;
  return ` file="${escaped(place.source)}"${line}`;
}

function countedCases({ id, verdicts }: AuditedRule): TestCase[] {
  const cases: TestCase[] = [];
  if (verdicts.pass > 0) {
    const name = `${counted(verdicts.pass, "verdict")} pass`;
    cases.push({ outcome: "passed", xml: `    <testcase classname="${id}" name="${escaped(name)}"/>` });
  }
  if (verdicts.notEvaluable > 0) {
    const name = `${counted(verdicts.notEvaluable, "verdict")} not evaluable`;
    const skipped = '<skipped message="an input is missing"/>';
    cases.push({
      outcome: "skipped",
      xml: `    <testcase classname="${id}" name="${escaped(name)}">\n      ${skipped}\n    </testcase>`,
    });
  }
  return cases;
}

function counts(cases: readonly TestCase[]): string {
  const count = (outcome: TestCase["outcome"]): number => cases.filter((each) => each.outcome === outcome).length;
  return ` tests="${cases.length}" failures="${count("failed")}" skipped="${count("skipped")}" errors="0"`;
}

/** Text for content and attributes. Characters that XML 1.0 forbids become the replacement character. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
