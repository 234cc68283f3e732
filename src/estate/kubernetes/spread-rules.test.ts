import { describe, expect, test } from "vitest";
import { deployment, onlyWorkload } from "./testing/place-yaml.ts";

describe("spread", () => {
  const constraint = (selector: string, more = "") =>
    `topologySpreadConstraints: [{maxSkew: 2, topologyKey: topology.kubernetes.io/zone${selector}${more}}]`;
  const term = (body: string) =>
    `affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: kubernetes.io/hostname, ${body}}]}}`;
  const spreadOf = (pod: string, rest = "") => onlyWorkload(deployment("web", { pod }) + rest).spread;

  test("a constraint on the pods' own labels spreads them", () => {
    expect(
      spreadOf(constraint(", labelSelector: {matchLabels: {app: web}}", ", whenUnsatisfiable: ScheduleAnyway")),
    ).toMatchObject([
      {
        topologyKey: "topology.kubernetes.io/zone",
        strength: "preferred",
        maxSkew: 2,
        origin: "topologySpreadConstraint",
      },
    ]);
    expect(
      spreadOf(constraint(", labelSelector: {matchLabels: {app: web}}, matchLabelKeys: [pod-template-hash]")),
    ).toMatchObject([{ strength: "required" }]);
  });

  test.each([
    ["of another application", constraint(", labelSelector: {matchLabels: {app: other}}")],
    ["without selector", constraint("")],
    ["with an empty selector", constraint(", labelSelector: {}")],
    ["of anti-affinity to others", term("labelSelector: {matchLabels: {app: other}}")],
    ["of anti-affinity in another namespace", term("labelSelector: {}, namespaces: [other]")],
    [
      "of anti-affinity in namespaces that are not labelled so",
      term("labelSelector: {}, namespaceSelector: {matchLabels: {team: x}}"),
    ],
    ["that leaves out pods with the same label", term("labelSelector: {}, mismatchLabelKeys: [app]")],
  ])("a rule %s spreads nothing", (_what, pod) => {
    expect(spreadOf(pod)).toEqual([]);
  });

  test("anti-affinity to itself spreads, required and preferred, across namespaces too", () => {
    expect(spreadOf(term("labelSelector: {matchLabels: {app: web}}"))).toMatchObject([
      { strength: "required", origin: "podAntiAffinity" },
    ]);
    expect(spreadOf(term("labelSelector: {}, namespaceSelector: {}"))).toHaveLength(1);
    expect(
      spreadOf(term("labelSelector: {}, namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}")),
    ).toHaveLength(1);
    const namespace = "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {team: x}}\n";
    expect(spreadOf(term("labelSelector: {}, namespaceSelector: {matchLabels: {team: x}}"), namespace)).toHaveLength(1);
    const preferred =
      "affinity: {podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, podAffinityTerm: {topologyKey: zone, labelSelector: {}}}]}}";
    expect(spreadOf(preferred)).toMatchObject([{ strength: "preferred", topologyKey: "zone" }]);
  });
});
