import { describe, expect, test } from "vitest";
import { deployment } from "../../estate/kubernetes/testing/place-yaml.ts";
import type { PolicyEngine } from "./policy-engine.ts";
import { connectionsOf, type GivenReach, givenReach } from "./testing/given-reach.ts";

const http = "ports: [{containerPort: 8080, name: http}]";
const two = deployment("a", { container: http }) + deployment("b", { container: http });

function cilium(spec: string, kind = "CiliumNetworkPolicy"): string {
  const namespace = kind === "CiliumNetworkPolicy" ? ", namespace: shop" : "";
  return `---\napiVersion: cilium.io/v2\nkind: ${kind}\nmetadata: {name: c${namespace}}\nspec: {${spec}}\n`;
}

function kubernetes(spec: string): string {
  return `---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: shop}\nspec: {${spec}}\n`;
}

function admin(spec: string, name = "n"): string {
  return `---\napiVersion: policy.networking.k8s.io/v1alpha2\nkind: ClusterNetworkPolicy\nmetadata: {name: ${name}}\nspec: {${spec}}\n`;
}

/** What reaches \`a\`. */
function into(policies: string, engine: PolicyEngine, given: GivenReach = {}): readonly string[] {
  return connectionsOf(givenReach(two + policies, { ...given, engine })).filter((line) => line.includes("-> a:"));
}

const everybody = ["b -> a: all", "outside -> a: all"];
const selectA = "endpointSelector: {matchLabels: {app: a}}";

describe("Cilium", () => {
  test.each([
    ["an empty rule denies all, the opposite of a NetworkPolicy", `${selectA}, ingress: [{}]`, []],
    ["an empty section does not apply", `${selectA}, ingress: []`, everybody],
    [
      "an empty endpoint selector is the own namespace",
      `${selectA}, ingress: [{fromEndpoints: [{}]}]`,
      ["b -> a: all"],
    ],
    ["an empty list of endpoints is nobody", `${selectA}, ingress: [{fromEndpoints: []}]`, []],
    [
      "prefixes of labels are cut off",
      `${selectA}, ingress: [{fromEndpoints: [{matchLabels: {"k8s:app": b}}]}]`,
      ["b -> a: all"],
    ],
    [
      "the namespace as a label",
      `${selectA}, ingress: [{fromEndpoints: [{matchLabels: {"k8s:io.kubernetes.pod.namespace": far}}]}]`,
      [],
    ],
    [
      "ports are of any protocol unless stated",
      `${selectA}, ingress: [{fromEndpoints: [{}], toPorts: [{ports: [{port: "53"}]}]}]`,
      ["b -> a: SCTP 53,TCP 53,UDP 53"],
    ],
    [
      "ports without an end mean everybody",
      `${selectA}, ingress: [{toPorts: [{ports: [{port: "80", protocol: TCP}]}]}]`,
      ["b -> a: TCP 80", "outside -> a: TCP 80"],
    ],
    ["the world is no pod", `${selectA}, ingress: [{fromEntities: [world]}]`, ["outside -> a: all"]],
    ["the cluster is no world", `${selectA}, ingress: [{fromEntities: [cluster]}]`, ["b -> a: all"]],
    ["an address range is no pod", `${selectA}, ingress: [{fromCIDR: [0.0.0.0/0]}]`, ["outside -> a: all"]],
    [
      "a deny beats every allow",
      `${selectA}, ingress: [{fromEntities: [all]}], ingressDeny: [{fromEndpoints: [{matchLabels: {app: b}}]}]`,
      ["outside -> a: all"],
    ],
    [
      "without default deny the rules only add",
      `${selectA}, enableDefaultDeny: {ingress: false}, ingress: [{fromEndpoints: [{}]}]`,
      everybody,
    ],
    [
      "a deny alone leaves the rest to default deny",
      `${selectA}, ingressDeny: [{fromEndpoints: [{matchLabels: {app: b}}]}]`,
      [],
    ],
    [
      "two ends in one rule cannot be decided",
      `${selectA}, ingress: [{fromEndpoints: [{}], fromEntities: [world]}]`,
      ["b -> a: all ?", "outside -> a: all ?"],
    ],
  ])("%s", (_what, spec, expected) => {
    expect(into(cilium(spec), "cilium")).toEqual(expected);
  });

  test("cluster-wide selectors are of every namespace", () => {
    const spec = `${selectA}, ingress: [{fromEndpoints: [{matchLabels: {app: b}}]}]`;
    expect(into(cilium(spec, "CiliumClusterwideNetworkPolicy"), "cilium")).toEqual(["b -> a: all"]);
  });

  test("allows of both kinds are united", () => {
    const own = kubernetes(
      "podSelector: {matchLabels: {app: a}}, ingress: [{from: [{podSelector: {}}], ports: [{port: 1}]}]",
    );
    const other = cilium(
      `${selectA}, ingress: [{fromEndpoints: [{}], toPorts: [{ports: [{port: "2", protocol: TCP}]}]}]`,
    );
    expect(into(own + other, "cilium")).toEqual(["b -> a: TCP 1-2"]);
  });

  test("a service account is a label", () => {
    const text =
      deployment("a") +
      deployment("b", { pod: "serviceAccountName: caller" }) +
      deployment("c") +
      cilium(`${selectA}, ingress: [{fromEndpoints: [{matchLabels: {io.cilium.k8s.policy.serviceaccount: caller}}]}]`);
    const found = connectionsOf(givenReach(text, { engine: "cilium" }));
    expect(found.filter((line) => line.includes("-> a:"))).toEqual(["b -> a: all"]);
  });
});

