import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BenchResult, median } from "./bench-result.ts";
import type { LoadMeasurement, LoadStage } from "./load-once.ts";
import { type LoadForm, loadForms, loadText } from "./load-texts.ts";

const COUNTS = [1_000, 10_000, 100_000];
const RUNS = 3;

/**
 * Objects per second and peak memory of reading texts to documents (in each form) and of loading them to the estate,
 * each run in a process of its own.
 */
export async function run(): Promise<BenchResult[]> {
  const folder = mkdtempSync(join(tmpdir(), "scantling-bench-"));
  try {
    return COUNTS.flatMap((count) => [
      ...loadForms.flatMap((form) => measureCase(folder, "read", form, count)),
      ...measureCase(folder, "load", "YAML documents", count),
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measureCase(folder: string, stage: LoadStage, form: LoadForm, count: number): BenchResult[] {
  const path = join(folder, "objects.yaml");
  writeFileSync(path, loadText(form, count));
  const measurements = Array.from({ length: RUNS }, () => measureOnce(path, stage));
  const name = { bench: stage, case: `${count} objects, ${form}` };
  const middle = (number: keyof LoadMeasurement): number => median(measurements.map((measured) => measured[number]));
  return [
    { ...name, metric: "throughput", value: Math.round(count / middle("seconds")), unit: "objects/s" },
    { ...name, metric: "processor time", value: Number(middle("processorSeconds").toFixed(3)), unit: "s" },
    { ...name, metric: "peak memory", value: Math.round(middle("peakMiB")), unit: "MiB" },
  ];
}

function measureOnce(path: string, stage: LoadStage): LoadMeasurement {
  const child = join(import.meta.dirname, "load-once.ts");
  return JSON.parse(execFileSync(process.execPath, [child, path, stage], { encoding: "utf8" }));
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(await run(), undefined, 2)}\n`);
