import { describe, expect, test } from "vitest";
import { deployment, onlyWorkload } from "./testing/place-yaml.ts";

describe("disruption budgets", () => {
  const budget = (apiVersion: string, spec: string) =>
    `---\napiVersion: ${apiVersion}\nkind: PodDisruptionBudget\nmetadata: {name: b}\nspec: {${spec}}\n`;
  test.each([
    ["policy/v1", "selector: {matchLabels: {app: web}}, minAvailable: 50%", true],
    ["policy/v1", "selector: {matchExpressions: [{key: tier, operator: DoesNotExist}]}, maxUnavailable: 1", true],
    ["policy/v1", "selector: {matchLabels: {app: other}}, minAvailable: 1", false],
    ["policy/v1", "selector: {}, minAvailable: 1", true],
    ["policy/v1beta1", "selector: {}, minAvailable: 1", false],
    ["policy/v1", "minAvailable: 1", false],
  ])("%s {%s} selects: %s", (apiVersion, spec, selects) => {
    expect(onlyWorkload(deployment("web") + budget(apiVersion, spec)).disruptionBudgets).toHaveLength(selects ? 1 : 0);
  });

  test("keeps amounts as written", () => {
    const [found] = onlyWorkload(
      deployment("web") + budget("policy/v1", "selector: {}, maxUnavailable: 25%"),
    ).disruptionBudgets;
    expect(found).toMatchObject({ name: "b", maxUnavailable: "25%" });
    expect(found).not.toHaveProperty("minAvailable");
  });
});
