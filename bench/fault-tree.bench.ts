import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { solveFaultTree } from "../src/operations/availability/solve-fault-tree.ts";
import { randomFaultTree } from "../test/debian/random-fault-tree.ts";
import type { BenchResult } from "./bench-result.ts";

/** Models that come with Debian's package `scram`. */
const models = "/usr/share/scram/input";
const published: readonly (readonly string[])[] = [
  ["BSCU/BSCU.xml"],
  ["Baobab/baobab1.xml", "Baobab/baobab1-basic-events.xml"],
  ["Baobab/baobab2.xml", "Baobab/baobab2-basic-events.xml"],
  ["CEA9601/CEA9601.xml", "CEA9601/CEA9601-basic-events.xml"],
  ["Chinese/chinese.xml", "Chinese/chinese-basic-events.xml"],
  ["HIPPS/HIPPS.xml"],
  ["Lift/lift.xml"],
  ["ThreeMotor/three_motor.xml"],
];
const gateCounts = [100, 300, 1_000, 2_000, 3_000, 5_000];
/** SCRAM is stopped after this. */
const PATIENCE_MS = 60_000;
/** SCRAM lists the cut sets up to this order; we count all of them, and list as many as a report shows. */
const MAXIMUM_ORDER = 3;

/** Reading, solving and counting cut sets of a model, beside SCRAM where it is installed. */
export function run(): BenchResult[] {
  const folder = mkdtempSync(join(tmpdir(), "scantling-bench-"));
  try {
    const cases = [
      ...(existsSync(models) ? published : []).map((names) => ({
        name: names[0] ?? "",
        files: names.map((name) => join(models, name)),
      })),
      ...gateCounts.map((gates) => {
        const file = join(folder, `${gates}.xml`);
        writeFileSync(file, randomFaultTree(7, gates, { negations: false }));
        return { name: `generated, ${gates} gates`, files: [file] };
      }),
    ];
    return cases.flatMap(({ name, files }) => measure(name, files));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function measure(name: string, files: readonly string[]): readonly BenchResult[] {
  const start = performance.now();
  const texts = new Map(files.map((file) => [file, readFileSync(file, "utf8")]));
  const { report } = solveFaultTree(texts, {
    top: undefined,
    missionTimeHours: 8_760,
    listed: 20,
    maximumOrder: MAXIMUM_ORDER,
  });
  const time = performance.now() - start;
  const kind = report?.probability === undefined ? "bounds" : "exact";
  const result = (metric: string, value: number): BenchResult => ({
    bench: "fault-tree",
    case: name,
    metric,
    value,
    unit: "ms",
  });
  const scram = timeOfScram(files);
  return [
    result(`time (${kind})`, time),
    ...(scram === undefined ? [] : [result(scram >= PATIENCE_MS ? "time of SCRAM (stopped)" : "time of SCRAM", scram)]),
  ];
}

function timeOfScram(files: readonly string[]): number | undefined {
  const start = performance.now();
  const options = ["--bdd", "--probability", "true", "--limit-order", String(MAXIMUM_ORDER)];
  const { error } = spawnSync("scram", [...options, ...files], { timeout: PATIENCE_MS, stdio: "ignore" });
  if (error !== undefined && (error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
  return performance.now() - start;
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(run(), undefined, 2)}\n`);
