import { fileURLToPath } from "node:url";
import { readSources } from "../src/adapters/filesystem/read-sources.ts";
import { defaultCatalog } from "../src/catalog/default-catalog.ts";
import { loadEstate } from "../src/estate/load-estate.ts";
import type { Estate } from "../src/estate/model/estate.ts";
import { studyWhatIf } from "../src/operations/what-if/what-if.ts";
import type { WhatIfChange } from "../src/operations/what-if/what-if-change.ts";
import { type BenchResult, median } from "./bench-result.ts";
import { planEstateTexts } from "./plan-estate.ts";

const today = "2026-11-22";
const runs = 9;

/**
 * One change at a time: cost and isolation of the example and of a generated estate, and availability of the example,
 * which alone has journeys.
 */
export async function run(): Promise<BenchResult[]> {
  const nordwind = await readSources([fileURLToPath(new URL("../examples/nordwind", import.meta.url))]);
  const generated = { roots: ["."], texts: planEstateTexts(500), diagnostics: [] };
  return [
    ...measure("nordwind", loadEstate(nordwind), "prod-weu/general", "agents"),
    ...measure("500 workloads", loadEstate(generated), "default/user", "partner"),
  ];
}

function measure(name: string, estate: Estate, pool: string, tenant: string): readonly BenchResult[] {
  const study = studyWhatIf(estate, defaultCatalog, today);
  const [cluster = ""] = pool.split("/");
  const workload = estate.workloads.find((each) => each.cluster === cluster)?.id ?? "";
  const changes: readonly WhatIfChange[] = [
    { kind: "replicas", workload, replicas: 9 },
    { kind: "vmSize", pool, vmSize: "Standard_D8ads_v5" },
    { kind: "moveTenant", tenant, from: cluster, to: `${cluster}-${tenant}` },
  ];
  // The estate as it is is computed once, before the first change.
  study.quick([]);
  study.availability([]);
  return changes.flatMap((change) => {
    const { refused } = study.apply([change]);
    if (refused.length > 0) throw new Error(`${name}: ${refused.map(({ reason }) => reason).join()}`);
    const result = { bench: "what-if", case: `${name}, ${change.kind}`, unit: "ms" };
    return [
      { ...result, metric: "cost and isolation", value: milliseconds(() => study.quick([change])) },
      ...(estate.journeys.length === 0
        ? []
        : [{ ...result, metric: "availability", value: milliseconds(() => study.availability([change])) }]),
    ];
  });
}

function milliseconds(work: () => unknown): number {
  return median(
    Array.from({ length: runs }, () => {
      const start = performance.now();
      work();
      return performance.now() - start;
    }),
  );
}
