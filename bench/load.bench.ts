import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BenchResult, median } from "./bench-result.ts";
import type { LoadMeasurement } from "./load-once.ts";
import { loadForms, loadText } from "./load-texts.ts";

const COUNTS = [1_000, 10_000, 100_000];
const RUNS = 3;

/** Objects per second and peak memory of reading texts from a file, each run in a process of its own. */
export async function run(): Promise<BenchResult[]> {
  const folder = mkdtempSync(join(tmpdir(), "scantling-bench-"));
  try {
    return COUNTS.flatMap((count) =>
      loadForms.flatMap((form) => {
        const path = join(folder, "objects");
        writeFileSync(path, loadText(form, count));
        const measurements = Array.from({ length: RUNS }, () => measure(path));
        const name = { bench: "load", case: `${count} objects, ${form}` };
        const rate = count / median(measurements.map(({ seconds }) => seconds));
        const peak = median(measurements.map(({ peakMiB }) => peakMiB));
        return [
          { ...name, metric: "throughput", value: Math.round(rate), unit: "objects/s" },
          { ...name, metric: "peak memory", value: Math.round(peak), unit: "MiB" },
        ];
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measure(path: string): LoadMeasurement {
  const child = join(import.meta.dirname, "load-once.ts");
  return JSON.parse(execFileSync(process.execPath, [child, path], { encoding: "utf8" }));
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(await run(), undefined, 2)}\n`);
