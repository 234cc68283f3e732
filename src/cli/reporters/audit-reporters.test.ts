import { describe, expect, test } from "vitest";
import { bareDeployment } from "../../audit/testing/audit-texts.ts";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { loadEstate } from "../../estate/load-estate.ts";
import { memorySources } from "../../estate/sources/memory-sources.ts";
import { audit } from "../../operations/audit/audit.ts";
import type { Audit } from "../../operations/audit/audit-report.ts";
import { listAuditRules } from "../../operations/audit/audit-rule-list.ts";
import { createStyle, displayWidth } from "../terminal/style.ts";
import { auditAnnotations } from "./audit-annotations.ts";
import { auditDocument } from "./audit-document.ts";
import { auditJunit } from "./audit-junit.ts";
import { auditSarif } from "./audit-sarif.ts";
import { auditText } from "./audit-text.ts";
import { renderMarkdown } from "./render-markdown.ts";
import { ruleListText } from "./rule-list-text.ts";
import { relativeSource, relativeSourceUri } from "./source-uri.ts";

function run(texts: { readonly [path: string]: string }): Audit {
  const sources = memorySources(texts);
  return audit({ estate: loadEstate(sources), sources }, defaultCatalog, { today: "2026-11-22" });
}

const ignoring = ', annotations: {"ignore-check.kube-linter.io/latest-tag": "mirror: a, b"}';
const report = run({
  "apps/my web.yaml": bareDeployment("web"),
  "apps/api.yaml": bareDeployment("api", ignoring, ["api", "proxy"]),
  "apps/more.yaml": Array.from({ length: 12 }, (_, index) => bareDeployment(`worker-${index}`)).join("---\n"),
});
const plain = { width: 100, style: createStyle(false), inFull: false };

/** The same report with hostile texts from a manifest. */
const hostile: Audit = {
  ...report,
  estate: 'a<b>&"c"',
  findings: report.findings.map((finding) => ({
    ...finding,
    message: `100% of <b> & "x"\n::error::no\r\u0001\u001b[31m${finding.message}`,
    subjectLabel: "a,b:c\n",
    place: { precision: "exact" as const, source: "apps/a,b:c%.yaml", line: 3, column: 5 },
  })),
};

