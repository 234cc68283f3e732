import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { givenDisk, givenReservation, givenRow } from "../../finops/prices/testing/given-row.ts";
import { refreshPrices } from "./cost-prices-refresh.ts";
import { catalogWithLayers, priceLayerMatches } from "./price-layer-file.ts";
import { priceReportSchemas, priceSchemasMatch } from "./price-schemas.ts";

async function* textOf(...rows: readonly unknown[]): AsyncGenerator<string> {
  yield rows.map((row) => JSON.stringify(row)).join("\n");
}

async function refresh(
  rows: readonly unknown[],
  options: { readonly regions?: readonly string[]; readonly withoutFailed?: boolean } = {},
) {
  const source = { name: "rows.jsonl", chunks: textOf(...rows) };
  return refreshPrices(source, defaultCatalog, { today: "2026-11-22", regions: [], withoutFailed: false, ...options });
}

const good = [givenRow({ retailPrice: 0.24 }), givenReservation("1 Year", 1_260), givenDisk({ retailPrice: 22 })];
const dear = givenRow({ armSkuName: "Standard_D8s_v5", meterName: "D8s v5", retailPrice: 0.46 });
const bad = [dear, givenRow({ ...dear, skuName: "D8s v5 Spot", retailPrice: 0.9 })];

test("what is written is what the published schemas say", async () => {
  expect([priceLayerMatches, priceSchemasMatch]).toEqual([true, true]);
  const { report, layer } = await refresh([...good, ...bad], { withoutFailed: true });
  for (const [kind, schema] of priceReportSchemas) {
    const isValid = new Ajv({ strict: false }).compile(schema());
    const document: unknown = JSON.parse(JSON.stringify(kind === "PriceLayer" ? layer : report));
    expect(isValid(document), `${kind}: ${JSON.stringify(isValid.errors?.[0])}`).toBe(true);
  }
});

describe("a refresh", () => {
  test("gives a layer whose prices stand over those that ship, dated and with their source", async () => {
    const { report, layer } = await refresh(good);
    expect(report).toMatchObject({ usable: true, taken: 3, failed: [], diagnostics: [] });
    expect(report.regions).toMatchObject([
      { region: "westeurope", payAsYouGo: 1, changed: 1, newlyPriced: 0, disks: 1 },
    ]);
    const files = [{ file: "layer.json", text: JSON.stringify(layer) }];
    const { catalog, diagnostics } = catalogWithLayers(defaultCatalog, files);
    expect(diagnostics).toEqual([]);
    expect(catalog.pricesAsOf).toBe("2026-11-22");
    const list = catalog.vmPrice("westeurope", "standard_d4s_v5", "payAsYouGo");
    expect(list).toMatchObject({ value: 0.24, asOf: "2026-11-22", verified: true });
    expect(catalog.sources().get(list?.source ?? "")?.origin).toBe("rows.jsonl (Azure Retail Prices API)");
    expect(catalog.reservationPrice("westeurope", "Standard_D4s_v5", 1)?.value).toBe(1_260 / 8_760);
    expect(catalog.diskPrice("westeurope", "P10", "LRS")?.value).toBe(22);
    for (const [region, size] of [
      ["westeurope", "Standard_D8s_v5"],
      ["northeurope", "Standard_D4s_v5"],
    ] as const) {
      expect(catalog.vmPrice(region, size, "payAsYouGo")).toEqual(defaultCatalog.vmPrice(region, size, "payAsYouGo"));
    }
  });

  test("whose checks fail gives none, names the rows, and can leave them out", async () => {
    const { report, layer } = await refresh([...good, ...bad]);
    expect(layer).toBeUndefined();
    expect(report.failed).toMatchObject([{ check: "spot-above-pay-as-you-go", item: "Standard_D8s_v5" }]);
    expect(report.diagnostics.map(({ code }) => code)).toEqual(["EST-782"]);
    const without = await refresh([...good, ...bad], { withoutFailed: true });
    expect(Object.keys(without.layer?.virtualMachines["westeurope"] ?? {})).toEqual(["Standard_D4s_v5"]);
  });

  test("without a price in a region that is asked for gives none", async () => {
    const { report, layer } = await refresh(good, { regions: ["westeurope", "westeuropa"] });
    expect(layer).toBeUndefined();
    expect(report.diagnostics[0]?.message).toContain("no price of a VM size in westeuropa");
    expect((await refresh([])).report.diagnostics.map(({ code }) => code)).toEqual(["EST-781"]);
  });

  test("of a set that was cut, or partly read, says so", async () => {
    const page = { Items: [...good, 7], NextPageLink: "https://prices.azure.com/api/retail/prices?$skip=1000" };
    const { report, layer } = await refresh([page]);
    expect(report.diagnostics.map(({ code }) => code)).toEqual(["EST-779", "EST-780"]);
    expect(layer).toBeDefined();
  });

  test("is the same whatever the order of the rows", async () => {
    const { layer } = await refresh(good);
    expect(JSON.stringify((await refresh(good.toReversed())).layer)).toBe(JSON.stringify(layer));
  });
});

test.each([
  ["no JSON", "{", "it is no JSON"],
  ["another kind", '{"kind":"Bill"}', "apiVersion"],
  [
    "a price that is none",
    '{"apiVersion":"scantling/v1alpha1","kind":"PriceLayer","asOf":"2026-11-22","currency":"USD","source":{"origin":"o","date":"d"},"managedDisks":{},"virtualMachines":{"westeurope":{"Standard_D4s_v5":{"payAsYouGo":0}}}}',
    "virtualMachines.westeurope.Standard_D4s_v5.payAsYouGo",
  ],
])("a layer file of %s is told and not used", (_what, text, words) => {
  const { catalog, diagnostics } = catalogWithLayers(defaultCatalog, [{ file: "layer.json", text }]);
  expect(diagnostics.map(({ code }) => code)).toEqual(["EST-783"]);
  expect(diagnostics[0]?.message).toContain(words);
  expect(catalog).toBe(defaultCatalog);
});
