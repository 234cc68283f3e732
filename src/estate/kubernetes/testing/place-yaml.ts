import type { PlacedObject } from "../../model/estate.ts";
import { readYaml } from "../../sources/read-yaml.ts";
import { readKindScopes } from "../kind-scope.ts";
import { type ClusterState, readClusterState } from "../read-cluster-state.ts";
import { readObjects } from "../read-objects.ts";
import type { Workload } from "../workload.ts";

/** Where the objects of a test run. */
export interface TestScope {
  readonly environment?: string;
  readonly cluster?: string;
  readonly namespace?: string;
}

/** Every object of a YAML text on one cluster; namespace `shop` where an object names none. */
export function placeYaml(text: string, scope: TestScope = {}): readonly PlacedObject[] {
  const { objects } = readObjects(readYaml(text, "in.yaml").documents);
  const scopes = readKindScopes(objects);
  return objects.map((object) => ({
    environment: scope.environment ?? "prod",
    cluster: scope.cluster ?? "weu",
    namespace: scopes.scopeOf(object) === "Cluster" ? undefined : (object.namespace ?? scope.namespace ?? "shop"),
    application: undefined,
    tenant: "retail",
    object,
  }));
}

export function stateOf(text: string, scope: TestScope = {}): ClusterState {
  return readClusterState(placeYaml(text, scope));
}

/** The workload of a text that holds exactly one. */
export function onlyWorkload(text: string): Workload {
  const { workloads } = stateOf(text);
  const [workload] = workloads;
  if (workload === undefined || workloads.length > 1) throw new Error(`${workloads.length} workloads instead of one`);
  return workload;
}

/** A Deployment with one container, whose pods carry `app: NAME`; `spec` is added to the pod, `container` to the container. */
export function deployment(
  name: string,
  parts: { readonly container?: string; readonly pod?: string; readonly spec?: string } = {},
): string {
  const indent = (text: string | undefined, depth: number) =>
    (text ?? "").trim() === ""
      ? ""
      : `\n${(text ?? "").replace(/^\n/, "").trimEnd().replace(/^/gm, " ".repeat(depth))}`;
  return `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:${indent(parts.spec, 2)}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:${indent(parts.pod, 6)}
      containers:
        - name: main
          image: ${name}:1${indent(parts.container, 10)}
`;
}

/** A ClusterIP Service before the pods with `app: NAME`. */
export function service(name: string, port = 80, app = name): string {
  return `---
apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {selector: {app: ${app}}, ports: [{port: ${port}}]}
`;
}