describe("table", () => {
  test("stays within its width, counts what it hides, and ends with the counts", () => {
    const lines = auditText(report, { ...plain, paths: ["infra"] })
      .trimEnd()
      .split("\n");
    expect(lines.filter((line) => displayWidth(line) > 100)).toEqual([]);
    expect(lines.filter((line) => /… \d+ more: scantling audit --rule AVL-001\.1 infra$/.test(line))).toHaveLength(1);
    expect(lines.at(-3)).toMatch(/^estate: \d+ open findings \(\d+ high/);
    expect(lines.join("\n")).toContain("What would let more be judged");
    expect(lines.join("\n")).toMatch(/GIT-001\.1 Deployment\/api|GIT-001\.1 api/);
    expect(lines.join("\n")).toContain("ignored for kube-linter latest-tag (mirror: a, b)");
  });

  test("shows everything in full where it is asked for", () => {
    const text = auditText(report, { ...plain, inFull: true });
    for (const finding of report.findings.filter(({ status }) => status === "open"))
      expect(text.replaceAll(/\s+/g, " ")).toContain(finding.message);
  });

  test("lets no text of the input command the terminal", () => {
    expect(auditText(hostile, plain)).not.toContain("\u001b");
  });
});

test("markdown has a row for each rule and severity, and escapes the input", () => {
  const text = renderMarkdown(auditDocument(hostile));
  const rows = text.split("\n").filter((line) => /^\| (?:critical|high|medium|low|info) /.test(line));
  const groups = new Set(
    report.findings.filter(({ status }) => status === "open").map(({ severity, rule }) => `${severity} ${rule}`),
  );
  expect(rows).toHaveLength(groups.size);
  expect(text).not.toMatch(/[^\\]<b>/);
});

describe("GitHub annotations", () => {
  test("are one line each, worst first, for what counts", () => {
    const lines = auditAnnotations(hostile, "/repository").trimEnd().split("\n");
    expect(lines).toHaveLength(report.findings.filter(({ status }) => status === "open").length);
    for (const line of lines) {
      expect(line).toMatch(
        /^::(?:error|warning|notice) file=apps\/a%2Cb%3Ac%25\.yaml,line=3,col=5,title=[^:,]+::100%25 of/,
      );
      expect(line).toContain("%0A::error::no%0D");
    }
    expect(lines[0]).toMatch(/^::error /);
    expect(lines.at(-1)).toMatch(/^::notice /);
  });
});

describe("JUnit", () => {
  const xml = auditJunit(hostile);

  test("counts the cases that it holds", () => {
    const total = /<testsuites [^>]*tests="(\d+)" failures="(\d+)" skipped="(\d+)"/.exec(xml);
    expect(Number(total?.[1])).toBe(xml.match(/<testcase /g)?.length);
    expect(Number(total?.[2])).toBe(xml.match(/<failure /g)?.length);
    expect(Number(total?.[3])).toBe(xml.match(/<skipped /g)?.length);
    expect(xml.match(/<testsuite /g)).toHaveLength(report.rules.length);
  });

  test("is well-formed whatever the input says", () => {
    expect(xml).not.toMatch(/&(?!amp;|lt;|gt;|quot;)/);
    // Every control character but tab and line breaks is forbidden.
    expect(Array.from(xml).filter((character) => character < " " && !"\t\n\r".includes(character))).toEqual([]);
    const open = xml.match(/<(testsuites|testsuite|testcase|failure)\b[^>]*[^/]>/g)?.length;
    expect(xml.match(/<\/(testsuites|testsuite|testcase|failure)>/g)).toHaveLength(open ?? 0);
  });
});

describe("SARIF", () => {
  interface Sarif {
    readonly runs: readonly [
      {
        readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
        readonly results: readonly {
          readonly ruleId: string;
          readonly ruleIndex: number;
          readonly locations: readonly [
            {
              readonly physicalLocation: {
                readonly artifactLocation: { readonly uri: string };
                readonly region?: object;
              };
            },
          ];
          readonly partialFingerprints: { readonly [name: string]: string };
          readonly suppressions?: readonly { readonly kind: string; readonly justification: string }[];
        }[];
      },
    ];
  }
  const { runs } = auditSarif(report, "/repository") as unknown as Sarif;
  const [{ tool, results }] = runs;

  test("names for each result its rule, a relative URI, and its fingerprint", () => {
    expect(results).toHaveLength(report.findings.length);
    for (const { ruleId, ruleIndex, locations, partialFingerprints } of results) {
      expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
      expect(locations[0].physicalLocation.artifactLocation.uri).toMatch(/^apps\/(?:my%20web|api|more)\.yaml$/);
      expect(partialFingerprints["scantling/v1"]).toMatch(/^[0-9a-f]{32}$/);
    }
  });

  test("carries what is ignored as suppressed in the source", () => {
    const suppressed = results.flatMap(({ suppressions }) => suppressions ?? []);
    expect(suppressed).toEqual([
      { kind: "inSource", status: "accepted", justification: "mirror: a, b (ignored for kube-linter latest-tag)" },
      { kind: "inSource", status: "accepted", justification: "mirror: a, b (ignored for kube-linter latest-tag)" },
    ]);
  });

  test("has no region where the line is not known", () => {
    const findings = report.findings.map((finding) => ({
      ...finding,
      place: { precision: "file" as const, source: "a.yaml" },
    }));
    const [first] = (auditSarif({ ...report, findings }, undefined) as unknown as Sarif).runs[0].results;
    expect(first?.locations[0].physicalLocation).toEqual({ artifactLocation: { uri: "a.yaml" } });
  });
});

test.each([
  ["apps/web.yaml", "/repo", "apps/web.yaml"],
  ["./apps/web.yaml", "/repo", "apps/web.yaml"],
  ["/repo/apps/web.yaml", "/repo", "apps/web.yaml"],
  ["/other/web.yaml", "/repo/sub", "../../other/web.yaml"],
  ["/repo", "/repo", "../repo"],
  ["../up/web.yaml", "/repo", "../up/web.yaml"],
  ["C:\\repo\\web.yaml", undefined, "C:/repo/web.yaml"],
  ["-", "/repo", "stdin"],
])("%s seen from %s is %s", (source, folder, expected) => {
  expect(relativeSource(source, folder)).toBe(expected);
  expect(URL.canParse(relativeSourceUri(source, folder), "file:///x/")).toBe(true);
});

test("the list of rules names each one and stays within its width", () => {
  const list = listAuditRules();
  const text = ruleListText(list, { width: 100, style: createStyle(false) });
  for (const { id, name } of list.rules) expect(text).toContain(`${id}  ${name}`);
  expect(text.split("\n").filter((line) => displayWidth(line) > 100)).toEqual([]);
});