describe("one text, several engines", () => {
  const deny = kubernetes("podSelector: {matchLabels: {app: a}}, policyTypes: [Ingress]");
  const range = (cidr: string) =>
    kubernetes(`podSelector: {matchLabels: {app: a}}, ingress: [{from: [{ipBlock: {cidr: ${cidr}}}]}]`);

  test.each<[PolicyEngine, readonly string[]]>([
    ["none", everybody],
    ["api-standard", []],
    ["cilium", []],
    ["azure", []],
    ["calico", []],
  ])("a default deny on %s", (engine, expected) => {
    expect(into(deny, engine)).toEqual(expected);
  });

  test.each<[PolicyEngine, string, readonly string[]]>([
    ["azure", "0.0.0.0/0", ["b -> a: all", "outside -> a: all"]],
    ["cilium", "0.0.0.0/0", ["outside -> a: all"]],
    ["api-standard", "0.0.0.0/0", ["outside -> a: all"]],
    ["azure", "10.0.0.0/8", ["b -> a: all ?", "outside/10 -> a: all"]],
    ["azure", "20.0.0.0/8", ["outside/20 -> a: all"]],
  ])("ipBlock on %s: %s", (engine, cidr, expected) => {
    expect(into(range(cidr), engine)).toEqual(expected);
  });

  test("admin tiers do nothing on Cilium and Azure, and depend on the version of Calico", () => {
    const ban = admin(
      "tier: Admin, priority: 1, subject: {namespaces: {}}, ingress: [{action: Deny, from: [{namespaces: {}}]}]",
    );
    expect(into(ban, "api-standard")).toEqual(["outside -> a: all"]);
    expect(into(ban, "cilium")).toEqual(everybody);
    expect(into(ban, "azure")).toEqual(everybody);
    expect(into(ban, "calico")).toEqual(["b -> a: all ?", "outside -> a: all"]);
    expect(givenReach(two + ban, { engine: "cilium" }).diagnostics.map(({ code }) => code)).toEqual(["EST-702"]);
  });

  test("Calico's own kinds leave everything open", () => {
    const own = "---\napiVersion: crd.projectcalico.org/v1\nkind: GlobalNetworkPolicy\nmetadata: {name: g}\nspec: {}\n";
    expect(into(own, "calico")).toEqual(["b -> a: all ?", "outside -> a: all ?"]);
    expect(givenReach(two + own, { engine: "calico" }).diagnostics.map(({ code }) => code)).toEqual(["EST-707"]);
  });

  test("pods on the host network are bound by no engine, and by the letter of the API it cannot be told", () => {
    const hosts = deployment("a", { pod: "hostNetwork: true" }) + deployment("b") + deny;
    const found = (engine: PolicyEngine) =>
      connectionsOf(givenReach(hosts, { engine })).filter((line) => line.includes("-> a:"));
    expect(found("azure")).toEqual(everybody);
    expect(found("api-standard")).toEqual(["b -> a: all ?", "outside -> a: all ?"]);
    expect(givenReach(hosts, { engine: "api-standard" }).diagnostics.map(({ code }) => code)).toEqual(["EST-710"]);
  });
});

