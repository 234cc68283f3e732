import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { givenEstate, givenWorkload } from "../../scheduling/testing/given-estate.ts";
import { allocateCost } from "./cost-allocation.ts";
import { billOf } from "./cost-bill.ts";
import { compareCost } from "./cost-comparison.ts";
import { vmPrices } from "./cost-prices.ts";
import { costReportSchemas, costSchemasMatch } from "./cost-schemas.ts";

const estate = givenEstate({ workloads: [givenWorkload({ name: "web", cpu: 500, memoryMiB: 512 })] });
const today = "2026-11-22";

async function reports(): Promise<readonly unknown[]> {
  const none = { kind: "none" } as const;
  const choice = { by: { kind: "tenant" }, shareIdle: none, sharePlatform: none, filter: undefined } as const;
  const allocated = await allocateCost(estate, defaultCatalog, { ...choice, today, period: "year" });
  return [
    billOf(estate, defaultCatalog, { today, period: "hour" }),
    allocated.report,
    compareCost(estate, defaultCatalog, { today }),
    vmPrices(defaultCatalog, "D4s_v5", "westeurope"),
  ];
}

test("every report of cost is what its published schema says", async () => {
  expect(costSchemasMatch.every(Boolean)).toBe(true);
  const documents = await reports();
  for (const [index, [kind, schema]] of costReportSchemas.entries()) {
    const document: unknown = JSON.parse(JSON.stringify(documents[index]));
    expect(document).toMatchObject({ apiVersion: "scantling/v1alpha1", kind });
    const isValid = new Ajv({ strict: false }).compile(schema());
    expect(isValid(document), JSON.stringify(isValid.errors?.[0])).toBe(true);
  }
});
