import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sourceReader } from "../../src/adapters/filesystem/read-sources.ts";
import { chartRenderer } from "../../src/adapters/helm/render-chart.ts";
import { defaultCatalog } from "../../src/catalog/default-catalog.ts";
import { faultTreeFiles } from "../../src/operations/availability/export-fault-trees.ts";
import { solveFaultTree } from "../../src/operations/availability/solve-fault-tree.ts";
import { readEstate } from "../../src/operations/read-estate.ts";
import { randomFaultTree } from "./random-fault-tree.ts";

/** SCRAM, the probabilistic risk analysis tool of Debian's package `scram`, and the models that come with it. */
const models = "/usr/share/scram/input";

interface ScramAnswer {
  readonly products: number;
  /** Six significant digits. */
  readonly probability: number;
  readonly distribution: readonly number[];
}

/** @param limitOrder products of a higher order are not searched for */
function scram(files: readonly string[], ...options: readonly string[]): ScramAnswer {
  const report = execFileSync("scram", ["--bdd", "--probability", "true", ...options, ...files], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  const head = /<sum-of-products ([^>]*)>/.exec(report)?.[1] ?? "";
  const attribute = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(head)?.[1] ?? "";
  return {
    products: Number(attribute("products")),
    probability: Number(attribute("probability")),
    distribution: attribute("distribution").split(" ").filter(Boolean).map(Number),
  };
}

function ours(files: readonly string[]) {
  const texts = new Map(files.map((file) => [file, readFileSync(file, "utf8")]));
  const { report, diagnostics } = solveFaultTree(texts, {
    top: undefined,
    missionTimeHours: 8760,
    listed: 1,
    maximumOrder: 20,
  });
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  if (report === undefined) throw new Error("no top event");
  return report;
}

function sixDigits(value: number | undefined): number {
  return Number((value ?? Number.NaN).toPrecision(6));
}

let folder = "";
beforeAll(() => {
  expect(existsSync(models), "Debian's package scram is needed: apt-get install scram").toBe(true);
  folder = mkdtempSync(join(tmpdir(), "scantling-scram-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("models that come with SCRAM", () => {
  test.each([
    ["BSCU/BSCU.xml"],
    ["Baobab/baobab1.xml", "Baobab/baobab1-basic-events.xml"],
    ["Baobab/baobab2.xml", "Baobab/baobab2-basic-events.xml"],
    ["Chinese/chinese.xml", "Chinese/chinese-basic-events.xml"],
    ["HIPPS/HIPPS.xml"],
    ["Lift/lift.xml"],
    ["SmallTree/SmallTree.xml"],
    ["Theatre/theatre.xml"],
    ["ThreeMotor/three_motor.xml"],
    ["TwoTrain/two_train.xml"],
    ["ne574/ne574.xml"],
  ])("%s: probability to six digits, and all cut sets by order", (...names) => {
    const files = names.map((name) => join(models, name));
    const answer = scram(files);
    const { probability, cutSets } = ours(files);
    expect(sixDigits(probability)).toBe(answer.probability);
    expect(cutSets?.total).toBe(answer.products);
    const orders = answer.distribution.map((_, index) => Number(cutSets?.byOrder[index + 1] ?? 0));
    expect(orders).toEqual(answer.distribution);
  });

  test("CEA9601: the probability, and the cut sets up to order 4", () => {
    const files = ["CEA9601.xml", "CEA9601-basic-events.xml"].map((name) => join(models, "CEA9601", name));
    const answer = scram(files, "--limit-order", "4");
    const { probability, cutSets } = ours(files);
    expect(sixDigits(probability)).toBe(answer.probability);
    expect(answer.distribution.map((_, index) => Number(cutSets?.byOrder[index + 1] ?? 0))).toEqual(
      answer.distribution,
    );
  });

  test("common-cause groups", () => {
    const files = [join(models, "TwoTrain/common_cause.xml")];
    const answer = scram(files, "--ccf", "true");
    const { probability, cutSets } = ours(files);
    expect(sixDigits(probability)).toBe(answer.probability);
    expect(cutSets?.total).toBe(answer.products);
  });
});

describe("generated trees", () => {
  test.each(Array.from({ length: 24 }, (_, index) => [index + 1, 10 + index * 5] as const))(
    "seed %i with %i gates",
    (seed, gates) => {
      const negations = seed % 3 === 0;
      const file = join(folder, `${seed}.xml`);
      writeFileSync(file, randomFaultTree(seed, gates, { negations }));
      const answer = scram([file], "--limit-order", "6");
      const { probability, cutSets } = ours([file]);
      expect(sixDigits(probability)).toBe(answer.probability);
      if (negations) return;
      const orders = answer.distribution.map((_, index) => Number(cutSets?.byOrder[index + 1] ?? 0));
      expect(orders).toEqual(answer.distribution);
    },
  );
});

describe("fault trees of the examples", () => {
  test.each(["examples/nordwind", "examples/shop"])("%s: every journey", async (example) => {
    const { estate } = await readEstate([example], {
      sources: sourceReader,
      charts: chartRenderer,
      catalog: defaultCatalog,
    });
    const { files, notEvaluable } = faultTreeFiles(estate, defaultCatalog);
    expect(notEvaluable).toEqual([]);
    expect(files.size).toBeGreaterThan(0);
    for (const [name, text] of files) {
      const file = join(folder, name);
      writeFileSync(file, text);
      const answer = scram([file]);
      const { probability, cutSets } = ours([file]);
      expect(sixDigits(probability), name).toBe(answer.probability);
      expect(cutSets?.total, name).toBe(answer.products);
    }
  });
});
