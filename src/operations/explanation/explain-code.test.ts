import { expect, test } from "vitest";
import { explainableCodes, explainCode } from "./explain-code.ts";

test.each([
  ["AVL-001.1", "AVL-001"],
  ["ASM-098", "ASM-098"],
  ["Estate.spec.failureModel.service-repair-time", "ASM-098"],
  ["EST-326", "EST-326"],
])("%s is %s", (name, code) => {
  expect(explainCode(name)?.code).toBe(code);
});

test.each(["AVL-999", "cost/monthly/total", "Cluster.spec.tier"])("%s is no code", (name) => {
  expect(explainCode(name)).toBeUndefined();
});

test("every code explains itself", () => {
  expect(explainableCodes().length).toBeGreaterThan(150);
  expect(explainableCodes().filter((code) => explainCode(code)?.code !== code)).toEqual([]);
});
