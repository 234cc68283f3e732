import { beforeAll, expect, test } from "vitest";
import { sourceReader } from "../../adapters/filesystem/read-sources.ts";
import { parseHcl } from "../../adapters/hcl/parse-hcl.ts";
import { chartRenderer } from "../../adapters/helm/render-chart.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { readEstate } from "../read-estate.ts";
import { type HclParser, verifyCloud } from "./verify-cloud.ts";

let nordwind: Estate;

beforeAll(async () => {
  nordwind = (await readEstate(["examples/nordwind"], { sources: sourceReader, charts: chartRenderer })).estate;
});

test.each([
  ["bicep", ["Bicep", "ARM"]],
  ["terraform", ["Bicep", "ARM", "Terraform"]],
  ["serviceOperator", ["Bicep", "ARM", "Azure"]],
  ["crossplane", ["Bicep", "ARM", "Crossplane"]],
] as const)("%s reads back as the estate", async (target, names) => {
  const { proofs, diagnostics } = await verifyCloud(nordwind, target, parseHcl);
  expect(proofs.map(({ statement, holds }) => [statement.split(" ")[0], holds])).toEqual(
    names.map((name) => [name, true]),
  );
  expect(diagnostics).toEqual([]);
});

test("what is not read back is told, never counted as proven", async () => {
  const pulumi = await verifyCloud(nordwind, "pulumi", parseHcl);
  expect([pulumi.proofs.length, pulumi.diagnostics.map(({ code }) => code)]).toEqual([2, ["EST-999"]]);
  const without = await verifyCloud(nordwind, "terraform");
  expect(without.diagnostics[0]?.message).toContain("no parser of HCL");
});

test("a file that says something else does not hold", async () => {
  const altered: HclParser = (path, text) =>
    parseHcl(path, text.replaceAll("Premium_AzureFrontDoor", "Standard_AzureFrontDoor"));
  const { proofs } = await verifyCloud(nordwind, "terraform", altered);
  expect(proofs.map(({ holds }) => holds)).toEqual([true, true, false]);
});
