import { expect, test } from "vitest";
import { placeYaml } from "../../estate/kubernetes/testing/place-yaml.ts";
import { buildRbac } from "./build-rbac.ts";
import { rbacBehaviours } from "./rbac-behaviours.ts";
import type { Subject } from "./subject.ts";

const api = "apiVersion: rbac.authorization.k8s.io/v1";
const web: Subject = { kind: "ServiceAccount", namespace: "shop", name: "web" };

/** Verdicts of a tenant with the namespace shop, whose service account web has one rule everywhere. */
function verdictsOf(rule: string) {
  const objects = placeYaml(`${api}
kind: ClusterRole
metadata: {name: r}
rules: [${rule}]
---
${api}
kind: ClusterRoleBinding
metadata: {name: b}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: r}
subjects: [{kind: ServiceAccount, name: web, namespace: shop}]
`);
  const rbac = buildRbac({ objects, workloads: [] }, objects[0]?.cluster ?? "");
  const verdicts = rbacBehaviours(rbac, [web], new Set(["shop"]), true);
  const of = (name: string) => verdicts.find(({ behaviour }) => behaviour === name)?.verdict;
  return [of("clusterScoped"), of("foreignNamespaces")];
}

test.each([
  ["{apiGroups: [authentication.k8s.io], resources: [tokenreviews], verbs: [create]}", ["broken", "holds"]],
  ["{apiGroups: [flowcontrol.apiserver.k8s.io], resources: [flowschemas], verbs: [get]}", ["broken", "holds"]],
  ['{apiGroups: [""], resources: [nodes, nodes/status], verbs: [get]}', ["broken", "holds"]],
  ["{apiGroups: [authorization.k8s.io], resources: [selfsubjectaccessreviews], verbs: [create]}", ["holds", "holds"]],
  ['{apiGroups: [""], resources: [pods], verbs: [list]}', ["holds", "broken"]],
  // Of a group of its own, a resource of the same name is not that of Kubernetes.
  ["{apiGroups: [example.com], resources: [nodes], verbs: [list]}", ["holds", "broken"]],
  ['{apiGroups: ["*"], resources: ["*"], verbs: [get]}', ["broken", "broken"]],
])("%s everywhere: cluster-scoped %j", (rule, verdicts) => {
  expect(verdictsOf(rule)).toEqual(verdicts);
});
