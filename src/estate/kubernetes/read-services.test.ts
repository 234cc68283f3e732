import { describe, expect, test } from "vitest";
import { deployment, service, stateOf } from "./testing/place-yaml.ts";

describe("Services", () => {
  test("join by selector inside the namespace; an empty selector, an external name or a stranger joins nothing", () => {
    const text = `${deployment("web")}${service("web")}---
apiVersion: v1
kind: Service
metadata: {name: by-hand}
spec: {ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: outside}
spec: {type: ExternalName, externalName: db.example.com, selector: {app: web}}
---
apiVersion: v1
kind: Service
metadata: {name: elsewhere, namespace: other}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: http, protocol: UDP, name: x}]}
---
apiVersion: v1
kind: Service
metadata: {name: inside, annotations: {service.beta.kubernetes.io/azure-load-balancer-internal: "true"}}
spec: {type: LoadBalancer, clusterIP: None, selector: {app: web}}
`;
    const { services, diagnostics } = stateOf(text);
    const byName = new Map(services.map((one) => [one.name, one]));
    expect(byName.get("web")).toMatchObject({
      workloads: ["prod/weu/shop/Deployment/web"],
      type: "ClusterIP",
      ports: [{ port: 80, targetPort: 80, protocol: "TCP" }],
    });
    expect(byName.get("by-hand")?.workloads).toEqual([]);
    expect(byName.get("outside")).toMatchObject({ workloads: [], externalName: "db.example.com" });
    expect(byName.get("elsewhere")).toMatchObject({
      workloads: [],
      ports: [{ name: "x", port: 80, targetPort: "http", protocol: "UDP" }],
    });
    expect(byName.get("inside")).toMatchObject({
      internal: true,
      headless: true,
      workloads: ["prod/weu/shop/Deployment/web"],
    });
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      "EST-324 The selector of prod/weu/other/Service/elsewhere matches the pods of no workload in the input.",
    ]);
  });

  test("a Service for one pod of a StatefulSet joins the StatefulSet", () => {
    const text = `
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec: {selector: {matchLabels: {app: db}}, template: {metadata: {labels: {app: db}}, spec: {containers: [{name: a}]}}}
---
apiVersion: v1
kind: Service
metadata: {name: db-0}
spec: {selector: {statefulset.kubernetes.io/pod-name: db-0}, ports: [{port: 1}]}
---
apiVersion: v1
kind: Service
metadata: {name: dbx}
spec: {selector: {statefulset.kubernetes.io/pod-name: dbx-0}, ports: [{port: 1}]}
`;
    expect(stateOf(text).services.map(({ workloads }) => workloads.length)).toEqual([1, 0]);
  });
});
