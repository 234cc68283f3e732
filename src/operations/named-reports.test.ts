import { expect, it } from "vitest";
import { defaultCatalog } from "../catalog/default-catalog.ts";
import { loadEstate } from "../estate/load-estate.ts";
import { namedReports } from "./named-reports.ts";

const texts = new Map([
  [
    "web.yaml",
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  template: {spec: {containers: [{name: web, image: web}]}}\n",
  ],
]);

it("gives every report of one estate, each computed once, as plain data", () => {
  const sources = { texts, roots: ["web.yaml"], diagnostics: [] };
  const reports = namedReports({ estate: loadEstate(sources), sources }, defaultCatalog, "2026-11-22");
  expect(Object.values(reports).map((report) => report().kind)).toEqual([
    "Audit",
    "Tenancy",
    "TenancyKernel",
    "Reachability",
  ]);
  expect(reports.audit()).toBe(reports.audit());
  expect(reports.audit().findings.some(({ verdict }) => verdict === "notEvaluable")).toBe(true);
  for (const report of Object.values(reports)) expect(structuredClone(report())).toEqual(report());
});
