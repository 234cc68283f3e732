import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { repositoryRoot, runScantling } from "./run-scantling.ts";

const nordwind = join(repositoryRoot, "examples/nordwind");
const shop = join(repositoryRoot, "examples/shop");

describe("scantling simulate availability", () => {
  test("says what a year of each journey looks like, beside the fault tree, within 100 columns", () => {
    const run = runScantling(["simulate", "availability", shop, "--years", "150"]);
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/^150 years simulated/);
    expect(run.stdout).toMatch(/prod\/shop\/checkout +99\.\d+ % .*(agrees|simulation (lower|higher))/);
    expect(run.stdout).toMatch(/of the years have more \(between/);
    expect(Math.max(...run.stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  test("is the same byte for byte for one seed, and checks itself on what tree and simulation have alike", () => {
    const given = [
      "simulate",
      "availability",
      nordwind,
      "--journey",
      "browse",
      "--years",
      "120",
      "--seed",
      "5",
      "-o",
      "json",
    ];
    const run = runScantling(given);
    expect(run.code).toBe(0);
    expect(runScantling(given).stdout).toBe(run.stdout);
    const report = JSON.parse(run.stdout);
    expect(report).toMatchObject({ kind: "AvailabilitySimulation", seed: 5, years: 120, stoppedBy: "years" });
    expect(report.journeys).toHaveLength(3);
    for (const { check } of report.journeys) expect(Math.abs(check.standardErrors)).toBeLessThan(4);
  });

  test("stops by precision; names a journey that is not there; refuses what is no share", () => {
    const precise = runScantling(["simulate", "availability", shop, "--precision", "5%", "-o", "json"]);
    expect(JSON.parse(precise.stdout)).toMatchObject({ stoppedBy: "precision", precision: 0.05, years: 100 });
    const unknown = runScantling(["simulate", "availability", shop, "--journey", "chekout"]);
    expect(unknown).toMatchObject({ code: 2, stdout: "" });
    expect(unknown.stderr).toContain("Did you mean checkout?");
    expect(runScantling(["simulate", "availability", shop, "--precision", "200%"]).code).toBe(2);
  });
});

describe("scantling simulate rebuild", () => {
  test("draws the timeline within 100 columns, and names the critical path and what Git lacks", () => {
    const run = runScantling(["simulate", "rebuild", nordwind, "--cluster", "prod-weu"]);
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/catalog\/search: 256 GiB restored +·+█+·+ +\d:\d\d +\d:\d\d/);
    expect(run.stdout).toContain("Critical path: loss noticed, rebuild decided →");
    expect(run.stdout.replaceAll(/\s+/g, " ")).toContain("key vault vault is in westeurope only");
    expect(Math.max(...run.stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  test("exit 1 for secrets that are nowhere in Git only when asked for", () => {
    expect(runScantling(["simulate", "rebuild", shop]).code).toBe(0);
    const run = runScantling(["simulate", "rebuild", shop, "--fail-on-risk", "-o", "json"]);
    expect(run.code).toBe(1);
    expect(JSON.parse(run.stdout)).toMatchObject({
      kind: "RebuildTimeline",
      clusters: [
        { cluster: "shop-weu", risks: expect.arrayContaining([expect.objectContaining({ risk: "secretNotInGit" })]) },
      ],
    });
  });

  test("a cluster that is not there is named with the nearest one", () => {
    const run = runScantling(["simulate", "rebuild", nordwind, "--cluster", "prod-we"]);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toContain("did you mean prod-weu?");
  });
});
