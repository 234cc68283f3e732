import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { repositoryRoot, runScantling } from "./run-scantling.ts";

interface Report {
  readonly traceHash: string;
  readonly guarantees: readonly {
    readonly kind: string;
    readonly isBroken: boolean;
    readonly costPerThousandChanges?: number;
  }[];
  readonly traces: readonly { readonly kind: string; readonly operations: number }[];
}

function holdsTo(name: string, text: string): Report {
  const schema = JSON.parse(readFileSync(join(repositoryRoot, `schemas/${name}.v1alpha1.json`), "utf8")) as object;
  const report = JSON.parse(text) as Report;
  const ajv = new Ajv({ strict: false });
  expect(ajv.validate(schema, report), ajv.errorsText()).toBe(true);
  return report;
}

describe("scantling stateful simulate", () => {
  test("plays a level by flags alone: the same seed, the same bytes; each break with its shortest story", () => {
    const line = ["stateful", "simulate", "--level", "session", "--regions", "westeurope,northeurope"];
    const moving = [...line, "--move-share", "0.3", "--lose-token", "--runs", "20", "-o", "json"];
    const run = runScantling(moving);
    expect(run.code).toBe(0);
    expect(runScantling(moving).stdout).toBe(run.stdout);
    const report = holdsTo("consistency-simulation", run.stdout);
    const trace = report.traces.find(({ kind }) => kind === "readYourWrites");
    expect(trace?.operations).toBe(2);
  });

  test("plays a DataStore with its declared costs", () => {
    const run = runScantling([
      "stateful",
      "simulate",
      "examples/nordwind",
      "--store",
      "stock",
      "--runs",
      "20",
      "-o",
      "json",
    ]);
    const report = holdsTo("consistency-simulation", run.stdout);
    const oversell = report.guarantees.find(({ kind }) => kind === "oversell");
    expect(oversell?.isBroken).toBe(true);
    expect(oversell?.costPerThousandChanges).toBeGreaterThan(0);
    const carts = runScantling(["stateful", "simulate", "examples/nordwind", "--store", "carts", "--runs", "10"]);
    expect(carts.stdout).toContain("DataStore/carts");
  });

  test("quorums that overlap read nothing stale", () => {
    const run = runScantling(["stateful", "simulate", "--quorum", "3,2,2", "--runs", "10"]);
    expect(run.stdout).toContain("exactly zero");
  });

  test("plays delays from a file", () => {
    const folder = mkdtempSync(join(tmpdir(), "scantling-latency-"));
    const file = join(folder, "delays.json");
    writeFileSync(file, JSON.stringify({ withinRegion: 0.5, betweenRegions: { kind: "exponential", mean: 30 } }));
    const run = runScantling(["stateful", "simulate", "--level", "session", "--latency", file, "--runs", "5"]);
    rmSync(folder, { recursive: true });
    expect(run.code).toBe(0);
    expect(run.stdout).not.toContain("ASM-265");
  });

  test.each([
    ["--level sesion", "EST-876"],
    ["--quorum 3,4,1", "EST-878"],
    ["--level strong --multi-write", "EST-879"],
    ["--level session --replication-lag-seconds -1", "EST-875"],
    ["--level session --regions atlantis", "EST-876"],
    ["--level session --fault flood:westeurope", "EST-876"],
    ["--level boundedStaleness --staleness-seconds 60", "EST-880"],
    ["--quorum 3,1,1 --expected-version", "EST-881"],
    ["--level session --latency package.json", "EST-877"],
  ])("%s is diagnosed", (flags, code) => {
    const run = runScantling(["stateful", "simulate", ...flags.split(" ")]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(code);
    expect(run.stdout).toBe("");
  });
});

test("scantling stateful overbooking sells beyond the capacity as far as it pays", () => {
  const line = [
    "stateful",
    "overbooking",
    "--capacity",
    "100",
    "--show-up",
    "92%",
    "--price",
    "120",
    "--bump-cost",
    "400",
  ];
  expect(runScantling(line).stdout).toContain("Sell 106");
  holdsTo("overbooking", runScantling([...line, "-o", "json"]).stdout);
  expect(runScantling([...line, "--retry-success", "2"]).stderr).toContain("EST-875");
});
