import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Figure } from "../../src/estate/figures/figure.ts";
import { likelyValue } from "../../src/estate/figures/figure.ts";
import type { Assessment } from "../../src/operations/assessment/assessment.ts";
import type { StructurePlan } from "../../src/operations/planning/plan-report.ts";
import { repositoryRoot, runScantling } from "./run-scantling.ts";

const folder = mkdtempSync(join(tmpdir(), "scantling-plan-write-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const day = ["--today", "2026-11-22"];

function plan(path: string, ...words: readonly string[]) {
  return runScantling(["plan", path, "--no-alternatives", ...day, ...words], { in: folder });
}

function write(files: { readonly [path: string]: string }): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function textsBelow(root: string): ReadonlyMap<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map((file) => {
      const path = join(file.parentPath, file.name);
      return [relative(root, path), readFileSync(path, "utf8")];
    }),
  );
}

const minutesPerMonth = (365.25 / 12) * 1440;

describe("examples/nordwind", () => {
  cpSync(join(repositoryRoot, "examples/nordwind"), join(folder, "nordwind"), { recursive: true });
  // Planned once: what is told and what is written are of one run.
  const first = plan("nordwind", "--write", "-o", "json", "--output-file", "plan.json");
  const planned = JSON.parse(readFileSync(join(folder, "plan.json"), "utf8")) as StructurePlan;
  const after = textsBelow(join(folder, "nordwind"));
  const assessed = JSON.parse(
    runScantling(["assess", "nordwind", ...day, "--quiet", "-o", "json"], { in: folder }).stdout,
  ) as Assessment;

  test("is written without anything left over", () => {
    expect(first.code).toBe(0);
    expect(first.stdout).toContain("The plan is written");
    expect(first.stderr).not.toMatch(/EST-91\d/);
  });

  test("assess says the bill of the plan, to the cent", () => {
    expect(likelyValue(assessed.headline.monthlyCost)).toBe(likelyValue(planned.bill.planned));
  });

  test("assess says the availability of the plan, journey by journey, to the digit", () => {
    const minutes = new Map(
      assessed.availability.journeys.map(({ journey, unavailability }) => [journey, minutesOf(unavailability)]),
    );
    expect(planned.journeys.length).toBeGreaterThan(10);
    for (const { journey, minutesAfter } of planned.journeys) {
      expect(minutes.get(journey)?.toPrecision(12), journey).toBe(minutesAfter?.toPrecision(12));
    }
  });

  test("nobody shares what the plan keeps apart, and every pod is placed", () => {
    expect(assessed.structure.clusters.flatMap(({ unplaced }) => unplaced)).toEqual([]);
    expect(assessed.structure.clusters.flatMap(({ pools }) => pools.map(({ pool }) => pool)).length).toBe(
      planned.clusters.flatMap(({ pools }) => pools).length,
    );
  });

  test("comments stay, but for those on pools that went", () => {
    expect(after.get("clusters/dev-weu.yaml")).toContain("components:");
    expect(after.get("apps/agent-runner/base/runner.yaml")).toContain("# Each pod is a virtual machine");
    expect(after.get("clusters/prod-weu.yaml")).not.toContain("back-fill");
  });

  test("writing again right after writes nothing: the plan of what was written has no steps and costs the same", () => {
    const second = plan("nordwind", "--write", "-o", "json", "--output-file", "again.json");
    expect(second.code).toBe(0);
    expect(second.stdout).toContain("Nothing to write");
    const again = JSON.parse(readFileSync(join(folder, "again.json"), "utf8")) as StructurePlan;
    expect(again.steps).toEqual([]);
    expect(again.proof.monthly).toBe(planned.proof.monthly);
    expect(textsBelow(join(folder, "nordwind"))).toEqual(after);
  });
});

function minutesOf(unavailability: Figure): number | undefined {
  const likely = likelyValue(unavailability);
  return likely === undefined ? undefined : likely * minutesPerMonth;
}

