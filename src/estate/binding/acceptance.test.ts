import { expect, test } from "vitest";
import { loadEstate } from "../load-estate.ts";
import { memorySources } from "../sources/memory-sources.ts";

function problemsOf(spec: string): readonly string[] {
  const text = `apiVersion: scantling/v1alpha1\nkind: Tenant\nmetadata: {name: shop}\nspec: {${spec}}\n`;
  const { diagnostics } = loadEstate(memorySources({ "tenant.yaml": text }));
  return diagnostics.filter(({ place }) => place?.source === "tenant.yaml").map(({ code }) => code);
}

test.each([
  ["trust: team, accepts: {cluster: separate, kernel: shared}", ["EST-725"]],
  ["trust: team, accepts: {nodePool: separate, pids: bounded}", ["EST-725"]],
  ["trust: team, accepts: {node: separate, nodeNetwork: shared}", ["EST-725"]],
  ["trust: team, accepts: {kernel: separate, nodePool: shared}", []],
  ["trust: team, accepts: {cluster: separate, kernel: separate}", []],
  ["trust: hostile, accepts: {controlPlane: shared}", ["EST-726"]],
  ["trust: external, accepts: {controlPlane: shared}", []],
])("%s: %j", (spec, codes) => {
  expect(problemsOf(spec)).toEqual(codes);
});

test("a layer or a sharing that nobody knows is an error, and so is an unknown classification", () => {
  for (const spec of ["accepts: {kernels: separate}", "accepts: {kernel: mine}", "classification: cosmic"]) {
    expect(problemsOf(spec).length).toBeGreaterThan(0);
  }
});
