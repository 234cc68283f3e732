import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sourceReader } from "../../src/adapters/filesystem/read-sources.ts";
import { chartRenderer } from "../../src/adapters/helm/render-chart.ts";
import type { Estate } from "../../src/estate/model/estate.ts";
import { readEstate } from "../../src/operations/read-estate.ts";
import { runScantling } from "./run-scantling.ts";

const example = "examples/nordwind";
const read = async (path: string): Promise<Estate> =>
  (await readEstate([path], { sources: sourceReader, charts: chartRenderer })).estate;

interface AuditFinding {
  readonly rule: string;
  readonly verdict: string;
  readonly status: string;
  readonly occurrences: readonly { readonly subject: string; readonly severity: string }[];
}

/** Rule and subject of every open finding of the two worst severities; the part of the rule that fails may differ. */
function worstFindings(path: string): ReadonlySet<string> {
  const { findings } = JSON.parse(runScantling(["audit", path, "-o", "json"]).stdout) as {
    readonly findings: readonly AuditFinding[];
  };
  return new Set(
    findings
      .filter(({ verdict, status }) => verdict === "fail" && status === "open")
      .flatMap(({ rule, occurrences }) =>
        occurrences
          .filter(({ severity }) => severity === "critical" || severity === "high")
          .map(({ subject }) => `${rule.split(".")[0]} ${subject}`),
      ),
  );
}

/** Of the source, which both agents are compared with. */
let known: ReadonlySet<string> | undefined;

describe.each(["flux", "argocd"])("the repository rendered for %s, as an estate", (agent) => {
  let folder: string;
  let source: Estate;
  let rendered: Estate;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "scantling-rendered-"));
    expect(runScantling(["render", example, "--to", folder, "--agent", agent]).code).toBe(0);
    source = await read(example);
    rendered = await read(folder);
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test("has the same workloads in every environment on every cluster, of the same application and tenant", () => {
    const workloads = (estate: Estate) =>
      estate.workloads
        .map(({ id, environment, cluster, application, tenant, podRequests }) => ({
          id,
          environment,
          cluster,
          application,
          tenant,
          podRequests,
        }))
        .sort((left, right) => (left.id < right.id ? -1 : 1));
    expect(workloads(source)).toHaveLength(97);
    expect(workloads(rendered)).toEqual(workloads(source));
  });

  test("declares what the source declares, and nothing of it is wrong", () => {
    const names = ({ tenants, applications, clusters, dataStores, cloudServices, journeys }: Estate) =>
      [tenants, applications, clusters, dataStores, cloudServices, journeys].map((list) =>
        list.map(({ name }) => name).sort(),
      );
    expect(names(rendered)).toEqual(names(source));
    expect(rendered.diagnostics.filter(({ severity }) => severity !== "note")).toEqual([]);
  });

  test("keeps the comments of the documents", () => {
    expect(readFileSync(join(folder, "estate/clusters/prod-weu.yaml"), "utf8")).toContain("# Sized for a back-fill");
  });

  test("has no grave finding that its source has not", () => {
    known ??= worstFindings(example);
    const before = known;
    const now = worstFindings(folder);
    expect(now.size).toBeGreaterThan(20);
    expect(now.size).toBeLessThan(before.size);
    expect([...now].filter((finding) => !before.has(finding))).toEqual([]);
  });
});
