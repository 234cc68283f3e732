import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { KubernetesObject } from "./kubernetes-object.ts";
import { readClusterState } from "./read-cluster-state.ts";
import { deployment, placeYaml, stateOf } from "./testing/place-yaml.ts";

function problems(text: string): string[] {
  return stateOf(text)
    .diagnostics.filter(({ code }) => code.startsWith("EST-31"))
    .map(({ code, message, place }) => `${code} ${place?.line} ${message}`);
}

describe("types of fields", () => {
  test("a right manifest has no problem", () => {
    expect(
      problems(
        deployment("web", { container: "resources: {requests: {cpu: 100m, memory: 64Mi}}", spec: "replicas: 2" }),
      ),
    ).toEqual([]);
  });

  test("a text for replicas is an error at its line, and names what it leaves not evaluable", () => {
    const { diagnostics } = stateOf(deployment("web", { spec: "replicas: three" }));
    expect(diagnostics).toMatchObject([
      {
        code: "EST-310",
        severity: "error",
        message: 'spec.replicas must be a whole number, but is the text "three".',
        place: { line: 6 },
        affects: ["prod/weu/shop/Deployment/web"],
      },
    ]);
  });

  test.each([
    [
      "a number as value of a variable",
      "env: [{name: A, value: 8080}]",
      "spec.template.spec.containers[0].env[0].value must be a string, but is a number.",
    ],
    [
      "a boolean as argument",
      "args: [true]",
      "spec.template.spec.containers[0].args[0] must be a string, but is a boolean.",
    ],
    [
      "a text as port",
      "ports: [{containerPort: http}]",
      'spec.template.spec.containers[0].ports[0].containerPort must be a whole number, but is the text "http".',
    ],
    ["a mapping for a list", "env: {A: b}", "spec.template.spec.containers[0].env must be a list, but is a mapping."],
    [
      "a quantity that is none",
      "resources: {requests: {memory: 64MB}}",
      'spec.template.spec.containers[0].resources.requests.memory is "64MB", which is no Kubernetes quantity.',
    ],
  ])("%s", (_what, container, message) => {
    expect(problems(deployment("web", { container })).join()).toContain(message);
  });

  test("numbers in labels and annotations are errors, also on kinds that nobody knows", () => {
    const found = problems(
      "apiVersion: a.example/v1\nkind: Thing\nmetadata: {name: t, labels: {version: 1}, annotations: {enabled: true}}",
    );
    expect(found).toHaveLength(2);
    expect(found[0]).toContain("metadata.labels.version must be a string");
  });

  test("a hint says what to do about an unquoted value", () => {
    const { diagnostics } = stateOf(
      deployment("web", { container: "env: [{name: A, value: yes}, {name: B, value: 1}]" }),
    );
    expect(diagnostics.map(({ hint }) => hint)).toContain(
      "The API server does not convert it: put the value in quotes.",
    );
  });

  test("an unknown field is a warning with the field that was meant", () => {
    expect(stateOf(deployment("web", { container: "resource: {}" })).diagnostics).toMatchObject([
      { code: "EST-311", severity: "warning", hint: "Did you mean resources?" },
    ]);
  });

  test("a null is an absent field", () => {
    expect(problems(deployment("web", { container: "env: null", pod: "nodeSelector:" }))).toEqual([]);
  });

  test("what a Secret holds is never shown", () => {
    const [problem] = stateOf("apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {pin: 4711}").diagnostics;
    expect(problem?.code).toBe("EST-310");
    expect(JSON.stringify(problem)).not.toContain("4711");
  });
});

describe("what the API server would refuse besides", () => {
  test.each([
    ["no container", "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: []}", "EST-314"],
    [
      "containers that are no list",
      "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: {a: 1}}",
      "EST-310",
    ],
    ["a negative number of replicas", deployment("web", { spec: "replicas: -1" }), "EST-313"],
    [
      "a port out of range",
      "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: [{port: 70000}]}",
      "EST-313",
    ],
    [
      "a selector that misses its own pods",
      deployment("web").replace("{matchLabels: {app: web}}", "{matchLabels: {app: wev}}"),
      "EST-315",
    ],
    [
      "an unknown operator",
      deployment("web").replace(
        "{matchLabels: {app: web}}",
        "{matchExpressions: [{key: app, operator: Is, values: [a]}]}",
      ),
      "EST-316",
    ],
  ])("%s", (_what, text, code) => {
    expect(problems(text).map((line) => line.slice(0, 7))).toEqual([code]);
  });
});

