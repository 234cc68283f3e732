import { expect, test } from "vitest";
import { defaultCatalog } from "../../catalog/default-catalog.ts";
import { ConsistencySchema, consistencySchemaMatches } from "./consistency-schema.ts";
import { simulateConsistency } from "./simulate-consistency.ts";

test("the report holds to its schema, and a fit whose weights do not sum to one is diagnosed", () => {
  const question = { level: "session", moveShare: 0.3, keepsToken: false, seed: 1, runs: 5 };
  const report = simulateConsistency(question, defaultCatalog);
  expect(consistencySchemaMatches).toBe(true);
  expect(ConsistencySchema.safeParse(report).error).toBeUndefined();
  const parts = [{ weight: 0.5, distribution: { kind: "constant" as const, milliseconds: 1 } }];
  const wrong = simulateConsistency({ ...question, latency: { kind: "mixture", parts } }, defaultCatalog);
  expect(wrong.diagnostics.map(({ code }) => code)).toEqual(["EST-877"]);
  expect(wrong.guarantees).toEqual([]);
});
