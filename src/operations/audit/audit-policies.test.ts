import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { rules } from "../../audit/rules/rules.ts";
import { denials, requestsOf } from "../../audit/testing/admission-server.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import { loadEstate } from "../../estate/load-estate.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { memorySources } from "../../estate/sources/memory-sources.ts";
import { auditPolicies, type PolicyForm } from "./audit-policies.ts";

const folder = join(import.meta.dirname, "../../audit/rules");
const today = { today: "2026-11-22" };

function estateOf(text: string): Estate {
  return loadEstate(memorySources({ "shop.yaml": text }));
}

function emitted(estate: Estate, rule: string, form: PolicyForm = "validatingAdmissionPolicy"): readonly JsonObject[] {
  return auditPolicies(estate, form, { ...today, rules: [rule] }).policies.flatMap(({ objects }) => objects);
}

/** What the policies of a rule, written for the estate of a fixture, say of its objects. */
function denialsOf(rule: string, fixture: string): readonly string[] {
  const estate = estateOf(readFileSync(join(folder, rule, "testdata", fixture), "utf8"));
  const objects = emitted(estate, rule);
  return requestsOf(estate).flatMap((request) => denials(objects, request));
}

describe.each(rules.filter(({ admission }) => admission !== undefined))("policies of $id", ({ id, admission }) => {
  const fixtures = readdirSync(join(folder, id, "testdata")).filter((each) => each.endsWith(".yaml"));
  const beyond = new Set(admission?.beyond?.flatMap(({ parts }) => parts));

  test.each(fixtures.filter((each) => each.startsWith("pass.")))("admit %s", (fixture) => {
    expect(denialsOf(id, fixture)).toEqual([]);
  });

  test.each(fixtures.filter((each) => each.startsWith("fail.")))("deny %s", (fixture) => {
    const part = /^fail\.(\d+)\./.exec(fixture)?.[1];
    if (part !== undefined && beyond.has(part)) return;
    const own = denialsOf(id, fixture).filter((each) => each.startsWith(`${id}.${part}:`) || each.startsWith(`${id}:`));
    expect(own.length).toBeGreaterThan(0);
  });

  test("each check turns away what some fixture has", () => {
    const said = new Set(
      fixtures.flatMap((fixture) => denialsOf(id, fixture)).map((each) => each.slice(each.indexOf(": ") + 2)),
    );
    expect(admission?.checks.map(({ message }) => message).filter((message) => !said.has(message))).toEqual([]);
  });
});

/** A Deployment of a privileged container, or a Service with a node port. */
const privileged = (name: string, namespace: string) => `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: app, image: "example.azurecr.io/app:1.4.2", securityContext: {privileged: true}}]}
`;

function withExemption(text: string, tenant = ""): Estate {
  const estate = `apiVersion: scantling/v1alpha1
kind: Estate
metadata: {name: shop}
spec: {audit: {exemptions: [${text}]}}
`;
  return estateOf(
    `${estate}${tenant}${privileged("web", "shop")}${privileged("agent", "shop")}${privileged("web", "bank")}`,
  );
}

/** `namespace/kind/name` of what the policies of TEN-008 turn away. */
function turnedAway(estate: Estate): readonly string[] {
  const objects = emitted(estate, "TEN-008");
  return requestsOf(estate)
    .filter((request) => denials(objects, request).length > 0)
    .map(({ object, namespace }) => `${namespace}/${String(object["kind"])}`)
    .toSorted();
}

const everything = ["bank/Deployment", "bank/Pod", "shop/Deployment", "shop/Deployment", "shop/Pod", "shop/Pod"];
const term = 'reason: agreed, owner: anna, until: "2026-12-31"';