describe("hostile input", () => {
  const kinds = [
    "Deployment",
    "StatefulSet",
    "CronJob",
    "Pod",
    "Service",
    "Ingress",
    "HorizontalPodAutoscaler",
    "PodDisruptionBudget",
    "ConfigMap",
    "NetworkPolicy",
    "PersistentVolumeClaim",
    "LimitRange",
    "Rollout",
    "HTTPRoute",
  ];
  const groups: { readonly [kind: string]: string } = {
    Deployment: "apps/v1",
    StatefulSet: "apps/v1",
    CronJob: "batch/v1",
    Ingress: "networking.k8s.io/v1",
    HorizontalPodAutoscaler: "autoscaling/v2",
    PodDisruptionBudget: "policy/v1",
    NetworkPolicy: "networking.k8s.io/v1",
    Rollout: "argoproj.io/v1alpha1",
    HTTPRoute: "gateway.networking.k8s.io/v1",
  };
  const fields = [
    "spec",
    "template",
    "metadata",
    "labels",
    "containers",
    "initContainers",
    "env",
    "resources",
    "requests",
    "limits",
    "replicas",
    "selector",
    "matchLabels",
    "rules",
    "ports",
    "volumes",
    "affinity",
    "name",
    "data",
    "backend",
    "parentRefs",
    "scaleTargetRef",
    "workloadRef",
    "volumeClaimTemplates",
    "topologySpreadConstraints",
    "cpu",
    "jobTemplate",
  ];
  const tree = fc.letrec((tie) => ({
    node: fc.oneof(
      { depthSize: "small" },
      fc.constantFrom<unknown>(null, 0, -1, 1.5, true, "", "a", "100m", "9e99", Number.MAX_SAFE_INTEGER),
      fc.array(tie("node"), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...fields), tie("node"), { maxKeys: 6 }),
    ),
  }));

  test("nothing that a manifest can hold makes reading throw", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...kinds), tree.node, tree.node, tree.node), { maxLength: 6 }),
        (entries) => {
          const objects = entries.map(
            ([kind, spec, metadata, data], index): KubernetesObject => ({
              apiVersion: groups[kind] ?? "v1",
              kind,
              name: `n${index % 2}`,
              namespace: undefined,
              value: { apiVersion: groups[kind] ?? "v1", kind, metadata, spec, data },
              locate: () => ({ precision: "file", source: "x" }),
            }),
          );
          const placed = objects.map((object) => ({
            environment: "e",
            cluster: "c",
            namespace: "n",
            application: undefined,
            tenant: "t",
            object,
          }));
          const { workloads } = readClusterState(placed);
          expect(new Set(workloads.map(({ id }) => id)).size).toBe(workloads.length);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("names like the members of every object are ordinary names", () => {
    const { workloads, diagnostics } = stateOf(
      deployment("constructor", { container: 'env: [{name: toString, value: "x"}]' }) +
        "---\napiVersion: v1\nkind: hasOwnProperty\nmetadata: {name: __proto__, labels: {__proto__: x}}",
    );
    expect(workloads.map(({ label }) => label)).toEqual(["constructor"]);
    expect(diagnostics).toEqual([]);
  });

  test("an object on two clusters is checked once and names both", () => {
    const placed = placeYaml(deployment("web", { spec: "replicas: two" }));
    const { diagnostics } = readClusterState([...placed, ...placed.map((one) => ({ ...one, cluster: "neu" }))]);
    expect(diagnostics.map(({ affects }) => affects)).toEqual([
      ["prod/weu/shop/Deployment/web", "prod/neu/shop/Deployment/web"],
    ]);
  });
});
