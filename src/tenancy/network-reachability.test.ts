import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { namespaceLabels } from "../estate/kubernetes/namespace-labels.ts";
import { readNetworkPolicies } from "../estate/kubernetes/network-policy.ts";
import { indexObjects } from "../estate/kubernetes/object-index.ts";
import { formatPorts, includesPorts } from "../estate/kubernetes/port-set.ts";
import { readClusterState } from "../estate/kubernetes/read-cluster-state.ts";
import { deployment, placeYaml } from "../estate/kubernetes/testing/place-yaml.ts";
import { allowedConnections } from "./network-reachability.ts";
import { plainReading } from "./peer-reading.ts";

function policy(spec: string, name = "p", namespace = "shop"): string {
  return `---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: {${spec}}\n`;
}

function inNamespace(namespace: string, text: string): string {
  return text.replace(/metadata: \{name: (\S+?)\}/, `metadata: {name: $1, namespace: ${namespace}}`);
}

/** Connections as `from -> to: ports`, with `~` where only some outside addresses are meant. */
function connections(text: string): string[] {
  const placed = placeYaml(text);
  const { index } = indexObjects(placed);
  const { workloads } = readClusterState(placed);
  const labels = new Map(workloads.map(({ id, label }) => [id, label]));
  return allowedConnections(
    workloads,
    readNetworkPolicies(index),
    plainReading((scope) => namespaceLabels(index, scope)),
  )
    .map(
      ({ from, to, ports, someAddresses }) =>
        `${labels.get(from) ?? from} -> ${labels.get(to) ?? to}: ${formatPorts(ports)}${someAddresses ? " ~" : ""}`,
    )
    .sort();
}

const ports = "ports: [{containerPort: 8080, name: http}, {containerPort: 9090, name: dns, protocol: UDP}]";
const two = deployment("a", { container: ports }) + deployment("b", { container: ports });
const toA = "podSelector: {matchLabels: {app: a}}";
/** Ways into `a` only. */
function intoA(spec: string, rest = ""): string[] {
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
    ["a peer that states nothing lets nobody in", "ingress: [{from: [{}]}]", []],
    ["an empty pod selector is every pod of the namespace", "ingress: [{from: [{podSelector: {}}]}]", ["b -> a: all"]],
    [
      "an address range is outside the cluster",
      "ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]",
      ["outside -> a: all ~"],
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
    ["a range backwards opens nothing", "{port: 3, endPort: 1}", undefined],
  ])("%s", (_what, port, expected) => {
    expect(intoA(`ingress: [{from: [{podSelector: {}}], ports: [${port}]}]`)).toEqual(
      expected === undefined ? [] : [`b -> a: ${expected}`],
    );
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

test("clusters do not reach each other", () => {
  const placed = [...placeYaml(deployment("a")), ...placeYaml(deployment("b"), { cluster: "neu" })];
  const { workloads } = readClusterState(placed);
  const found = allowedConnections(
    workloads,
    [],
    plainReading(() => ({})),
  );
  expect(found.filter(({ from, to }) => from !== "outside" && to !== "outside")).toEqual([]);
});

test("one more rule never takes a connection away", () => {
  const peer = fc.constantFrom(
    "{podSelector: {}}",
    "{podSelector: {matchLabels: {app: b}}}",
    "{namespaceSelector: {}}",
    "{ipBlock: {cidr: 10.0.0.0/8}}",
  );
  const port = fc.constantFrom("{port: 80}", "{port: 80, endPort: 90}", "{protocol: UDP}", "{port: http}");
  const rule = fc
    .tuple(fc.array(peer, { minLength: 1, maxLength: 2 }), fc.array(port, { maxLength: 2 }))
    .map(([from, open]) => `{from: [${from.join(", ")}]${open.length > 0 ? `, ports: [${open.join(", ")}]` : ""}}`);
  const evaluate = (rules: readonly string[]) => {
    const placed = placeYaml(two + policy(`${toA}, policyTypes: [Ingress], ingress: [${rules.join(", ")}]`));
    const { index } = indexObjects(placed);
    return allowedConnections(
      readClusterState(placed).workloads,
      readNetworkPolicies(index),
      plainReading((scope) => namespaceLabels(index, scope)),
    );
  };
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 3 }), rule, (rules, added) => {
      const after = evaluate([...rules, added]);
      for (const before of evaluate(rules)) {
        const same = after.find(
          (one) => one.from === before.from && one.to === before.to && one.someAddresses === before.someAddresses,
        );
        expect(same !== undefined && includesPorts(same.ports, before.ports)).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});
