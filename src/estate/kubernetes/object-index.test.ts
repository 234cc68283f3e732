import { describe, expect, test } from "vitest";
import { readClusterState } from "./read-cluster-state.ts";
import { deployment, placeYaml, stateOf } from "./testing/place-yaml.ts";

describe("one object given twice", () => {
  test("the last one counts, and both places are named", () => {
    const { workloads, diagnostics } = stateOf(
      deployment("web", { spec: "replicas: 1" }) + deployment("web", { spec: "replicas: 4" }),
    );
    expect(workloads).toMatchObject([{ replicas: { declared: 4 } }]);
    expect(diagnostics).toMatchObject([{ code: "EST-306", place: { line: 15 } }]);
    expect(diagnostics[0]?.message).toContain("first at in.yaml:2:1");
  });

  test("on two clusters or in two namespaces it is two objects", () => {
    const [web] = [placeYaml(deployment("web"))];
    const { workloads, diagnostics } = readClusterState([
      ...web,
      ...placeYaml(deployment("web"), { cluster: "neu" }),
      ...placeYaml(deployment("web"), { namespace: "b" }),
    ]);
    expect(diagnostics).toEqual([]);
    expect(workloads.map(({ label }) => label)).toEqual(["neu/web", "b/web", "weu/shop/web"]);
  });

  test("the same content twice counts once, whatever the order of its keys", () => {
    const twice =
      "apiVersion: v1\nkind: Namespace\nmetadata: {name: a, labels: {x: z}}\n---\nkind: Namespace\nmetadata: {labels: {x: z}, name: a}\napiVersion: v1\n";
    expect(stateOf(twice).diagnostics).toMatchObject([{ code: "EST-306" }]);
    expect(stateOf(twice).diagnostics[0]?.message).toContain("the same content");
  });
});
