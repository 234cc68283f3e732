import { join } from "node:path";
import { sourceReader } from "../src/adapters/filesystem/read-sources.ts";
import { defaultCatalog } from "../src/catalog/default-catalog.ts";
import { readEstate } from "../src/operations/read-estate.ts";
import { simulateEstateLoad } from "../src/operations/simulation/simulate-load.ts";
import { type BenchResult, median } from "./bench-result.ts";

const lengths = [1, 30, 90];
const runs = 3;

/** The example estate under its own load profile, four strategies: time by length of the simulation. */
export async function run(): Promise<BenchResult[]> {
  const charts = { render: () => Promise.reject(new Error("no chart is expected")) };
  const folder = join(import.meta.dirname, "../examples/nordwind");
  const { estate } = await readEstate([folder], { sources: sourceReader, charts, catalog: defaultCatalog });
  return lengths.map((days) => {
    const seconds = Array.from({ length: runs }, () => {
      const start = performance.now();
      const report = simulateEstateLoad(estate, defaultCatalog, {
        entryPoint: "web",
        textOf: () => undefined,
        days,
        strategies: ["reactive", "prescaled", "scale-to-zero", "serverless"],
        seed: 1,
        today: "2026-11-20",
      });
      if ("problem" in report) throw new Error(report.problem);
      return (performance.now() - start) / 1000;
    });
    const name = { bench: "simulate", case: `${days} days, four strategies` };
    return { ...name, metric: "time", value: Number(median(seconds).toFixed(2)), unit: "s" };
  });
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(await run(), undefined, 2)}\n`);
