import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { auditRepository, type RepositoryForm, repositoryForms, type Upkeep } from "./audit-repository.ts";
import { type BenchResult, median } from "./bench-result.ts";
import type { ProcessUsage } from "./report-usage.ts";

const COUNTS = [1_000, 10_000, 100_000];
const NEGLECTED_COUNTS = [10_000];
/** Runs of each case; the largest take long enough to be told apart by one. */
const runsOf = (count: number): number => (count < 100_000 ? 3 : 1);
const entry = join(import.meta.dirname, "../bin/scantling.js");
const usageReporter = join(import.meta.dirname, "report-usage.ts");

/** What the design asks for on two cores. */
const bars = { "YAML objects/s": 12_000, "JSON objects/s": 50_000, "peak MiB": 1_024, "warm s, 10000 objects": 0.3 };

interface Measurement extends ProcessUsage {
  readonly seconds: number;
}

/**
 * `node bin/scantling.js audit -o json` from its start to its end, by number of objects, form and upkeep: cold, which is with
 * an empty cache, and warm, with the cache that the cold run left. Fails when the two do not print the same.
 */
export async function run(): Promise<BenchResult[]> {
  const asked = process.argv.find((word) => word.startsWith("--objects="))?.slice("--objects=".length);
  const counts = asked === undefined ? COUNTS : asked.split(",").map(Number);
  return [
    ...Object.entries(bars).map(([metric, value]) => ({ bench: "audit", case: "bar", metric, value, unit: "" })),
    ...counts.flatMap((count) => repositoryForms.flatMap((form) => measureCase(count, "kept", form))),
    ...NEGLECTED_COUNTS.filter((count) => counts.includes(count)).flatMap((count) =>
      measureCase(count, "neglected", "YAML"),
    ),
  ];
}

function measureCase(count: number, upkeep: Upkeep, form: RepositoryForm): BenchResult[] {
  const folder = mkdtempSync(join(tmpdir(), "scantling-bench-"));
  try {
    writeRepository(folder, auditRepository(count, upkeep, form));
    const cold: Measurement[] = [];
    const warm: Measurement[] = [];
    for (let turn = 0; turn < runsOf(count); turn += 1) {
      rmSync(join(folder, "cache"), { recursive: true, force: true });
      cold.push(auditOnce(folder, "cold.json"));
      warm.push(auditOnce(folder, "warm.json"));
      if (!readFileSync(join(folder, "cold.json")).equals(readFileSync(join(folder, "warm.json")))) {
        throw new Error(`${count} objects, ${form}: the warm run printed something else than the cold one`);
      }
    }
    const name = `${count} objects, ${form}, ${upkeep}`;
    return [...resultsOf(name, "cold", count, cold), ...resultsOf(name, "warm", count, warm), loadOfMachine(name)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeRepository(folder: string, texts: ReadonlyMap<string, string>): void {
  for (const [path, text] of texts) {
    const target = join(folder, "repository", path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}

function auditOnce(folder: string, output: string): Measurement {
  const usage = join(folder, "usage.json");
  const stdout = openSync(join(folder, output), "w");
  const start = performance.now();
  const { status } = spawnSync(
    process.execPath,
    [
      "--import",
      usageReporter,
      entry,
      "audit",
      "repository",
      "-o",
      "json",
      "--fail-on",
      "none",
      "--today",
      "2026-11-22",
    ],
    {
      cwd: folder,
      stdio: ["ignore", stdout, "inherit"],
      env: { ...process.env, XDG_CACHE_HOME: join(folder, "cache"), SCANTLING_BENCH_USAGE: usage },
    },
  );
  const seconds = (performance.now() - start) / 1000;
  closeSync(stdout);
  if (status !== 0) throw new Error(`audit ended with ${status}`);
  return { seconds, ...(JSON.parse(readFileSync(usage, "utf8")) as ProcessUsage) };
}

function resultsOf(
  name: string,
  state: "cold" | "warm",
  count: number,
  measured: readonly Measurement[],
): BenchResult[] {
  const middle = (number: keyof Measurement): number => median(measured.map((each) => each[number]));
  const result = (metric: string, value: number, unit: string): BenchResult => ({
    bench: "audit",
    case: name,
    metric: `${state}, ${metric}`,
    value,
    unit,
  });
  return [
    result("elapsed", Number(middle("seconds").toFixed(3)), "s"),
    result("processor time", Number(middle("processorSeconds").toFixed(3)), "s"),
    result("throughput", Math.round(count / middle("seconds")), "objects/s"),
    result("peak memory", Math.round(middle("peakMiB")), "MiB"),
  ];
}

/** Other programs on the machine make elapsed times longer; one process alone gives about 1. */
function loadOfMachine(name: string): BenchResult {
  const [load = Number.NaN] = loadavg();
  return { bench: "audit", case: name, metric: "load average of the machine", value: load, unit: "processes" };
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(await run(), undefined, 2)}\n`);
