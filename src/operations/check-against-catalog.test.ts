import { describe, expect, test } from "vitest";
import { defaultCatalog } from "../catalog/default-catalog.ts";
import { loadEstate } from "../estate/load-estate.ts";
import { memorySources } from "../estate/sources/memory-sources.ts";
import { document, givenTexts, webService } from "../estate/testing/given-texts.ts";
import { checkAgainstCatalog } from "./check-against-catalog.ts";
import { hasErrors, readEstate } from "./read-estate.ts";

function cluster(region: string, pool: string): { readonly [path: string]: string } {
  return {
    "c.yaml": document("Cluster", "main", `\n  region: ${region}\n  nodePools:\n    - ${pool}`),
    "web.yaml": webService("web"),
  };
}

const goodPool = "{name: a, mode: System, vmSize: Standard_D4ads_v5, zones: ['1']}";

describe("names that only the catalog knows", () => {
  test("are fine as they are", () => {
    expect(checkAgainstCatalog(givenTexts(cluster("westeurope", goodPool)), defaultCatalog)).toEqual([]);
    expect(checkAgainstCatalog(givenTexts({ "web.yaml": webService("web") }), defaultCatalog)).toEqual([]);
  });

  test("are VM sizes: a wrong one is an error at its field", () => {
    const texts = cluster("westeurope", goodPool.replace("D4ads_v5", "D4adsv5"));
    expect(checkAgainstCatalog(givenTexts(texts), defaultCatalog)).toMatchObject([
      {
        code: "EST-500",
        severity: "error",
        message: expect.stringContaining('"Standard_D4adsv5"'),
        hint: expect.stringContaining("Did you mean Standard_D4ads_v5?"),
        place: { source: "c.yaml", line: 7, column: 31 },
        affects: ["Cluster/main"],
      },
    ]);
  });

  test.each([
    ["westeurop", "EST-501", "Did you mean westeurope?"],
    ["atlantis", "EST-501", "Names that would do:"],
  ])("are regions: %s is a warning", (region, code, hint) => {
    expect(checkAgainstCatalog(givenTexts(cluster(region, goodPool)), defaultCatalog)).toMatchObject([
      { code, severity: "warning", hint: expect.stringContaining(hint), place: { source: "c.yaml", line: 5 } },
    ]);
  });

  test("are regions: one that exists and has no prices", () => {
    const unpriced = defaultCatalog
      .knownRegions()
      .find(
        (region) => !defaultCatalog.vmSizes().some(({ name }) => defaultCatalog.vmPrice(region, name, "payAsYouGo")),
      );
    expect(unpriced).toBeDefined();
    const estate = document("Estate", "e", `\n  regions:\n    - {name: ${unpriced}, zones: []}`);
    const texts = { ...cluster(unpriced ?? "", goodPool.replace("['1']", "[]")), "e.yaml": estate };
    const found = checkAgainstCatalog(givenTexts(texts), defaultCatalog);
    expect(found).toMatchObject([{ code: "EST-502", place: { source: "e.yaml", line: 6 }, affects: ["Cluster/main"] }]);
  });

  test("stand among the diagnostics of an estate that is read with a catalog", async () => {
    const sources = memorySources(cluster("westeurope", goodPool.replace("D4ads_v5", "D4adsv5")));
    const reading = {
      sources: { read: async () => sources },
      charts: { render: async () => Promise.reject(new Error("no chart")) },
    };
    expect(hasErrors(loadEstate(sources).diagnostics)).toBe(false);
    const { estate } = await readEstate(["."], { ...reading, catalog: defaultCatalog });
    expect(estate.diagnostics.map(({ code }) => code)).toContain("EST-500");
    expect((await readEstate(["."], reading)).estate.diagnostics).toEqual(loadEstate(sources).diagnostics);
  });
});
