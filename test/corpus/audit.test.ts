import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { sourceReader } from "../../src/adapters/filesystem/read-sources.ts";
import type { AuditFinding } from "../../src/audit/report/group-findings.ts";
import { defaultCatalog } from "../../src/catalog/default-catalog.ts";
import { auditSarif } from "../../src/cli/reporters/audit-sarif.ts";
import { audit } from "../../src/operations/audit/audit.ts";
import type { Audit } from "../../src/operations/audit/audit-report.ts";
import { readEstate } from "../../src/operations/read-estate.ts";
import { sharedFolder } from "./placed-files.ts";
import { sarifValidator } from "./sarif-schema.ts";

const corpora = join(sharedFolder, "corpora");
const severities = ["critical", "high", "medium", "low", "info"];

async function auditCorpus(path: string): Promise<Audit> {
  const charts = { render: () => Promise.reject(new Error("no chart is expected")) };
  const read = await readEstate([join(corpora, path)], { sources: sourceReader, charts, catalog: defaultCatalog });
  return audit(read, defaultCatalog, { today: "2026-11-22", includeNotEvaluable: true });
}

describe.each([
  ["aks-store-demo/kustomize/overlays/dev", 16],
  ["online-boutique/kubernetes-manifests.yaml", 35],
  ["kube-prometheus/manifests", 131],
])("%s", async (path, objects) => {
  const report = await auditCorpus(path);
  const fails = report.findings.filter(({ verdict }) => verdict === "fail");

  test("is read whole and judged by every rule without a defect", () => {
    expect(report.summary.objects).toBe(objects);
    expect(report.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(fails.length).toBeGreaterThan(20);
  });

  test("has findings whose exact places open at a line of the named object and field", () => {
    const exact = report.findings.filter(({ place }) => place.precision === "exact");
    expect(exact.length).toBeGreaterThan(20);
    expect(exact.flatMap(misplaced)).toEqual([]);
    for (const { place } of report.findings) expect(place.line !== undefined).toBe(place.precision === "exact");
  });

  test("has no finding twice on an object", () => {
    const keys = report.findings.flatMap(({ rule, verdict, container, path: field, message, occurrences }) =>
      occurrences.map(({ subject }) => [rule, verdict, subject, container, field, message].join("\n")),
    );
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
    const identities = report.findings.flatMap(({ occurrences }) => occurrences.map(({ fingerprint }) => fingerprint));
    expect(new Set(identities).size).toBe(identities.length);
  });

  test("has them sorted, worst first", () => {
    const ranks = report.findings.map(
      ({ verdict, severity, rule }) => `${verdict === "fail" ? 0 : 1} ${severities.indexOf(severity)} ${rule}`,
    );
    expect(ranks).toEqual(ranks.toSorted());
  });

  test("is valid SARIF", () => {
    const validate = sarifValidator();
    const sarif = JSON.parse(JSON.stringify(auditSarif(report, sharedFolder))) as unknown;
    expect(validate(sarif), JSON.stringify(validate.errors?.slice(0, 5))).toBe(true);
    const { runs } = sarif as { runs: readonly { readonly results: readonly SarifResult[] }[] };
    const results = runs[0]?.results ?? [];
    expect(results).toHaveLength(report.findings.length);
    for (const { locations } of results) {
      expect(locations[0]?.physicalLocation.artifactLocation.uri).toMatch(/^corpora\/[\w./-]+\.yaml$/);
      const region = locations[0]?.physicalLocation.region;
      if (region !== undefined) expect(region.startLine).toBeGreaterThan(0);
    }
  });
});

interface SarifResult {
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string };
      readonly region?: { readonly startLine: number };
    };
  }[];
}

/** Why a place does not lead to what the finding names; empty when it does. */
function misplaced({ rule, subject, place, path }: AuditFinding): string[] {
  const { source, line = 0, column = 0 } = place;
  const lines = readFileSync(source, "utf8").split("\n");
  const text = lines[line - 1];
  const at = `${rule} ${subject} at ${source}:${line}:${column}`;
  if (text === undefined) return [`${at}: there is no such line`];
  const rest = text.slice(column - 1);
  if (rest.trim() === "" || rest.startsWith("#") || rest.startsWith("---")) return [`${at}: nothing stands there`];
  if (!hasStandIn(subject) && !source.endsWith("kustomization.yaml")) {
    const name = subject.split("/").at(-1) ?? "";
    if (!documentAt(lines, line - 1).includes(name)) return [`${at}: the document does not name it`];
  }
  return path === undefined || opensAt(text, rest, path) ? [] : [`${at}: ${path} is not there`];
}

/** Namespaces and clusters that no object describes are pointed at through something that lands in them. */
function hasStandIn(subject: string): boolean {
  return /(?:^|\/)(?:Namespace|Cluster)\/[^/]+$/.test(subject);
}

/** At the key of the field or, where it is missing, of the nearest one above it; the items of a list have no key. */
function opensAt(line: string, rest: string, path: string): boolean {
  const steps = [...path.matchAll(/"((?:[^"\\]|\\.)*)"|[^.[\]"]+/g)].map(([step, quoted]) => quoted ?? step);
  const keys = steps.filter((step) => step !== "" && !/^\d+$/.test(step));
  return keys.some((key) => rest.startsWith(`${key}:`)) || (path.includes("[") && /^ *- /.test(line));
}

function documentAt(lines: readonly string[], line: number): string {
  const before = lines.lastIndexOf("---", line);
  const after = lines.indexOf("---", line);
  return lines.slice(before + 1, after === -1 ? undefined : after).join("\n");
}
