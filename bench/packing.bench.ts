import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadHighsSolver } from "../src/scheduling/packing/exact/highs-solver.ts";
import type { LinearSolver } from "../src/scheduling/packing/exact/linear-solver.ts";
import { packShapes } from "../src/scheduling/packing/pack-shapes.ts";
import type { PackingResult } from "../src/scheduling/packing/packing-plan.ts";
import type { BenchResult } from "./bench-result.ts";
import { type VectorPackingInstance, vectorPackingProblem } from "./vector-packing.ts";

const families = ["panigrahy", "new", "triplet"];
const secondsAnInstance = 10;

interface Measured {
  readonly instance: VectorPackingInstance;
  readonly result: PackingResult;
  readonly seconds: number;
}

/**
 * Published vector bin packing instances: gap of the default search to the proven optimum, beside that of the best published
 * heuristic, and seconds an instance. With `--optimal` the exact search as well, ended after some seconds an instance: how
 * many are proven. Fails when a plan is below a proven optimum or a bound above one.
 */
export async function run(): Promise<BenchResult[]> {
  const solver = process.argv.includes("--optimal") ? await loadHighsSolver() : undefined;
  return families.flatMap((family) => {
    const instances = readFamily(family);
    const quick = instances.map((instance) => measure(instance, undefined));
    return [
      ...gapResults(family, "default", quick),
      ...(solver === undefined ? [] : optimalResults(family, instances, solver)),
    ];
  });
}

function readFamily(family: string): readonly VectorPackingInstance[] {
  const shared = process.env.SCANTLING_SHARED ?? join(import.meta.dirname, "../../shared");
  return readFileSync(join(shared, `conformance/vector-packing/${family}.jsonl`), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as VectorPackingInstance);
}

function measure(instance: VectorPackingInstance, solver: LinearSolver | undefined): Measured {
  const start = performance.now();
  const isDue = () => performance.now() - start > secondsAnInstance * 1000;
  const result = packShapes(vectorPackingProblem(instance), solver === undefined ? {} : { exact: { solver }, isDue });
  if ("invalid" in result) throw new Error(`${instance.id} is invalid: ${JSON.stringify(result.invalid)}`);
  if (instance.opt >= 0 && (result.plan.price < instance.opt || result.lowerBound > instance.opt)) {
    throw new Error(`${instance.id}: ${result.lowerBound} <= ${instance.opt} <= ${result.plan.price} does not hold`);
  }
  return { instance, result, seconds: (performance.now() - start) / 1000 };
}

function gapResults(family: string, mode: string, measured: readonly Measured[]): BenchResult[] {
  const known = measured.filter(({ instance }) => instance.opt >= 0);
  const gaps = known.map(({ instance, result }) => 100 * (result.plan.price / instance.opt - 1));
  const published = known.map(({ instance }) => 100 * (instance.best / instance.opt - 1));
  const seconds = measured.map(({ seconds: each }) => each);
  const name = { bench: "packing", case: `${family}, ${mode}, ${measured.length} instances` };
  return [
    { ...name, metric: `mean gap to the optimum, ${known.length} instances`, value: round(mean(gaps)), unit: "%" },
    { ...name, metric: "mean gap of the best published heuristic", value: round(mean(published)), unit: "%" },
    { ...name, metric: "mean time", value: round(mean(seconds)), unit: "s" },
    { ...name, metric: "longest time", value: round(Math.max(...seconds)), unit: "s" },
  ];
}

function optimalResults(
  family: string,
  instances: readonly VectorPackingInstance[],
  solver: LinearSolver,
): BenchResult[] {
  const measured = instances.map((instance) => {
    const each = measure(instance, solver);
    const { plan, lowerBound, proven } = each.result;
    process.stderr.write(
      `${instance.id}: ${lowerBound}..${plan.price}${proven ? " proven" : ""} in ${each.seconds.toFixed(1)} s (published: ${instance.lb}..${instance.best}, optimum ${instance.opt})\n`,
    );
    return each;
  });
  const proven = measured.filter(({ result }) => result.proven);
  const open = measured.filter(({ instance }) => instance.opt < 0);
  const name = { bench: "packing", case: `${family}, optimal, ${measured.length} instances` };
  return [
    ...gapResults(family, "optimal", measured),
    { ...name, metric: "proven optimal", value: proven.length, unit: "instances" },
    {
      ...name,
      metric: `proven among the ${open.length} without a published proof`,
      value: open.filter(({ result }) => result.proven).length,
      unit: "instances",
    },
    { ...name, metric: "mean time of a proof", value: round(mean(proven.map(({ seconds }) => seconds))), unit: "s" },
    {
      ...name,
      metric: "mean gap to the own bound",
      value: round(100 * mean(measured.map(({ result }) => result.gap ?? 0))),
      unit: "%",
    },
  ];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function round(value: number): number {
  return Number(value.toFixed(2));
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(await run(), undefined, 2)}\n`);