const estate = `# One cluster for two teams.
apiVersion: scantling/v1alpha1
kind: Cluster
metadata: {name: prod}
spec:
  region: westeurope   # near the users
  tier: Standard
  nodePools:
    - {name: system, mode: System, vmSize: Standard_D4s_v5, zones: ["1", "2", "3"], count: 3}
    # Grown over the years.
    - {name: general, mode: User, vmSize: Standard_D16s_v5, zones: ["1", "2", "3"], count: 6}
---
apiVersion: scantling/v1alpha1
kind: Tenant
metadata: {name: partner}
spec: {trust: external, namespaces: [labels]}
---
apiVersion: scantling/v1alpha1
kind: Tenant
metadata: {name: shop}
spec: {trust: team, namespaces: [shop]}
`;

function deployment(name: string, namespace: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  replicas: 3 # as measured
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      containers: [{name: ${name}, image: "registry.example/${name}:1.0.0", resources: {requests: {cpu: 500m, memory: 1Gi}}}]
`;
}

describe("plain manifests", () => {
  test("are edited in place, and only where a pool asks for it", () => {
    write({
      "plain/estate.yaml": estate,
      "plain/labels.yaml": deployment("labels", "labels"),
      "plain/shop.yaml": deployment("web", "shop"),
    });
    const dry = plan("plain", "--write", "--dry-run");
    expect(dry.stdout).toContain("--- a/plain/labels.yaml");
    expect(readFileSync(join(folder, "plain/estate.yaml"), "utf8")).toBe(estate);
    expect(plan("plain", "--write").code).toBe(0);
    const labels = readFileSync(join(folder, "plain/labels.yaml"), "utf8");
    expect(labels).toContain("replicas: 3 # as measured");
    expect(labels).toContain("nodeSelector: {kubernetes.azure.com/agentpool: partner}");
    expect(labels).toContain("value: partner");
    const written = readFileSync(join(folder, "plain/estate.yaml"), "utf8");
    expect(written).toContain("# One cluster for two teams.");
    expect(written).toContain("region: westeurope   # near the users");
    expect(plan("plain", "--write").stdout).toContain("Nothing to write");
  });

  test("alone get an estate.yaml of their own", () => {
    write({ "alone/shop.yaml": deployment("web", "shop") });
    expect(plan("alone", "--write").code).toBe(0);
    const written = readFileSync(join(folder, "alone/estate.yaml"), "utf8");
    expect(written).toContain("kind: Estate");
    expect(written).toContain("kind: Cluster");
    expect(plan("alone", "--write").stdout).toContain("Nothing to write");
  });
});

describe("what cannot be written", () => {
  test("manifests rendered from a chart: the values to set are named", () => {
    const rendered = `---\n# Source: labels/templates/deployment.yaml\n${deployment("labels", "labels")}`;
    write({ "chart/estate.yaml": estate, "chart/labels.yaml": rendered, "chart/shop.yaml": deployment("web", "shop") });
    const { code, stderr } = plan("chart", "--write");
    expect(code).toBe(0);
    expect(stderr).toContain("EST-917");
    expect(stderr).toContain("rendered from a chart");
    expect(stderr).toContain('nodeSelector: {"kubernetes.azure.com/agentpool":"partner"}');
    expect(readFileSync(join(folder, "chart/labels.yaml"), "utf8")).toBe(rendered);
  });

  test("standard input, and a file that is read-only: nothing is written", () => {
    const stdin = runScantling(["plan", "-", "--no-alternatives", ...day, "--write"], {
      input: deployment("web", "shop"),
    });
    expect(stdin.code).toBe(2);
    expect(stdin.stderr).toContain("EST-915");
    write({ "locked/estate.yaml": estate, "locked/labels.yaml": deployment("labels", "labels") });
    chmodSync(join(folder, "locked/estate.yaml"), 0o444);
    const locked = plan("locked", "--write");
    expect(locked.code).toBe(2);
    expect(locked.stderr).toContain("EST-918");
    expect(readFileSync(join(folder, "locked/estate.yaml"), "utf8")).toBe(estate);
  });
});
