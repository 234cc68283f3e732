import { describe, expect, test } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { loadEstate } from "../../estate/load-estate.ts";
import { memorySources } from "../../estate/sources/memory-sources.ts";
import { withCatalogDiagnostics } from "../check-against-catalog.ts";
import { adviseStores } from "./stateful-advise.ts";
import { type StoreNeedInBrief, storeNeedDocument } from "./store-need-document.ts";

function adviseText(text: string) {
  const estate = withCatalogDiagnostics(loadEstate(memorySources({ "need.yaml": text })), defaultCatalog);
  return { estate, report: adviseStores(estate, defaultCatalog) };
}

const store = (name: string, spec: string) =>
  `apiVersion: scantling/v1alpha1\nkind: DataStore\nmetadata: {name: ${name}}\nspec: ${spec}\n---\n`;
const estateOf = (spec: string) =>
  `apiVersion: scantling/v1alpha1\nkind: Estate\nmetadata: {name: e}\nspec: ${spec}\n---\n`;

describe("documents with errors", () => {
  test.each([
    ["a value of the store that does not exist", store("bad", "{consistency: {reads: sesion}}"), "EST-207"],
    ["a duration below zero", store("bad", '{latency: {readP99: "-5ms"}}'), "EST-206"],
    ["a region that nobody knows", store("bad", "{regions: {writers: [atlantis]}}"), "EST-501"],
    [
      "a document of a group that is nearly ours",
      store("bad", "{}").replace("scantling/", "scantling.dev/"),
      "EST-201",
    ],
  ])("%s leaves its store without a verdict, and the others with one", (_what, text, code) => {
    const { report } = adviseText(text + store("good", "{sizeGiB: 10}"));
    expect(report.stores.map((each) => each.store)).toEqual(["good"]);
    expect(report.notEvaluable).toMatchObject([{ store: "bad", because: [expect.stringContaining(code)] }]);
  });

  test("an error of the Estate leaves every store without one", () => {
    const { report } = adviseText(estateOf("{commercial: {operatorHourCost: -3}}") + store("one", "{}"));
    expect(report.stores).toEqual([]);
    expect(report.notEvaluable).toMatchObject([{ store: "one", because: [expect.stringContaining("EST-208")] }]);
  });
});

describe("a need without an estate", () => {
  const advise = (need: StoreNeedInBrief) => adviseText(storeNeedDocument(need));

  test("is answered, and says what stands in for the estate", () => {
    const { report } = advise({});
    expect(report.stores[0]?.verdict).toBe("choose");
    expect(report.assumptions.map(({ id }) => id)).toEqual(
      expect.arrayContaining(["ASM-001", "ASM-002", "ASM-255", "ASM-256", "ASM-263"]),
    );
    expect(report.stores[0]?.answer).toBe("Cosmos DB Session, 1 region");
  });

  test("by options is the same document as by hand", () => {
    const byHand = store(
      "need",
      `{sizeGiB: 200, entities: [{name: data, operations: [{type: read, perSecond: 500}, {type: assign, perSecond: 50}]}],
        consistency: {reads: session}, latency: {readP99: 5ms}, recovery: {zone: {rto: 60s, rpo: 5s}}}`,
    );
    const need: StoreNeedInBrief = {
      size: 200,
      reads: 500,
      writes: 50,
      consistency: "session",
      readP99: "5ms",
      rto: "60s",
      rpo: "5s",
    };
    expect(advise(need).report.stores).toEqual(adviseText(byHand).report.stores);
  });

  test("every option reaches the need and none of them is an error", () => {
    const { estate, report } = advise({
      shape: "relational",
      transaction: "database",
      region: ["westeurope", "northeurope"],
      multiWrite: true,
      writeP99: "20ms",
      rpo: "0",
      scope: ["node", "region"],
    });
    expect(estate.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(estate.dataStores[0]).toMatchObject({
      regions: { readers: ["westeurope", "northeurope"], writers: ["westeurope", "northeurope"] },
      recovery: { node: { rpoSeconds: 0 }, region: { rpoSeconds: 0 } },
      spec: { shape: "relational", transactionSpan: "database", latency: { writeP99: "20ms" } },
    });
    expect(report.stores).toHaveLength(1);
  });

  test("the loss of a region takes the nearest other one, unless an Estate says which there are", () => {
    const need = storeNeedDocument({ scope: ["region"], rpo: "15m" });
    const second = (text: string) => adviseText(text).report.assumptions.find(({ id }) => id === "ASM-262")?.value;
    expect(second(need)).toBeDefined();
    expect(second(`${estateOf("{regions: [{name: westeurope}]}")}${need}`)).toBeUndefined();
    expect(second(`${estateOf("{regions: [{name: westeurope}, {name: swedencentral}]}")}${need}`)).toBe(
      "swedencentral",
    );
  });
});
