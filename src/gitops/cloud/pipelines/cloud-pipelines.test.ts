import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { asList, asObject } from "../../../estate/kubernetes/json-value.ts";
import { printBicep } from "../bicep/print-bicep.ts";
import { readBicep } from "../bicep/read-bicep.ts";
import { graphDifferences } from "../equality/compare-graphs.ts";
import type { CloudResource, ResourceGraph } from "../graph/resource-graph.ts";
import { resourceGroupType, resourceKey } from "../graph/resource-value.ts";
import { cloudPipelines, isPushed } from "./cloud-pipelines.ts";
import { deliveryChoice } from "./delivery-choice.ts";
import { type PushTarget, pipelineStages, stageOrder } from "./pipeline-stage.ts";
import { stagedGraph, unstagedGraph } from "./staged-graph.ts";

function box(subscription: string, properties: CloudResource["properties"]): readonly CloudResource[] {
  const group = resourceKey({ type: resourceGroupType, name: "rg", subscription });
  const base = { subscription, name: "rg", parent: undefined, location: "westeurope", tells: "" };
  const type = "Contoso.Test/boxes";
  return [
    { ...base, key: group, type: resourceGroupType, resourceGroup: undefined, part: "main", properties: {} },
    {
      ...base,
      key: resourceKey({ ...base, type, resourceGroup: group }),
      type,
      resourceGroup: group,
      part: "box",
      properties,
    },
  ];
}

const shared = box("prod", { password: { $parameter: "boxPassword", secure: true } });
const registry = shared[1]?.key ?? "";
/** A workload of production beside what all share; both subscriptions refer to the latter. */
const web = {
  ...shared[1],
  key: registry.replace(/[^/]+$/, "web"),
  name: "web",
  part: "web",
  properties: { to: { $ref: registry } },
};
const graph: ResourceGraph = {
  resources: [...box("dev", { to: { $ref: registry } }), ...shared, web as CloudResource],
};
const criticality = new Map([
  ["dev", 0],
  ["prod", 2],
]);
const staged = stagedGraph(graph, criticality);
const pipelines = (target: PushTarget) => cloudPipelines(target, staged, criticality);

function github(target: PushTarget) {
  const file = pipelines(target).find(({ path }) => path.startsWith(".github/"));
  return asObject(asObject(load(file?.text ?? ""))["jobs"]);
}