describe("exemptions", () => {
  test.each([
    ["selector: {namespace: shop}", ["bank/Deployment", "bank/Pod"]],
    ["selector: {namespace: bank, kind: Deployment, name: web}", everything.slice(2)],
    ["selector: {namespace: bank, kind: StatefulSet, name: web}", everything],
    ["selector: {namespace: bank, kind: Deployment, name: we}", everything],
  ])("%s spares no more than it names", (selector, expected) => {
    expect(turnedAway(withExemption(`{rule: TEN-008, ${selector}, ${term}}`))).toEqual(expected);
    expect(turnedAway(withExemption(`{rule: TEN-008.1, ${selector}, ${term}}`))).toEqual(expected);
  });

  test.each([
    ["rule: TEN-008"],
    ["rule: TEN-008.1"],
    ["rule: TEN-008, selector: {container: app}"],
    ["rule: TEN-008, selector: {labels: {app: web}}"],
  ])("%s is named and switches nothing off", (text) => {
    const estate = withExemption(`{${text}, ${term}}`);
    expect(turnedAway(estate)).toEqual(everything);
    expect(auditPolicies(estate, "kyverno", today).exemptions.map(({ owner }) => owner)).toEqual(["anna"]);
  });

  test("those of a tenant hold in its namespaces, expired ones nowhere", () => {
    const tenant = (until: string) => `---
apiVersion: scantling/v1alpha1
kind: Tenant
metadata: {name: bank}
spec: {namespaces: [bank], exemptions: [{rule: TEN-008, reason: agreed, owner: anna, until: "${until}"}]}
`;
    expect(turnedAway(withExemption("", tenant("2026-12-31")))).not.toContain("bank/Pod");
    expect(turnedAway(withExemption("", tenant("2026-01-01")))).toContain("bank/Pod");
  });
});

describe("scope", () => {
  const tenants = `apiVersion: scantling/v1alpha1
kind: Tenant
metadata: {name: bank}
spec: {namespaces: [bank], trust: hostile}
---
apiVersion: scantling/v1alpha1
kind: Tenant
metadata: {name: shop}
spec: {namespaces: [shop], trust: team}
`;
  const objects = emitted(estateOf(tenants), "TEN-008");
  const pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "web" },
    spec: { containers: [{ name: "app", image: "a:1" }] },
  };
  const root = { ...pod, spec: { ...pod.spec, hostNetwork: true } };
  const parts = (object: JsonObject, namespace: string, level?: string) => {
    const labels = level === undefined ? {} : { "pod-security.kubernetes.io/enforce": level };
    return denials(objects, { object, namespace, labels }).map((each) => each.split(":")[0]);
  };

  test("the level is that of the namespace, or the least for its tenant", () => {
    expect(parts(pod, "shop")).toEqual([]);
    expect(parts(pod, "shop", "restricted")).toContain("TEN-008.18");
    expect(parts(pod, "bank", "baseline")).toContain("TEN-008.18");
    expect(parts(root, "shop", "privileged")).toEqual(["TEN-008.2"]);
    expect(parts(root, "elsewhere")).toEqual([]);
    expect(parts(root, "elsewhere", "baseline")).toEqual(["TEN-008.2"]);
    expect(parts(root, "elsewhere", "mistyped")).toContain("TEN-008.18");
    expect(parts(root, "kube-system", "restricted")).toEqual([]);
  });

  test("what was there may change in anything but its spec", () => {
    const request = { object: root, namespace: "shop", labels: {} };
    expect(denials(objects, request, root)).toEqual([]);
    expect(denials(objects, request, pod)).toHaveLength(1);
  });

  test("rules about tenants have policies for their namespaces alone", () => {
    const [, binding] = emitted(estateOf(tenants), "TEN-009");
    expect(JSON.stringify(binding)).toContain('"operator":"In","values":["bank","shop"]');
    expect(JSON.stringify(emitted(estateOf(tenants), "TEN-009", "kyverno"))).toContain('"namespaces":["bank","shop"]');
  });
});

describe("boundaries", () => {
  const pod = (container: JsonObject): JsonObject => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "web" },
    spec: { containers: [{ name: "app", image: "example.azurecr.io/app:1.4.2", ...container }] },
  });
  const parts = (rule: string, object: JsonObject, labels: JsonObject = {}) =>
    denials(emitted(estateOf(""), rule), { object, namespace: "shop", labels }).map((each) => each.split(":")[0]);

  test.each([
    [3, ["AVL-009.5"]],
    [4, []],
  ])("liveness that fails after %i periods, readiness after three", (failureThreshold, expected) => {
    const livenessProbe = { tcpSocket: { port: 8080 }, failureThreshold };
    expect(parts("AVL-009", pod({ livenessProbe, readinessProbe: { tcpSocket: { port: 8081 } } }))).toEqual(expected);
  });

  test.each([
    ["NET_BIND_SERVICE", false],
    ["CHOWN", true],
  ])("a restricted container that adds %s", (capability, isDenied) => {
    const securityContext = { capabilities: { drop: ["ALL"], add: [capability] } };
    const labels = { "pod-security.kubernetes.io/enforce": "restricted" };
    expect(parts("TEN-008", pod({ securityContext }), labels).includes("TEN-008.18")).toBe(isDenied);
  });
});
