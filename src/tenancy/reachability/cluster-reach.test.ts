import { describe, expect, test } from "vitest";
import { deployment } from "../../estate/kubernetes/testing/place-yaml.ts";
import { connectionsOf, givenReach } from "./testing/given-reach.ts";

function policy(spec: string, name = "p", namespace = "shop"): string {
  return `---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: {${spec}}\n`;
}

function inNamespace(namespace: string, text: string): string {
  return text.replace(/metadata: \{name: (\S+?)\}/, `metadata: {name: $1, namespace: ${namespace}}`);
}

const ports = "ports: [{containerPort: 8080, name: http}, {containerPort: 9090, name: dns, protocol: UDP}]";
const two = deployment("a", { container: ports }) + deployment("b", { container: ports });
const toA = "podSelector: {matchLabels: {app: a}}";
function connections(text: string): readonly string[] {
  return connectionsOf(givenReach(text));
}

/** Ways into `a` only. */
function intoA(spec: string, rest = ""): readonly string[] {
  return connections(two + rest + policy(`${toA}, ${spec}`)).filter((line) => line.includes("-> a:"));
}

describe("isolation", () => {
  test("without a policy everything is open", () => {
    expect(connections(two)).toEqual([
      "a -> b: all",
      "a -> outside: all",
      "b -> a: all",
      "b -> outside: all",
      "outside -> a: all",
      "outside -> b: all",
    ]);
  });

  test.each([
    ["no rule for a direction in force lets nobody in", "policyTypes: [Ingress]", []],
    ["an empty list is no rule", "ingress: []", []],
    ["an empty rule lets everybody in", "ingress: [{}]", ["b -> a: all", "outside -> a: all"]],
    [
      "rules of a direction that is not in force are ignored",
      "policyTypes: [Egress], ingress: [{}]",
      ["b -> a: all", "outside -> a: all"],
    ],
    ["egress rules alone isolate ingress too", "egress: [{}]", []],
    ["an empty egress without types isolates ingress only", "egress: []", []],
    [
      "a peer that states nothing would be refused",
      "ingress: [{from: [{}]}]",
      ["b -> a: all ?", "outside -> a: all ?"],
    ],
    ["an empty pod selector is every pod of the namespace", "ingress: [{from: [{podSelector: {}}]}]", ["b -> a: all"]],
    [
      "an address range is those addresses",
      "ingress: [{from: [{ipBlock: {cidr: 20.0.0.0/8}}]}]",
      ["outside/20 -> a: all"],
    ],
  ])("%s", (_what, spec, expected) => {
    expect(intoA(spec)).toEqual(expected);
  });

  test("a connection needs egress and ingress", () => {
    expect(
      connections(two + policy("podSelector: {matchLabels: {app: b}}, policyTypes: [Egress], egress: []")),
    ).toEqual(["a -> b: all", "a -> outside: all", "outside -> a: all", "outside -> b: all"]);
  });

  test("what several policies allow is united", () => {
    const more = policy(`${toA}, ingress: [{from: [{podSelector: {}}], ports: [{port: 90, endPort: 99}]}]`, "q");
    expect(intoA("ingress: [{from: [{podSelector: {}}], ports: [{port: 80}, {port: 100}]}]", more)).toEqual([
      "b -> a: TCP 80,90-100",
    ]);
  });
});

describe("peers in other namespaces", () => {
  const far =
    inNamespace("far", deployment("c")) +
    "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: far, labels: {team: x}}\n";

  test.each([
    ["a pod selector stays in the policy's namespace", "[{podSelector: {}}]", ["b -> a: all"]],
    ["an empty namespace selector is every namespace", "[{namespaceSelector: {}}]", ["b -> a: all", "c -> a: all"]],
    ["by a label of the namespace", "[{namespaceSelector: {matchLabels: {team: x}}}]", ["c -> a: all"]],
    [
      "by the name that Kubernetes labels it with",
      "[{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: far}}}]",
      ["c -> a: all"],
    ],
    [
      "both in one item must hold",
      "[{namespaceSelector: {matchLabels: {team: x}}, podSelector: {matchLabels: {app: b}}}]",
      [],
    ],
    [
      "two items are alternatives",
      "[{namespaceSelector: {matchLabels: {team: x}}}, {podSelector: {matchLabels: {app: b}}}]",
      ["b -> a: all", "c -> a: all"],
    ],
  ])("%s", (_what, from, expected) => {
    expect(intoA(`ingress: [{from: ${from}}]`, far)).toEqual(expected);
  });
});

describe("ports", () => {
  test.each([
    ["the protocol is TCP unless stated", "{port: 53}", "TCP 53"],
    ["without a port every port of the protocol", "{protocol: UDP}", "UDP 1-65535"],
    ["a name is resolved on the destination", "{port: http}", "TCP 8080"],
    ["a name of another protocol matches nothing", "{port: dns}", undefined],
    ["a name with its protocol", "{port: dns, protocol: UDP}", "UDP 9090"],
    ["a range", "{port: 1, endPort: 3}", "TCP 1-3"],
    ["a range backwards would be refused", "{port: 3, endPort: 1}", "all ?"],
  ])("%s", (_what, port, expected) => {
    const found = intoA(`ingress: [{from: [{podSelector: {}}], ports: [${port}]}]`);
    expect(found.filter((line) => line.startsWith("b"))).toEqual(expected === undefined ? [] : [`b -> a: ${expected}`]);
  });
});

describe("pods on the host network", () => {
  test("are neither restricted nor matched by a selector", () => {
    const text = deployment("a", { pod: "hostNetwork: true" }) + deployment("b");
    const found = connections(
      text + policy("podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{from: [{podSelector: {}}]}]"),
    );
    expect(found).toEqual(["a -> outside: all", "outside -> a: all"]);
  });
});
