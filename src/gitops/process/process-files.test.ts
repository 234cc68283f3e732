import { describe, expect, test } from "vitest";
import { readYaml } from "../../estate/sources/read-yaml.ts";
import { document, givenTexts, webService } from "../../estate/testing/given-texts.ts";
import { deliveryUnits } from "../delivery/delivery-units.ts";
import { approvals } from "./approvals.ts";
import { processFiles } from "./process-files.ts";

const estate = givenTexts({
  "estate.yaml":
    document(
      "Estate",
      "e",
      "{complete: true, classifications: [public, internal, confidential, secret], environments: [{name: dev, criticality: low, hours: always, timeZone: UTC}, {name: pre-prod, criticality: medium, hours: always, timeZone: UTC}, {name: prod, criticality: high, hours: always, timeZone: UTC}]}",
    ) +
    document(
      "Cluster",
      "one",
      "{region: westeurope, environments: [dev, pre-prod], nodePools: [{name: system, mode: System, vmSize: Standard_D8ds_v5, count: 1}]}",
    ) +
    document(
      "Cluster",
      "two",
      "{region: westeurope, environments: [prod], nodePools: [{name: system, mode: System, vmSize: Standard_D8ds_v5, count: 1}]}",
    ) +
    document(
      "Tenant",
      "pay",
      "{owners: [{entraGroup: pay team}, {entraGroup: pay@example.com}], classification: secret}",
    ) +
    document(
      "Application",
      "shop",
      "{tenant: pay, environments: [dev, prod], namespace: shop, manifests: {default: ./shop}}",
    ),
  "shop/web.yaml": webService("web"),
});

const { units } = deliveryUnits(estate, { networkPolicies: new Map(), objectiveRules: new Map(), facts: new Map() });
const files = processFiles({ estate, units, packaging: "kustomize", agent: "flux", cloudTarget: undefined });
const textOf = (path: string) => files.find((file) => file.path === path)?.text ?? "";

describe("the process around a repository", () => {
  test("asks for more approvals the more there is to lose", () => {
    expect(
      approvals(estate).map(({ environment, reviewers, needsPlatform }) => [environment, reviewers, needsPlatform]),
    ).toEqual([
      ["dev", 0, false],
      ["pre-prod", 1, false],
      ["prod", 2, true],
    ]);
  });

  test("gives owners their applications, and the platform the rest", () => {
    const lines = textOf(".github/CODEOWNERS").split("\n");
    expect(lines[1]).toBe("* @platform-team");
    expect(lines).toContain("/apps/shop/ @pay-team pay@example.com");
    expect(lines).toContain("/clusters/two/apps/shop/ @pay-team pay@example.com");
  });

  test("promotes in the order of the environments", () => {
    const workflow = readYaml(textOf(".github/workflows/promote.yaml"), "x").documents[0]?.value as {
      readonly jobs: { readonly [name: string]: unknown };
    };
    expect(workflow.jobs).toMatchObject({
      "pre-prod": { needs: ["dev"] },
      prod: { needs: ["pre-prod"], environment: "prod" },
    });
    const pipeline = readYaml(textOf(".azuredevops/promote.yaml"), "x").documents[0]?.value;
    expect(pipeline).toMatchObject({
      stages: [{ stage: "dev" }, { stage: "pre_prod", dependsOn: ["dev"] }, { stage: "prod", dependsOn: ["pre_prod"] }],
    });
  });

  test("every YAML file of it can be read", () => {
    for (const { path, text } of files.filter((file) => file.path.endsWith(".yaml"))) {
      expect({ path, diagnostics: readYaml(text, path).diagnostics }).toEqual({ path, diagnostics: [] });
    }
  });

  test("the README tells every cluster", () => {
    expect(textOf("README.md")).toContain("| one | westeurope | - | dev, pre-prod | 1 |");
  });
});
