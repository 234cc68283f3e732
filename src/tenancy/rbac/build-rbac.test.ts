import { describe, expect, test } from "vitest";
import { placeYaml } from "../../estate/kubernetes/testing/place-yaml.ts";
import { ruleInWords } from "./access-rule.ts";
import { buildRbac, type Rbac } from "./build-rbac.ts";
import { type Subject, subjectKey, userSubject } from "./subject.ts";

const api = "apiVersion: rbac.authorization.k8s.io/v1";
const web: Subject = { kind: "ServiceAccount", namespace: "shop", name: "web" };
const kim: Subject = { kind: "User", name: "kim" };
const getSecret = { verb: "get", group: "", resource: "secrets", namespace: "shop", name: "db" };

function role(kind: string, name: string, rules: string, rest = ""): string {
  const namespace = kind === "Role" ? ", namespace: shop" : "";
  return `---\n${api}\nkind: ${kind}\nmetadata: {name: ${name}${namespace}${rest}}\nrules: ${rules}\n`;
}

function binding(kind: string, roleRef: string, subjects: string, namespace = "shop"): string {
  const where = kind === "RoleBinding" ? `, namespace: ${namespace}` : "";
  return `---\n${api}\nkind: ${kind}\nmetadata: {name: b${where}}\nroleRef: {apiGroup: rbac.authorization.k8s.io, ${roleRef}}\nsubjects: [${subjects}]\n`;
}

function rbacOf(...texts: readonly string[]): Rbac {
  const objects = placeYaml(texts.join(""));
  const cluster = objects[0]?.cluster ?? "";
  return buildRbac({ objects, workloads: [] }, cluster);
}

const toWeb = "{kind: ServiceAccount, name: web, namespace: shop}";
const toKim = "{kind: User, name: kim, apiGroup: rbac.authorization.k8s.io}";

describe("rules", () => {
  test.each([
    ['[{apiGroups: [""], resources: [secrets], verbs: [get]}]', getSecret, true],
    ['[{apiGroups: [""], resources: [secrets], verbs: [get]}]', { ...getSecret, verb: "list" }, false],
    ['[{apiGroups: [""], resources: [secrets], verbs: [get], resourceNames: [db]}]', getSecret, true],
    [
      '[{apiGroups: [""], resources: [secrets], verbs: [get], resourceNames: [db]}]',
      { ...getSecret, name: "x" },
      false,
    ],
    [
      '[{apiGroups: [""], resources: [secrets], verbs: ["*"], resourceNames: [db]}]',
      { ...getSecret, verb: "create", name: undefined },
      false,
    ],
    ['[{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}]', getSecret, true],
    ['[{apiGroups: [apps], resources: ["*"], verbs: ["*"]}]', getSecret, false],
    [
      '[{apiGroups: [""], resources: [pods], verbs: [create]}]',
      { verb: "create", group: "", resource: "pods/exec", namespace: "shop", name: "p" },
      false,
    ],
    [
      '[{apiGroups: ["*"], resources: ["*/scale"], verbs: [update]}]',
      { verb: "update", group: "apps", resource: "deployments/scale", namespace: "shop", name: "p" },
      true,
    ],
    [
      '[{apiGroups: ["*"], resources: ["*/scale"], verbs: [update]}]',
      { verb: "update", group: "apps", resource: "deployments", namespace: "shop", name: "p" },
      false,
    ],
  ])("%s allows %o: %s", (rules, access, allowed) => {
    const rbac = rbacOf(role("Role", "r", rules), binding("RoleBinding", "kind: Role, name: r", toWeb));
    expect(rbac.allows(web, access)).toBe(allowed);
  });

  test("a rule for one name touches, but does not allow what names none", () => {
    const rules = '[{apiGroups: [""], resources: [secrets], verbs: [get], resourceNames: [db]}]';
    const rbac = rbacOf(role("Role", "r", rules), binding("RoleBinding", "kind: Role, name: r", toWeb));
    expect(rbac.allows(web, { ...getSecret, name: undefined })).toBe(false);
    expect(rbac.touchedBy(web, { ...getSecret, name: undefined })?.binding.name).toBe("b");
  });
});

describe("where a grant holds", () => {
  const rules = '[{apiGroups: [""], resources: [secrets], verbs: [get]}]';
  const elsewhere = { ...getSecret, namespace: "other" };
  const everywhere = { ...getSecret, namespace: undefined };

  test("a RoleBinding of a ClusterRole grants in its own namespace only", () => {
    const rbac = rbacOf(role("ClusterRole", "r", rules), binding("RoleBinding", "kind: ClusterRole, name: r", toWeb));
    expect([getSecret, elsewhere, everywhere].map((access) => rbac.allows(web, access))).toEqual([true, false, false]);
  });

  test("a ClusterRoleBinding grants everywhere", () => {
    const rbac = rbacOf(
      role("ClusterRole", "r", rules),
      binding("ClusterRoleBinding", "kind: ClusterRole, name: r", toWeb),
    );
    expect([getSecret, elsewhere, everywhere].map((access) => rbac.allows(web, access))).toEqual([true, true, true]);
  });

  test("a Role of another namespace is not the one of the binding's", () => {
    const rbac = rbacOf(role("Role", "r", rules), binding("RoleBinding", "kind: Role, name: r", toWeb, "other"));
    expect(rbac.allows(web, getSecret)).toBe(false);
    expect(rbac.unknownGrantsOf(web)).toHaveLength(1);
  });
});

