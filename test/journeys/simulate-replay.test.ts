import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { repositoryRoot, runScantling } from "./run-scantling.ts";

const nordwind = join(repositoryRoot, "examples/nordwind");

function tables(pods: string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), "scantling-"));
  const [nodesFile, podsFile] = [join(folder, "nodes.csv"), join(folder, "pods.csv")];
  writeFileSync(nodesFile, "sn,cpu_milli,memory_mib,gpu\na,4000,8192,1\nb,4000,8192,0\n");
  writeFileSync(podsFile, `name,cpu_milli,memory_mib,num_gpu,pod_phase\n${pods}`);
  return ["--nodes", nodesFile, "--pods", podsFile];
}

describe("scantling simulate failure", () => {
  test("says for people what the loss of a zone leaves pending", () => {
    const run = runScantling(["simulate", "failure", nordwind, "--cluster", "prod-weu", "--zone", "1", "--quiet"]);
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/Losing zone 1 of prod-weu leaves 1 pod of prod-weu\/sessions-db pending/);
    expect(run.stdout).toContain("disk data-sessions-db-0 of prod-weu/sessions-db is out of reach");
  });

  test("takes a cluster as two tables; exit 1 for pending pods only when asked for", () => {
    const given = tables("train,1000,1024,1,Running\nweb,1000,1024,0,Running\nold,1,1,0,Succeeded\n");
    const run = runScantling(["simulate", "failure", ...given, "--node", "a", "--fail-on-pending", "-o", "json"]);
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 1, stderr: "" });
    expect(JSON.parse(run.stdout)).toMatchObject({
      kind: "FailureReplay",
      clusters: [{ nodes: 2, pods: 2, failures: [{ kind: "node", name: "a", pending: 1 }] }],
    });
    expect(runScantling(["simulate", "failure", ...given, "--node", "a", "-o", "json"]).code).toBe(0);
  });

  test("leaves out rows that cannot be, and says which", () => {
    const run = runScantling(["simulate", "failure", ...tables("web,-5,1,0,Running\nok,5,1,0,Running\n")]);
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/EST-681 .*Line 2 of .*pods\.csv is left out of the replay: its cpu is -5/);
    expect(run.stdout).toContain("1 POD");
  });

  test("one table alone, or a name that is not there, cannot be answered", () => {
    expect(runScantling(["simulate", "failure", ...tables("").slice(0, 2)])).toMatchObject({ code: 2, stdout: "" });
    const run = runScantling(["simulate", "failure", nordwind, "--cluster", "prod-weu", "--node", "general-00"]);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toContain("Did you mean general-0?");
  });
});

test("scantling simulate upgrade names the budget that keeps a pool from being upgraded", () => {
  const run = runScantling(["simulate", "upgrade", nordwind, "--cluster", "prod-weu", "--fail-on-blocked", "--quiet"]);
  expect(run.code).toBe(1);
  expect(run.stdout).toContain("PodDisruptionBudget loyalty/loyalty-api (minAvailable 2) allows no eviction");
});
