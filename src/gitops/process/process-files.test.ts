import { spawnSync } from "node:child_process";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { readYaml } from "../../estate/sources/read-yaml.ts";
import { document, givenTexts, webService } from "../../estate/testing/given-texts.ts";
import { deliveryUnits } from "../delivery/delivery-units.ts";
import { approvals } from "./approvals.ts";
import { codeOwners } from "./code-owners.ts";
import { processFiles } from "./process-files.ts";
import type { RepositoryShape } from "./repository-shape.ts";

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
const shape: RepositoryShape = {
  estate,
  units,
  packaging: "kustomize",
  agent: "flux",
  cloudTarget: undefined,
  source: { url: "https://github.com/acme/estate", branch: "main" },
  sourceFolder: "source",
  hasCopy: false,
  promotions: [
    { application: "shop", environment: "dev", folder: "apps/shop/overlays/dev" },
    { application: "shop", environment: "prod", folder: "apps/shop/overlays/prod" },
  ],
  stages: [],
};
const files = processFiles(shape);
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

  test("gives owners their applications, as teams of the organisation, and the platform the rest", () => {
    const lines = textOf(".github/CODEOWNERS").split("\n");
    expect(lines[1]).toBe("* @acme/platform-team");
    expect(lines).toContain("/apps/shop/ @acme/pay-team pay@example.com");
    expect(lines).toContain("/clusters/two/apps/shop/ @acme/pay-team pay@example.com");
    expect(codeOwners(shape)).toMatchObject({ organisation: "acme", teams: ["pay-team", "platform-team"] });
  });

  test.each([
    ["git@github.com:acme/estate.git", "acme"],
    ["ssh://git@github.acme.example/acme/estate.git", "acme"],
    ["https://git.example.com/acme/estate.git", undefined],
    ["https://dev.azure.com/acme/estate/_git/estate", undefined],
  ])("%s is of the organisation %s; without one no line is in force", (url, organisation) => {
    const owners = codeOwners({ ...shape, source: { url, branch: "main" } });
    expect(owners.organisation).toBe(organisation);
    const inForce = owners.text.split("\n").filter((line) => /^[/*]/.test(line));
    expect(inForce.length > 0).toBe(organisation !== undefined);
  });

  test("promotes into one environment, by pull request, and never by force", () => {
    const workflow = load(textOf(".github/workflows/promote.yaml"));
    expect(workflow).toMatchObject({
      on: {
        workflow_dispatch: {
          inputs: { application: { options: ["shop"] }, environment: { options: ["dev", "pre-prod", "prod"] } },
        },
      },
      // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub.
      jobs: { promote: { environment: "${{ inputs.environment }}" } },
    });
    const pipeline = readYaml(textOf(".azuredevops/promote.yaml"), "x").documents[0]?.value;
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of Azure DevOps.
    expect(pipeline).toMatchObject({ jobs: [{ deployment: "promote", environment: "${{ parameters.environment }}" }] });
    for (const { path, text } of files)
      expect({ path, forced: text.includes("--force") }).toEqual({ path, forced: false });
  });

  test("a promotion knows the folder of the source, and what has to have the version before", () => {
    const script = textOf("pipelines/promote.sh");
    expect(script).toContain('shop/prod) echo "apps/shop/overlays/prod" ;;');
    expect(script).toContain("prod) before=pre-prod ;;");
    const none = processFiles({ ...shape, promotions: [] }).map(({ path }) => path);
    expect(none.filter((path) => path.includes("promote"))).toEqual([]);
  });

  test("no token is on the disk while a promotion installs the tool: the push alone has it", () => {
    const promotions = files.filter(({ path }) => path.endsWith("promote.yaml"));
    expect(promotions).toHaveLength(2);
    expect(textOf("pipelines/promote.sh")).not.toContain("git push");
    expect(textOf(".github/workflows/promote.yaml")).toContain("persist-credentials: false");
    for (const { path, text } of promotions) {
      const [before = "", push = ""] = text.split("Move the version");
      expect({ path, early: /PROMOTION_TOKEN|System\.AccessToken|persistCredentials/.test(before) }).toEqual({
        path,
        early: false,
      });
      expect(push).toMatch(/GH_TOKEN|AZURE_DEVOPS_EXT_PAT/);
      expect(text).toContain("git -c core.hooksPath=/dev/null push");
    }
  });

  test("the README tells what the stages of the infrastructure need, on both hosts", () => {
    const stage = {
      environment: "infrastructure-prod",
      reviewers: 2,
      variables: ["TENANT_ID"],
      secrets: ["BOX_PASSWORD"],
      clients: { apply: "AZURE_CLIENT_ID_S_PROD", preview: "AZURE_PREVIEW_CLIENT_ID_S_PROD" },
      connections: { apply: "infrastructure-prod", preview: "infrastructure-prod-preview" },
    };
    const pushed = processFiles({ ...shape, cloudTarget: "terraform", stages: [stage] });
    const readme = pushed.find(({ path }) => path === "README.md")?.text ?? "";
    for (const word of [
      "AZURE_CLIENT_ID_S_PROD",
      "`infrastructure-prod-preview`",
      "`BOX_PASSWORD`",
      "estate-infrastructure-secrets",
      ".azuredevops/infra-terraform.yaml",
      ".azuredevops/checks.yaml",
      "build validation policy",
    ])
      expect(readme).toContain(word);
  });

  test("scripts are ones that bash reads, and the tool fails in one sentence where nobody said which", () => {
    const bash = (...line: readonly string[]) =>
      spawnSync("bash", ["--norc", ...line], { encoding: "utf8", env: { PATH: process.env["PATH"] } });
    for (const { path, text } of files.filter((file) => file.path.endsWith(".sh"))) {
      expect({ path, problems: bash("-n", "-c", text).stderr }).toEqual({ path, problems: "" });
    }
    const { status, stderr } = bash("-c", textOf("pipelines/scantling.sh"));
    expect([status, stderr.trim()]).toEqual([
      2,
      expect.stringMatching(/^Set the variables SCANTLING_REPOSITORY [^\n]*$/),
    ]);
  });

  test("no expression of a host stands in a script, where its value could be a command", () => {
    for (const { path, text } of files.filter((file) => /^\.(?:github\/workflows|azuredevops)\//.test(file.path))) {
      const runs = text
        .split("\n")
        .filter((line) => /^\s*(?:-\s+)?(?:run|bash|script):|^ {16,}(?:az|git|gh) /.test(line));
      expect({ path, injected: runs.filter((line) => line.includes("${{")) }).toEqual({ path, injected: [] });
    }
  });

  test("every YAML file of it can be read", () => {
    for (const { path, text } of files.filter((file) => file.path.endsWith(".yaml"))) {
      expect({ path, diagnostics: readYaml(text, path).diagnostics }).toEqual({ path, diagnostics: [] });
    }
  });

  test("the README tells what is edited", () => {
    expect(textOf("README.md")).toContain("The source of truth is `source/` in this repository");
    const elsewhere = processFiles({ ...shape, sourceFolder: undefined, hasCopy: true });
    const readme = elsewhere.find(({ path }) => path === "README.md")?.text ?? "";
    expect(readme).toContain("The source of truth is the folder that it was rendered from");
    expect(readme).toContain("| `estate` |");
  });

  test("the README tells every cluster", () => {
    expect(textOf("README.md")).toContain("| one | westeurope | - | dev, pre-prod | 1 |");
  });
});