describe("aggregation", () => {
  const label = ', labels: {"rbac.authorization.k8s.io/aggregate-to-view": "true"}';
  const widgets = "[{apiGroups: [x.io], resources: [widgets], verbs: [get]}]";
  const getWidget = { verb: "get", group: "x.io", resource: "widgets", namespace: "shop", name: "w" };

  test.each(["view", "edit", "admin"])("a role labelled for view is part of %s", (name) => {
    const rbac = rbacOf(
      role("ClusterRole", "widgets", widgets, label),
      binding("RoleBinding", `kind: ClusterRole, name: ${name}`, toKim),
    );
    expect(rbac.allows(kim, getWidget)).toBe(true);
  });

  test("a role labelled for admin is no part of view", () => {
    const rbac = rbacOf(
      role("ClusterRole", "widgets", widgets, label.replace("view", "admin")),
      binding("RoleBinding", "kind: ClusterRole, name: view", toKim),
    );
    expect(rbac.allows(kim, getWidget)).toBe(false);
  });

  test("roles that select each other end, and rules written into an aggregated role do not count", () => {
    const circle = (name: string, other: string) =>
      `${role("ClusterRole", name, widgets, `, labels: {is: ${name}}`)}aggregationRule: {clusterRoleSelectors: [{matchLabels: {is: ${other}}}]}\n`;
    const rbac = rbacOf(
      circle("a", "b"),
      circle("b", "a"),
      binding("RoleBinding", "kind: ClusterRole, name: a", toKim),
    );
    expect(rbac.rulesOf(kim).some(({ rule }) => rule.resources.includes("widgets"))).toBe(false);
  });
});

describe("subjects", () => {
  const cluster = (subjects: string) =>
    rbacOf(binding("ClusterRoleBinding", "kind: ClusterRole, name: edit", subjects));
  const createPod = { verb: "create", group: "", resource: "pods", namespace: "shop" };

  test.each([
    ["{kind: Group, name: 'system:serviceaccounts'}", web],
    ["{kind: Group, name: 'system:serviceaccounts:shop'}", web],
    ["{kind: Group, name: 'system:authenticated'}", web],
    ["{kind: Group, name: 'system:authenticated'}", kim],
    ["{kind: User, name: 'system:serviceaccount:shop:web'}", web],
    ["{kind: Group, name: 'system:unauthenticated'}", userSubject("system:anonymous")],
  ])("%s reaches %o", (subjects, subject) => {
    expect(cluster(subjects).allows(subject, createPod)).toBe(true);
  });

  test.each([
    ["{kind: Group, name: 'system:serviceaccounts:other'}", web],
    ["{kind: Group, name: kim}", kim],
    ["{kind: Group, name: 'system:unauthenticated'}", kim],
  ])("%s does not reach %o", (subjects, subject) => {
    expect(cluster(subjects).allows(subject, createPod)).toBe(false);
  });

  test("service accounts that are declared are known, also where nothing binds them", () => {
    const rbac = rbacOf("---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: web, namespace: shop}\n");
    expect(rbac.subjects.map(subjectKey)).toContain("ServiceAccount/shop/web");
    expect(rbac.rulesOf(web).map(({ rule }) => ruleInWords(rule))).toContain(
      "create on selfsubjectaccessreviews, selfsubjectrulesreviews of authorization.k8s.io",
    );
  });
});

describe("what grants nothing is told", () => {
  test.each([
    [binding("ClusterRoleBinding", "kind: Role, name: r", toWeb), "cluster-binding-of-role"],
    [binding("RoleBinding", "name: r", toWeb), "no-role"],
    [
      binding("ClusterRoleBinding", "kind: ClusterRole, name: view", "{kind: ServiceAccount, name: web}"),
      "service-account-without-namespace",
    ],
    [binding("RoleBinding", "kind: ClusterRole, name: view", "{kind: Robot, name: web}"), "unknown-subject"],
    [binding("RoleBinding", "kind: ClusterRole, name: view", "7"), "unknown-subject"],
  ])("%s", (text, problem) => {
    const rbac = rbacOf(text);
    expect(rbac.broken.map((broken) => broken.problem)).toEqual([problem]);
    expect(rbac.allows(web, { ...getSecret, resource: "configmaps" })).toBe(false);
  });
});
