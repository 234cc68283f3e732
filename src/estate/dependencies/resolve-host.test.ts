import { describe, expect, test } from "vitest";
import { scopeKey } from "../kubernetes/object-index.ts";
import { readClusterState } from "../kubernetes/read-cluster-state.ts";
import { deployment, placeYaml, service } from "../kubernetes/testing/place-yaml.ts";
import { createHostResolver } from "./resolve-host.ts";

const database = `---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: data}
spec: {serviceName: db, selector: {matchLabels: {app: db}}, template: {metadata: {labels: {app: db}}, spec: {containers: [{name: a}]}}}
---
apiVersion: v1
kind: Service
metadata: {name: db, namespace: data}
spec: {clusterIP: None, selector: {app: db}}
`;
const external = (name: string, target: string) =>
  `---\napiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\nspec: {type: ExternalName, externalName: ${target}}\n`;
const ingress = `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: public}
spec: {rules: [{host: orders.nordwind.example, http: {paths: [{backend: {service: {name: orders}}}]}}, {host: web.nordwind.example, http: {paths: [{backend: {service: {name: web}}}]}}]}
`;
const text = [
  deployment("web"),
  service("web"),
  deployment("orders"),
  service("orders"),
  database,
  external("bank", "api.bank.example"),
  external("data", "db.data.svc.cluster.local"),
  external("a", "b.shop.svc.cluster.local"),
  external("b", "a.shop.svc.cluster.local"),
  external("short", "orders"),
  ingress,
].join("");

const placed = placeYaml(text);
const state = readClusterState(placed);
const resolver = createHostResolver(state, new Set(placed.map(scopeKey)));
const web = state.workloads.find(({ name }) => name === "web");

function resolve(host: string): string {
  if (web === undefined) throw new Error("no workload");
  const { target, cyclic } = resolver.resolve(web, host);
  if (cyclic) return "cyclic";
  if (target === undefined) return "nothing";
  return "id" in target
    ? `${target.kind} ${target.id.slice("prod/weu/".length)}`
    : "host" in target
      ? `${target.kind} ${target.host}`
      : target.name;
}

describe("names as cluster DNS resolves them", () => {
  test.each([
    ["orders", "workload shop/Deployment/orders"],
    ["orders.shop", "workload shop/Deployment/orders"],
    ["orders.shop.svc", "workload shop/Deployment/orders"],
    ["orders.shop.svc.cluster.local", "workload shop/Deployment/orders"],
    ["orders.shop.svc.corp.example", "workload shop/Deployment/orders"],
    ["db", "dangling db"],
    ["db.data", "workload data/StatefulSet/db"],
    ["db-0.db.data", "workload data/StatefulSet/db"],
    ["db-0.db.data.svc.cluster.local", "workload data/StatefulSet/db"],
    ["db-0.db", "host db-0.db"],
    ["order", "dangling order"],
    ["order.shop.svc", "dangling order.shop.svc"],
    ["orders.elsewhere.svc.cluster.local", "host orders.elsewhere.svc.cluster.local"],
    ["api.example.com", "host api.example.com"],
    ["10.0.0.4", "host 10.0.0.4"],
    ["kubernetes.default.svc", "host kubernetes.default.svc"],
    ["bank", "host api.bank.example"],
    ["data", "workload data/StatefulSet/db"],
    ["a", "cyclic"],
    ["short", "dangling orders"],
    ["orders.nordwind.example", "workload shop/Deployment/orders"],
    ["web.nordwind.example", "nothing"],
  ])("%s", (host, expected) => {
    expect(resolve(host)).toBe(expected);
  });

  test("each external name on the way is evidence", () => {
    const { services } = resolver.resolve(web as NonNullable<typeof web>, "data");
    expect(services.map(({ name }) => name)).toEqual(["data", "db"]);
  });
});
