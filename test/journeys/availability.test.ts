import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Availability } from "../../src/operations/availability/availability.ts";
import type { CompositeSheet } from "../../src/operations/availability/composite-sheet.ts";
import { repositoryRoot, runScantling } from "./run-scantling.ts";

const day = ["--today", "2026-11-22"];
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "scantling-availability-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function problemsOf(schema: string, value: unknown): string {
  const read = JSON.parse(readFileSync(join(repositoryRoot, `schemas/${schema}.v1alpha1.json`), "utf8")) as object;
  const validate = new Ajv({ strict: false, allErrors: true }).compile(read);
  return validate(value) ? "" : JSON.stringify(validate.errors?.slice(0, 3));
}

describe("scantling availability", () => {
  test("nordwind: journeys worst first, single points with places, and a ranking with money", () => {
    const run = runScantling(["availability", "examples/nordwind", "-o", "json", ...day]);
    expect(run.code).toBe(0);
    expect(run.stderr).toBe("");
    const report = JSON.parse(run.stdout) as Availability;
    expect(problemsOf("availability", report)).toBe("");
    const production = report.journeys.filter(({ environment }) => environment === "prod");
    const shares = production.map(({ unavailability: { result } }) => (result.kind === "exact" ? result.value : 2));
    expect(shares).toEqual(shares.toSorted((left, right) => right - left));
    expect(production[0]?.singlePointsOfFailure[0]?.words).toMatch(
      / stops checkout for about .*\(examples\/\S+:\d+\)$/,
    );
    expect(report.changesFor).toEqual(["prod"]);
    expect(report.improvements.length).toBeGreaterThan(5);
    const returns = report.improvements.flatMap(({ valuePerUnitOfMoney }) => valuePerUnitOfMoney ?? []);
    expect(returns.length).toBeGreaterThan(1);
    expect(returns).toEqual(returns.toSorted((left, right) => right - left));
  });

  test("shop: the page fits 100 columns, names what was missed, and says the same twice", () => {
    const first = runScantling(["availability", "examples/shop", ...day]);
    expect(first.code).toBe(0);
    expect(first.stdout).toMatch(/checkout .*MISSED by/);
    expect(first.stdout).toContain("WHAT ONE USD BUYS");
    expect(first.stdout.split("\n").filter((line) => line.length > 100)).toEqual([]);
    expect(runScantling(["availability", "examples/shop", ...day]).stdout).toBe(first.stdout);
  });

  test("a journey in depth lists every single point, and its money can be explained", () => {
    const args = ["availability", "examples/shop", "--journey", "checkout", "--no-changes", ...day];
    const run = runScantling([...args, "-o", "markdown"]);
    expect(run.code).toBe(0);
    const count = Number(/## Single points of failure: (\d+)/.exec(run.stdout)?.[1]);
    expect(run.stdout.match(/^\d+\. /gm)).toHaveLength(count);
    expect(run.stdout).toContain("## What the result hangs on");
    expect(run.stdout).toContain("one nine more than the objective 99.95%");
    const figure = /`(availability\/\S+\/downtime-cost)`/.exec(run.stdout)?.[1] ?? "";
    const explained = runScantling(["explain", figure, "--in", "examples/shop", "--depth", "2", ...day]);
    expect(explained.code).toBe(0);
    expect(explained.stdout).toMatch(/declared: cost of a minute of downtime .*estate\.yaml:\d+/);
  });

  test("says which journeys and environments there are when a name is wrong", () => {
    const journey = runScantling(["availability", "examples/shop", "--journey", "chekout"]);
    expect(journey.code).toBe(2);
    expect(journey.stderr).toContain('did you mean "checkout"?');
    const environment = runScantling(["availability", "examples/shop", "--environment", "moon"]);
    expect(environment.code).toBe(2);
    expect(environment.stderr).toContain("hint: it has");
  });
});

describe("scantling availability sheet", () => {
  const write = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  test("proves a worksheet that is right", () => {
    const path = write(
      "right.csv",
      "name,availability,structure,count\nFront Door,99.99,shared,\nGateway,99.95%,serial,\nCache,0.999,parallel cache,2\nRegions,,regions,2\nAll,99.99,result,\n",
    );
    const run = runScantling(["availability", "sheet", path]);
    expect(run.stderr).toBe("");
    expect(run.code).toBe(0);
    expect(run.stdout).toContain("The published figure is right.");
  });

  test("refutes one that is wrong, and names the mistake", () => {
    const path = write("wrong.csv", "Service;SLA (%)\nApp;99,95\nDB;99,9\nTotal;99,99995\n");
    const run = runScantling(["availability", "sheet", path, "-o", "json"]);
    expect(run.code).toBe(1);
    const report = JSON.parse(run.stdout) as CompositeSheet;
    expect(problemsOf("composite-sheet", report)).toBe("");
    expect(report.results[0]).toMatchObject({ published: "99,99995", computed: "99.85005", verdict: "notReproduced" });
    expect(report.results[0]?.variants[0]?.what).toMatch(/^items in series go through the formula of parallel ones/);
  });

  test("diagnoses numbers that are none, from standard input too", () => {
    const run = runScantling(["availability", "sheet", "-"], { input: "name,availability\nApp,199.95\n" });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("EST-838");
    expect(runScantling(["availability", "sheet", join(folder, "absent.csv")]).code).toBe(2);
  });
});
