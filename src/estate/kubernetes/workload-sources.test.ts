import { describe, expect, test } from "vitest";
import { deployment, onlyWorkload, stateOf } from "./testing/place-yaml.ts";

describe("controllers", () => {
  test.each([
    ["apps/v1", "Deployment", "replicas: 3, template: {}", "serving", 3],
    ["apps/v1", "StatefulSet", "template: {}", "serving", 1],
    ["apps/v1", "DaemonSet", "template: {}", "perNode", 1],
    ["apps/v1", "ReplicaSet", "replicas: 2, template: {}", "serving", 2],
    ["v1", "ReplicationController", "replicas: 2, template: {}", "serving", 2],
    ["v1", "Pod", "containers: []", "serving", 1],
    ["v1", "Pod", "restartPolicy: Never, containers: []", "task", 1],
    ["batch/v1", "Job", "parallelism: 4, completions: 3, template: {}", "task", 3],
    ["batch/v1", "Job", "suspend: true, template: {}", "task", 0],
    ["batch/v1", "CronJob", "jobTemplate: {spec: {parallelism: 2}}", "task", 2],
    ["argoproj.io/v1alpha1", "Rollout", "replicas: 5, template: {}", "serving", 5],
  ])("%s %s {%s}", (apiVersion, kind, spec, run, replicas) => {
    const workload = onlyWorkload(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: w}\nspec: {${spec}}`);
    expect(workload).toMatchObject({ id: `prod/weu/shop/${kind}/w`, label: "w", run, opaque: false, tenant: "retail" });
    expect(workload.replicas).toEqual({ declared: replicas, minimum: replicas, maximum: replicas });
  });

  test("what a controller in the input made is not counted again", () => {
    const owned = (kind: string, name: string, owner: string) =>
      `---\napiVersion: ${kind === "Pod" ? "v1" : "apps/v1"}\nkind: ${kind}\nmetadata:\n  name: ${name}\n  ownerReferences: [{apiVersion: apps/v1, kind: ${owner}, controller: true, uid: u}]\nspec: {containers: [{name: a}]}\n`;
    const text =
      deployment("web") +
      owned("ReplicaSet", "web-1", "Deployment, name: web") +
      owned("Pod", "web-1-a", "ReplicaSet, name: web-1");
    expect(stateOf(text).workloads.map(({ id }) => id)).toEqual(["prod/weu/shop/Deployment/web"]);
  });

  test("pods whose owner is not in the input stand for it together", () => {
    const pod = (name: string) =>
      `---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\n  labels: {app: web}\n  ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-1, controller: true, uid: u}]\nspec: {containers: [{name: a}]}\n`;
    const workload = onlyWorkload(pod("web-1-a") + pod("web-1-b"));
    expect(workload).toMatchObject({
      kind: "ReplicaSet",
      name: "web-1",
      replicas: { declared: 2 },
      podLabels: { app: "web" },
    });
  });

  test("a Rollout takes template and places from the Deployment that it refers to", () => {
    const rollout = `---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: roll}
spec:
  replicas: 4
  workloadRef: {apiVersion: apps/v1, kind: Deployment, name: web, scaleDown: onsuccess}
`;
    const text = deployment("web", { container: "resources: {requests: {cpu: 250m}}", spec: "replicas: 4" }) + rollout;
    const { workloads } = stateOf(text);
    const [roll, ...others] = workloads;
    expect(others).toEqual([]);
    expect(roll).toMatchObject({
      kind: "Rollout",
      podLabels: { app: "web" },
      podRequests: { cpuMillicores: 250 },
      replicas: { declared: 4 },
    });
    const line = roll?.object.locate([...(roll.containers[0]?.path ?? []), "image"]).line;
    expect(text.split("\n")[(line ?? 0) - 1]).toContain("image: web:1");
    expect(roll?.place.line).toBeGreaterThan(line ?? 0);
  });

  test("a Rollout that refers to nothing is reported", () => {
    const text =
      "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: r}\nspec: {workloadRef: {kind: Deployment, name: gone}}";
    expect(stateOf(text).diagnostics.map(({ code }) => code)).toEqual(["EST-323"]);
  });
});

describe("custom resources that run pods", () => {
  test("cannot be opened, say how many pods they run, and are reached by their operator's labels", () => {
    const text = `
apiVersion: monitoring.coreos.com/v1
kind: Prometheus
metadata: {name: k8s}
spec: {replicas: 2, shards: 3, podMetadata: {labels: {team: obs}}}
---
apiVersion: v1
kind: Service
metadata: {name: p}
spec: {selector: {team: obs, app.kubernetes.io/instance: k8s}, ports: [{port: 9090}]}
`;
    const { workloads, services, diagnostics, assumptions } = stateOf(text);
    expect(workloads).toMatchObject([
      { kind: "Prometheus", opaque: true, podRequests: {}, replicas: { declared: 6, minimum: 6 } },
    ]);
    expect(services[0]?.workloads).toEqual(["prod/weu/shop/Prometheus/k8s"]);
    expect(diagnostics).toMatchObject([{ code: "EST-325", severity: "note" }]);
    expect(assumptions).toEqual([]);
  });

  test("one that does not say how many pods it runs is assumed to run one", () => {
    const { workloads, assumptions } = stateOf(
      "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: {name: w}\nspec: {}",
    );
    expect(workloads).toMatchObject([{ run: "task", replicas: { declared: 1 } }]);
    expect(assumptions).toMatchObject([{ id: "ASM-131", subject: "prod/weu/shop/Workflow/w" }]);
  });

  test("one whose pods are in the input by another object is not counted twice", () => {
    const text = `
apiVersion: monitoring.coreos.com/v1
kind: Alertmanager
metadata: {name: main}
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: alertmanager-main
  ownerReferences: [{apiVersion: monitoring.coreos.com/v1, kind: Alertmanager, name: main, controller: true, uid: u}]
spec: {template: {spec: {containers: [{name: a}]}}}
`;
    expect(stateOf(text).workloads.map(({ kind }) => kind)).toEqual(["StatefulSet"]);
  });

  test("other custom resources run nothing", () => {
    const text =
      "apiVersion: flagger.app/v1beta1\nkind: Canary\nmetadata: {name: c}\nspec: {targetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}";
    expect(stateOf(text).workloads).toEqual([]);
  });
});
