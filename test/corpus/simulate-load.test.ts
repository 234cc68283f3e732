import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sourceReader } from "../../src/adapters/filesystem/read-sources.ts";
import { defaultCatalog } from "../../src/catalog/default-catalog.ts";
import { likelyValue } from "../../src/estate/figures/figure.ts";
import { readEstate } from "../../src/operations/read-estate.ts";
import { simulateEstateLoad } from "../../src/operations/simulation/simulate-load.ts";
import { sharedFolder } from "./placed-files.ts";

const source = "worldcup98-requests-per-minute.csv";
const text = readFileSync(join(sharedFolder, "corpora/load", source), "utf8");

test("thirty days around the peak of a real series run whole, the same each time, and conserve demand", async () => {
  const charts = { render: () => Promise.reject(new Error("no chart is expected")) };
  const folder = join(import.meta.dirname, "../../examples/nordwind");
  const { estate } = await readEstate([folder], { sources: sourceReader, charts, catalog: defaultCatalog });
  const options = {
    source,
    timeColumn: undefined,
    valueColumn: undefined,
    startSeconds: undefined,
    gaps: "hold",
  } as const;
  const simulate = () =>
    simulateEstateLoad(estate, defaultCatalog, {
      entryPoint: "web",
      series: { text, options, scale: undefined },
      textOf: () => undefined,
      days: 30,
      strategies: ["reactive", "prescaled", "scale-to-zero", "serverless"],
      seed: 7,
      today: "2026-11-20",
    });
  const report = simulate();
  if ("problem" in report) throw new Error(report.problem);
  expect(report.diagnostics.map(({ code }) => code)).toEqual(["EST-665"]);
  expect(report.demand).toMatchObject({ days: 30, peakAt: "1998-07-07T21:41:00Z" });
  expect(report.strategies.map(({ stoppedEarly }) => stoppedEarly)).toEqual([false, false, false, false]);
  for (const { series, unserved } of report.strategies) {
    expect(series).toHaveLength(720);
    expect(likelyValue(unserved)).toBeLessThan(report.demand.total / 100);
  }
  expect(JSON.stringify(simulate())).toBe(JSON.stringify(report));
});