describe("admin tiers", () => {
  const baseline = admin(
    "tier: Baseline, priority: 1, subject: {namespaces: {}}, ingress: [{action: Deny, from: [{namespaces: {}}]}]",
    "base",
  );

  test("networks mean pods too", () => {
    const ban = admin(
      "tier: Admin, priority: 1, subject: {pods: {namespaceSelector: {}, podSelector: {matchLabels: {app: b}}}}, egress: [{action: Deny, to: [{networks: [0.0.0.0/0]}]}]",
    );
    expect(into(ban, "api-standard")).toEqual(["outside -> a: all"]);
  });

  test("policies of one priority that disagree cannot be decided", () => {
    const rule = (action: string) =>
      `tier: Admin, priority: 5, subject: {namespaces: {}}, ingress: [{action: ${action}, from: [{namespaces: {}}]}]`;
    const both = admin(rule("Accept"), "yes") + admin(rule("Deny"), "no");
    expect(into(both, "api-standard")).toEqual(["b -> a: all ?", "outside -> a: all"]);
    expect(givenReach(two + both, { engine: "api-standard" }).diagnostics.map(({ code }) => code)).toEqual(["EST-706"]);
    expect(into(admin(rule("Accept"), "yes") + admin(rule("Accept"), "too"), "api-standard")).toEqual(everybody);
  });

  test("a NetworkPolicy is asked before the baseline, and a pass goes on to it", () => {
    const own = kubernetes("podSelector: {matchLabels: {app: a}}, ingress: [{from: [{podSelector: {}}]}]");
    expect(into(baseline, "api-standard")).toEqual(["outside -> a: all"]);
    expect(into(baseline + own, "api-standard")).toEqual(["b -> a: all"]);
    const pass = admin(
      "tier: Admin, priority: 1, subject: {namespaces: {}}, ingress: [{action: Pass, from: [{namespaces: {}}]}, {action: Deny, from: [{namespaces: {}}]}]",
    );
    expect(into(baseline + own + pass, "api-standard")).toEqual(["b -> a: all"]);
  });
});

describe("what is wrong", () => {
  const codes = (text: string, engine: PolicyEngine = "azure") =>
    givenReach(two + text, { engine }).diagnostics.map(({ code }) => code);
  const ingress = (rule: string) => kubernetes(`podSelector: {matchLabels: {app: a}}, ingress: [${rule}]`);

  test.each<[string, string, readonly string[]]>([
    ["a selector that matches nothing", kubernetes("podSelector: {matchLabels: {app: zz}}"), ["EST-700"]],
    ["a peer that matches nothing", ingress("{from: [{podSelector: {matchLabels: {app: zz}}}]}"), ["EST-701"]],
    ["a bad range", ingress("{from: [{ipBlock: {cidr: 10.0.0/8}}]}"), ["EST-703"]],
    [
      "an exception outside its range",
      ingress("{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [11.0.0.0/16]}}]}"),
      ["EST-703"],
    ],
    ["a port that no container names", ingress("{ports: [{port: grpc}]}"), ["EST-704"]],
    ["a selector that cannot be read", kubernetes("podSelector: {matchLabels: {app: 7}}"), ["EST-705"]],
    ["a protocol that does not exist", ingress("{ports: [{port: 1, protocol: ICMP}]}"), ["EST-705"]],
    ["a range of IPv6", ingress("{from: [{ipBlock: {cidr: 'fd00::/8'}}]}"), ["EST-708"]],
  ])("%s", (_what, text, expected) => {
    expect(codes(text)).toEqual(expected);
  });

  test.each([
    ["a bad range", ingress("{from: [{ipBlock: {cidr: 10.0.0/8}}]}")],
    ["a selector that cannot be read", kubernetes("podSelector: {matchLabels: {app: 7}}")],
    ["a text where a selector belongs", ingress("{from: [{podSelector: none}]}")],
    ["a text where rules belong", kubernetes("podSelector: {matchLabels: {app: a}}, ingress: none")],
    ["a text where a rule belongs", ingress("none")],
  ])("what hangs on %s is not evaluable, never isolated", (_what, text) => {
    expect(into(text, "azure")).toEqual(["b -> a: all ?", "outside -> a: all ?"]);
  });

  test("an empty section of Cilium is pointed out", () => {
    expect(codes(cilium(`${selectA}, egress: []`), "cilium")).toContain("EST-709");
  });

  test("policies of Cilium do nothing elsewhere", () => {
    expect(codes(cilium(`${selectA}, ingress: [{}]`), "azure")).toEqual(["EST-702"]);
  });

  test("a namespace by label that no manifest declares leaves it open", () => {
    const text = ingress("{from: [{namespaceSelector: {matchLabels: {team: x}}}]}");
    expect(into(text, "azure", { complete: false })).toEqual(["b -> a: all ?"]);
    expect(into(text, "azure", { complete: true })).toEqual([]);
  });
});