describe("pipelines of the cloud side", () => {
  it("bring what all share first, then what matters least, production last, each after its own approval", () => {
    const jobs = github("bicep");
    const of = (name: string) => asObject(jobs[name]);
    expect(Object.keys(jobs).filter((name) => name.startsWith("apply_"))).toEqual([
      "apply_s_prod_shared",
      "apply_s_dev",
      "apply_s_prod",
    ]);
    expect(of("preview_s_prod_shared")["needs"]).toBeUndefined();
    expect(of("preview_s_dev")["needs"]).toEqual(["apply_s_prod_shared"]);
    expect(of("preview_s_prod")["needs"]).toEqual(["apply_s_dev", "apply_s_prod_shared"]);
    expect(String(of("preview_s_prod")["if"])).toContain("needs.apply_s_dev.result == 'success'");
    expect(of("apply_s_prod")["needs"]).toEqual(["preview_s_prod"]);
    expect(of("apply_s_prod")["environment"]).toBe("infrastructure-prod");
    expect(String(of("apply_s_prod")["if"])).toContain("github.event_name == 'push'");
  });

  it("deploy what is apart to its subscription, and say the same resources", () => {
    const env = asObject(asObject(github("bicep")["apply_s_prod_shared"])["env"]);
    expect(env["SUBSCRIPTION_ID_PROD_SHARED"]).toBe(`\${{ vars.SUBSCRIPTION_ID_PROD }}`);
    const read = readBicep(printBicep(staged.graph));
    expect(read.problems).toEqual([]);
    expect(graphDifferences(graph, unstagedGraph(read.graph, staged))).toEqual([]);
  });

  it("leave a subscription in one where it cannot be cut, and never wait for themselves", () => {
    const round: ResourceGraph = {
      resources: graph.resources.map((each) =>
        each.key === registry ? { ...each, properties: { back: { $ref: graph.resources[1]?.key ?? "" } } } : each,
      ),
    };
    const whole = stagedGraph(round, criticality);
    expect(whole.graph).toBe(round);
    const order = stageOrder(whole, criticality);
    expect(order.plans.map(({ subscription }) => subscription)).toHaveLength(2);
    expect([...order.after.values()].flat()).toHaveLength(1);
    const needing = stagedGraph({ resources: graph.resources.filter(({ name }) => name !== "web") }, criticality);
    expect(stageOrder(needing, criticality).inversions).toEqual([{ subscription: "prod", before: "dev" }]);
  });

  it("pin every action to a commit", () => {
    const texts = pipelines("terraform").map(({ text }) => text);
    const uses = texts.flatMap((text) => text.match(/uses: .*/g) ?? []);
    expect(uses.length).toBeGreaterThan(10);
    for (const use of uses) expect(use).toMatch(/@[0-9a-f]{40} # v[0-9.]+$/);
  });

  it("give a right where it holds, by who deploys there", () => {
    const right: CloudResource = {
      ...(web as CloudResource),
      key: `${registry}/providers/Microsoft.Authorization/roleAssignments/pull`,
      type: "Microsoft.Authorization/roleAssignments",
      name: "pull",
      parent: registry,
      resourceGroup: undefined,
      location: undefined,
      subscription: "dev",
      part: "rights",
      properties: { principalId: { $ref: graph.resources[1]?.key ?? "", output: "properties.principalId" } },
    };
    const given = (resources: readonly CloudResource[]): ResourceGraph => ({
      resources: resources.toSorted((left, right) => (left.key < right.key ? -1 : 1)),
    });
    const withRight = given(
      [...graph.resources, right].map((each) =>
        each.location === undefined ? each : { ...each, location: "northeurope" },
      ),
    );
    const apart = stagedGraph(withRight, criticality);
    const stages = pipelineStages("bicep", apart, criticality);
    expect(stages.find(({ id }) => id === "s_prod_rights")).toMatchObject({
      subscriptionVariable: "SUBSCRIPTION_ID_PROD",
      after: ["s_dev", "s_prod_shared"],
      region: "northeurope",
    });
    expect(graphDifferences(withRight, unstagedGraph(readBicep(printBicep(apart.graph)).graph, apart))).toEqual([]);
    // What waits for a right keeps it beside itself.
    const waiting = { ...(graph.resources[1] as CloudResource), dependsOn: [right.key] };
    const kept = stagedGraph(
      given([graph.resources[0] as CloudResource, waiting, ...graph.resources.slice(2), right]),
      criticality,
    );
    expect(kept.writtenBy.size).toBe(0);
  });

  it("apply the plan that was shown, and let no plan with its secrets leave the job", () => {
    const runs = asList(asObject(github("terraform")["apply_s_prod"])["steps"]).map((step) => asObject(step)["run"]);
    expect(runs.join("\n")).toContain("terraform apply -input=false -lock-timeout=5m tfplan");
    expect(runs.join("\n")).toContain("terraform show -no-color tfplan | diff approved-plan.txt -");
    expect(JSON.stringify(github("terraform")["apply_s_prod"])).toContain("actions/download-artifact");
    for (const { text } of pipelines("terraform")) {
      expect(text).not.toContain("/tfplan");
      expect(text.match(/\/plan\.txt$/gm)).toHaveLength(3);
    }
  });

  it("let a pull request look, and nobody but the approved job change", () => {
    const jobs = github("terraform");
    for (const [name, value] of Object.entries(jobs)) {
      const client = asObject(asObject(value)["env"])["ARM_CLIENT_ID"];
      expect([name, client]).toEqual([
        name,
        `\${{ vars.${name.startsWith("apply_") ? "AZURE_CLIENT_ID" : "AZURE_PREVIEW_CLIENT_ID"}_${name.replace(/^[a-z]+_/, "").toUpperCase()} }}`,
      ]);
    }
    const devOps = pipelines("terraform").find(({ path }) => path.startsWith(".azuredevops/"))?.text ?? "";
    // Azure DevOps has to know them before a variable of a group has a value.
    const connections = devOps.match(/azureSubscription: .*/g) ?? [];
    expect(connections.map((line) => line.split(": ")[1])).toEqual(
      ["prod-shared", "dev", "prod"].flatMap((stage) =>
        ["-preview", "", "-preview"].map((kind) => `infrastructure-${stage}${kind}`),
      ),
    );
  });

  it("take secrets from where secrets are", () => {
    const password = (job: string) => asObject(asObject(github("terraform")[job])["env"])["TF_VAR_box_password"];
    expect(password("apply_s_prod_shared")).toBe(`\${{ secrets.BOX_PASSWORD }}`);
    // What a pull request brings runs before anybody has looked at it.
    expect(password("preview_s_prod_shared")).toBe(
      `\${{ github.event_name == 'pull_request' && 'No-secret-for-pull-requests-1' || secrets.BOX_PASSWORD }}`,
    );
  });

  it("leave the secrets of Azure DevOps in a group that pull requests do not have", () => {
    const devOps = pipelines("terraform").find(({ path }) => path.startsWith(".azuredevops/"))?.text ?? "";
    expect(asObject(load(devOps))["variables"]).toEqual([
      { group: "estate-infrastructure" },
      {
        [`\${{ if eq(variables['Build.Reason'], 'PullRequest') }}`]: [
          { name: "BOX_PASSWORD", value: "No-secret-for-pull-requests-1" },
        ],
      },
      { [`\${{ else }}`]: [{ group: "estate-infrastructure-secrets" }] },
    ]);
  });

  it("look for drift every night, on both hosts", () => {
    const devOps = pipelines("terraform").find(({ path }) => path.startsWith(".azuredevops/"));
    const stages = asList(asObject(load(devOps?.text ?? ""))["stages"]).map((stage) => asObject(stage));
    expect(stages.map(({ stage }) => stage)).toEqual(
      ["s_prod_shared", "s_dev", "s_prod"].flatMap((id) =>
        ["preview", "apply", "drift"].map((kind) => `${kind}_${id}`),
      ),
    );
    const last = stages.find(({ stage }) => stage === "preview_s_prod");
    expect(last?.["dependsOn"]).toEqual(["apply_s_dev", "apply_s_prod_shared"]);
    expect(String(last?.["condition"])).toContain("eq(dependencies.apply_s_dev.result, 'Succeeded')");
    expect(devOps?.text).toContain("-detailed-exitcode");
  });

  it("are for what is pushed only", () => {
    expect([isPushed("serviceOperator"), deliveryChoice("serviceOperator").mode]).toEqual([false, "pull"]);
    expect([isPushed("terraform"), deliveryChoice("terraform").mode]).toEqual([true, "push"]);
  });
});
