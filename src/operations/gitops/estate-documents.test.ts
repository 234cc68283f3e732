import { expect, test } from "vitest";
import { document } from "../../estate/testing/given-texts.ts";
import { stamped } from "../../gitops/repository/stamp.ts";
import { estateDocuments } from "./estate-documents.ts";

const sources = (texts: ReadonlyMap<string, string>) => ({ texts, roots: ["."], diagnostics: [] });

test("documents that were written are written the same again, with series and without a second stamp", () => {
  const given = new Map([
    ["estate.yaml", `# Why.\n${document("Estate", "e", "{complete: true}")}`],
    ["load/all.yaml", document("LoadProfile", "orders-day", "{unit: requests, series: {file: day.csv}}")],
    ["load/day.csv", "time,value\n0,1\n"],
  ]);
  const once = estateDocuments(sources(given), []);
  expect(once.map(({ path }) => path).sort()).toEqual([
    "estate/estate.yaml",
    "estate/load/orders-day-series.csv",
    "estate/load/orders-day.yaml",
  ]);
  const written = new Map(once.map((file) => [file.path, stamped(file, "abc").text]));
  const twice = estateDocuments(sources(written), []);
  expect(twice.map(({ path }) => path).sort()).toEqual(once.map(({ path }) => path).sort());
  expect(new Map(twice.map(({ path, text }) => [path, text]))).toEqual(
    new Map(once.map(({ path, text }) => [path, text])),
  );
});
