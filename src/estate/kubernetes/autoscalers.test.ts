import { describe, expect, test } from "vitest";
import { deployment, onlyWorkload, stateOf } from "./testing/place-yaml.ts";

describe("autoscalers", () => {
  const scaler = (spec: string) =>
    `---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: h}\nspec: {${spec}}\n`;
  const target = "scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}";
  const keda = (spec: string, annotations = "") =>
    `---\napiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: s${annotations}}\nspec: {${spec}}\n`;

  test.each([
    ["bounds of a HorizontalPodAutoscaler", scaler(`${target}, minReplicas: 2, maxReplicas: 8`), 2, 8],
    ["its minimum of 1", scaler(`${target}, maxReplicas: 8`), 1, 8],
    ["KEDA's target kind and its bounds", keda("scaleTargetRef: {name: web}"), 0, 100],
    ["stated bounds of KEDA", keda("scaleTargetRef: {name: web}, minReplicaCount: 1, maxReplicaCount: 5"), 1, 5],
    [
      "a paused ScaledObject",
      keda("scaleTargetRef: {name: web}", ', annotations: {autoscaling.keda.sh/paused-replicas: "3"}'),
      3,
      3,
    ],
  ])("%s", (_what, text, minimum, maximum) => {
    const { workloads, diagnostics } = stateOf(deployment("web", { spec: "replicas: 3" }) + text);
    expect(workloads[0]?.replicas).toMatchObject({
      declared: 3,
      minimum,
      maximum,
      autoscaler: { place: { precision: "exact" } },
    });
    expect(diagnostics).toEqual([]);
  });

  test("replicas: 0 switches a HorizontalPodAutoscaler off", () => {
    const { replicas } = onlyWorkload(
      deployment("web", { spec: "replicas: 0" }) + scaler(`${target}, minReplicas: 2, maxReplicas: 8`),
    );
    expect(replicas).toMatchObject({ declared: 0, minimum: 0, maximum: 0 });
  });

  test("one that names nothing, has its bounds crossed, or competes is reported", () => {
    const codes = (text: string) => stateOf(text).diagnostics.map(({ code }) => code);
    expect(codes(scaler(`${target}, maxReplicas: 3`))).toEqual(["EST-320"]);
    expect(codes(deployment("web") + scaler(`${target}, minReplicas: 5, maxReplicas: 3`))).toEqual(["EST-321"]);
    expect(
      codes(deployment("web") + scaler(`${target}, maxReplicas: 3`) + keda("scaleTargetRef: {name: web}")),
    ).toEqual(["EST-322"]);
  });

  test("binds inside its namespace and to the kind it names", () => {
    const other = stateOf(
      deployment("web") + scaler(`${target}, maxReplicas: 3`).replace("{name: h}", "{name: h, namespace: other}"),
    );
    expect(other.workloads[0]?.replicas.autoscaler).toBeUndefined();
    const wrongGroup = stateOf(
      deployment("web") +
        scaler("scaleTargetRef: {apiVersion: a.example/v1, kind: Deployment, name: web}, maxReplicas: 3"),
    );
    expect(wrongGroup.workloads[0]?.replicas.autoscaler).toBeUndefined();
  });
});
