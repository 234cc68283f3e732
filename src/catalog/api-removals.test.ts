import { expect, test } from "vitest";
import { apiRemoval } from "./api-removals.ts";

test("knows when a version goes, what replaces it, and who says so", () => {
  expect(apiRemoval("policy/v1beta1", "PodDisruptionBudget")).toMatchObject({
    deprecatedIn: 21,
    removedIn: 25,
    replacement: "policy/v1",
    // An empty selector means no pod in v1beta1 and every pod in v1.
    sameFields: false,
    verified: true,
  });
});

test("a deprecated version need not have an end", () => {
  expect(apiRemoval("v1", "Endpoints")).toMatchObject({ deprecatedIn: 33, removedIn: undefined, verified: false });
});

test("says nothing of versions that are served", () => {
  expect(apiRemoval("apps/v1", "Deployment")).toBeUndefined();
  expect(apiRemoval("extensions/v1beta1", "Scale")).toBeUndefined();
});
