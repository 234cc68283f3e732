import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assessText } from "./assess-estate.ts";
import { type BenchResult, median } from "./bench-result.ts";

const COUNTS = [20, 200, 2_000];
const RUNS = 3;
const entry = join(import.meta.dirname, "../bin/scantling.js");

/** Seconds of `node bin/scantling.js assess`, start of the process to its end, by number of workloads. */
export async function run(): Promise<BenchResult[]> {
  const folder = mkdtempSync(join(tmpdir(), "scantling-bench-"));
  try {
    return COUNTS.map((count) => {
      const path = join(folder, `${count}.yaml`);
      writeFileSync(path, assessText(count));
      const seconds = Array.from({ length: RUNS }, () => assessOnce(path));
      return {
        bench: "assess",
        case: `${count} workloads`,
        metric: "elapsed",
        value: Number(median(seconds).toFixed(3)),
        unit: "s",
      };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function assessOnce(path: string): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    [entry, "assess", path, "-o", "json", "--today", "2026-11-22"],
    {
      maxBuffer: 1024 * 1024 * 1024,
      encoding: "utf8",
    },
  );
  if (status !== 0) throw new Error(`assess ended with ${status}: ${stderr.slice(0, 500)}`);
  return (performance.now() - start) / 1000;
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(await run(), undefined, 2)}\n`);
