import { expect, test } from "vitest";
import { readYaml } from "../sources/read-yaml.ts";
import { readKindScopes } from "./kind-scope.ts";
import { readObjects } from "./read-objects.ts";

const definition = (kind: string, group: string, scope: string) =>
  `---\napiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: x.${group}}\nspec: {group: ${group}, scope: ${scope}, names: {kind: ${kind}}}\n`;

const { objects } = readObjects(
  readYaml(
    definition("Thing", "a.example", "Cluster") + definition("ClusterIssuer", "cert-manager.io", "Namespaced"),
    "in.yaml",
  ).documents,
);
const scopes = readKindScopes(objects);

test.each([
  ["v1", "Namespace", "Cluster"],
  ["v1", "Pod", "Namespaced"],
  ["rbac.authorization.k8s.io/v1", "ClusterRole", "Cluster"],
  ["rbac.authorization.k8s.io/v1", "Role", "Namespaced"],
  ["a.example/v1", "ClusterRole", "Namespaced"],
  ["a.example/v1beta2", "Thing", "Cluster"],
  ["b.example/v1", "Thing", "Namespaced"],
  ["cert-manager.io/v1", "ClusterIssuer", "Namespaced"],
])("%s %s is %s", (apiVersion, kind, scope) => {
  expect(scopes.scopeOf({ apiVersion, kind })).toBe(scope);
});
