import { expect, test } from "vitest";
import { explainField, fieldNames } from "./explain-field.ts";

test("finds a field inside a list, with or without the list mark", () => {
  expect(explainField("Cluster.spec.nodePools.vmSize")?.field?.path).toBe("spec.nodePools[].vmSize");
  expect(explainField("cluster.spec.nodePools[].vmSize")?.field?.path).toBe("spec.nodePools[].vmSize");
});

test("lists the fields right below", () => {
  const children = explainField("Cluster.spec.network")?.children.map(({ path }) => path);
  expect(children).toContain("spec.network.policyEngine");
  expect(explainField("Cluster.spec")?.children.map(({ path }) => path)).not.toContain("spec.network.policyEngine");
});

test("a kind without a field lists its outer fields", () => {
  expect(explainField("Tenant")?.children.map(({ path }) => path)).toContain("spec.trust");
});

test("a field of a closed set names its values, also in a list; a free one names none", () => {
  const allowed = (name: string) => explainField(name)?.field?.allowed;
  expect(allowed("DataStore.spec.transactionSpan")).toEqual(["item", "partition", "database", "crossService"]);
  expect(allowed("DataStore.spec.entities.invariants.type")).toContain("foreignKey");
  expect(allowed("DataStore.apiVersion")).toEqual(["scantling/v1alpha1"]);
  expect(allowed("CloudService.spec.regions")).toEqual([]);
  expect(allowed("DataStore.spec.sizeGiB")).toEqual([]);
});

test.each(["Cluster.spec.nodPools", "cost/monthly", "Nothing.spec"])("%s is no field", (name) => {
  expect(explainField(name)).toBeUndefined();
});

test("every field of every kind says what it means", () => {
  expect(fieldNames().length).toBeGreaterThan(150);
  const silent = fieldNames().filter((name) => explainField(name)?.field?.description === "");
  expect(silent).toEqual([]);
});
