import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { asList, asObject } from "../../../estate/kubernetes/json-value.ts";
import type { CloudResource, ResourceGraph } from "../graph/resource-graph.ts";
import { resourceGroupType, resourceKey } from "../graph/resource-value.ts";
import { cloudPipelines } from "./cloud-pipelines.ts";
import { deliveryChoice } from "./delivery-choice.ts";

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
const graph: ResourceGraph = { resources: [...box("dev", { to: { $ref: shared[1]?.key ?? "" } }), ...shared] };

function github(target: "bicep" | "terraform") {
  const file = cloudPipelines(target, graph).find(({ path }) => path.startsWith(".github/"));
  return asObject(asObject(load(file?.text ?? ""))["jobs"]);
}

describe("pipelines of the cloud side", () => {
  it("deploy first what others refer to, and only after approval", () => {
    const apply = asObject(github("bicep")["apply_s_dev"]);
    expect(apply["needs"]).toEqual(["preview_s_dev", "apply_s_prod"]);
    expect(apply["environment"]).toBe("infrastructure");
    expect(apply["if"]).toBe("github.event_name == 'push'");
  });

  it("apply the plan that was saved", () => {
    const runs = asList(asObject(github("terraform")["apply_s_prod"])["steps"]).map((step) => asObject(step)["run"]);
    expect(runs.join("\n")).toContain("terraform apply -input=false -lock-timeout=5m tfplan");
    expect(JSON.stringify(github("terraform")["apply_s_prod"])).toContain("actions/download-artifact");
  });

  it("take secrets from where secrets are", () => {
    expect(asObject(asObject(github("terraform")["preview_s_prod"])["env"])["TF_VAR_box_password"]).toBe(
      `\${{ secrets.BOX_PASSWORD }}`,
    );
  });

  it("look for drift every night, on both hosts", () => {
    const devOps = cloudPipelines("terraform", graph).find(({ path }) => path.startsWith(".azuredevops/"));
    const stages = asList(asObject(load(devOps?.text ?? ""))["stages"]).map((stage) => asObject(stage)["stage"]);
    expect(stages).toEqual(
      ["preview", "apply", "drift"]
        .flatMap((kind) => [`${kind}_s_prod`])
        .concat(["preview_s_dev", "apply_s_dev", "drift_s_dev"]),
    );
    expect(devOps?.text).toContain("-detailed-exitcode");
  });

  it("are for what is pushed only", () => {
    expect(cloudPipelines("serviceOperator", graph)).toEqual([]);
    expect(deliveryChoice("serviceOperator").mode).toBe("pull");
    expect(deliveryChoice("terraform").mode).toBe("push");
  });
});
