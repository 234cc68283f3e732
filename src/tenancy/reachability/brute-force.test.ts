import fc from "fast-check";
import { expect, test } from "vitest";
import { intersectPorts, isEmptyPortSet, portsOf } from "../../estate/kubernetes/port-set.ts";
import { givenReach } from "./testing/given-reach.ts";

/*
 * An evaluator of its own, for small worlds: it asks pod by pod, port by port, policy by policy, in the words of the API,
 * and shares no code with the engine.
 */

interface Pod {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Number that the container port `web` has. */
  readonly web: number;
}
interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly { key: string; operator: string; values?: string[] }[];
}
interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
}
interface Port {
  readonly port: number | string;
  readonly endPort?: number;
}
interface Rule {
  readonly peers: readonly Peer[];
  readonly ports: readonly Port[];
  readonly action: "Allow" | "Deny" | "Pass";
}
interface Policy {
  readonly tier: "admin" | "namespace" | "baseline";
  readonly priority: number;
  readonly namespace: string;
  readonly subject: Selector;
  readonly ingress: readonly Rule[] | undefined;
  readonly egress: readonly Rule[] | undefined;
}
type Direction = "ingress" | "egress";

const namespaceLabels: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  one: { team: "x" },
  two: { team: "y" },
};

function matches(selector: Selector, labels: Readonly<Record<string, string>>): boolean {
  for (const [key, value] of Object.entries(selector.matchLabels ?? {})) if (labels[key] !== value) return false;
  for (const { key, operator, values = [] } of selector.matchExpressions ?? []) {
    const has = key in labels;
    const isListed = has && values.includes(labels[key] ?? "");
    if (operator === "In" && !isListed) return false;
    if (operator === "NotIn" && isListed) return false;
    if (operator === "Exists" && !has) return false;
    if (operator === "DoesNotExist" && has) return false;
  }
  return true;
}

function peerIs(peer: Peer, policy: Policy, pod: Pod): boolean {
  const isOrdered = policy.tier !== "namespace";
  const inNamespace =
    peer.namespaceSelector === undefined
      ? isOrdered || pod.namespace === policy.namespace
      : matches(peer.namespaceSelector, namespaceLabels[pod.namespace] ?? {});
  return inNamespace && (peer.podSelector === undefined || matches(peer.podSelector, pod.labels));
}

function portIs({ port, endPort }: Port, destination: Pod, number: number): boolean {
  if (typeof port === "string") return port === "web" && destination.web === number;
  return number >= port && number <= (endPort ?? port);
}

function ruleIs(rule: Rule, policy: Policy, peer: Pod, destination: Pod, number: number): boolean {
  const isPeer =
    (rule.peers.length === 0 && policy.tier === "namespace") || rule.peers.some((one) => peerIs(one, policy, peer));
  return isPeer && (rule.ports.length === 0 || rule.ports.some((port) => portIs(port, destination, number)));
}

function isBound(policy: Policy, pod: Pod): boolean {
  return (policy.tier !== "namespace" || policy.namespace === pod.namespace) && matches(policy.subject, pod.labels);
}

function passes(policies: readonly Policy[], direction: Direction, subject: Pod, peer: Pod, number: number): boolean {
  const destination = direction === "egress" ? peer : subject;
  const firstMatch = (tier: "admin" | "baseline") => {
    for (const policy of policies
      .filter((each) => each.tier === tier && isBound(each, subject))
      .sort((left, right) => left.priority - right.priority)) {
      for (const rule of policy[direction] ?? [])
        if (ruleIs(rule, policy, peer, destination, number)) return rule.action;
    }
    return "Pass";
  };
  const admin = firstMatch("admin");
  if (admin !== "Pass") return admin === "Allow";
  const isolating = policies.filter(
    (each) => each.tier === "namespace" && each[direction] !== undefined && isBound(each, subject),
  );
  if (isolating.length > 0) {
    return isolating.some((policy) =>
      (policy[direction] ?? []).some((rule) => ruleIs(rule, policy, peer, destination, number)),
    );
  }
  return firstMatch("baseline") !== "Deny";
}

const label = fc.constantFrom("a", "b", "c");
const selector: fc.Arbitrary<Selector> = fc.oneof(
  fc.constant({}),
  label.map((app) => ({ matchLabels: { app } })),
  fc
    .tuple(fc.constantFrom("In", "NotIn"), label, fc.constantFrom("app", "tier"))
    .map(([operator, value, key]) => ({ matchExpressions: [{ key, operator, values: [value] }] })),
  fc.constantFrom("Exists", "DoesNotExist").map((operator) => ({ matchExpressions: [{ key: "tier", operator }] })),
);
const namespaceSelector: fc.Arbitrary<Selector> = fc.constantFrom(
  {},
  { matchLabels: { team: "x" } },
  { matchExpressions: [{ key: "team", operator: "NotIn", values: ["x"] }] },
);
const peer: fc.Arbitrary<Peer> = fc.oneof(
  selector.map((podSelector) => ({ podSelector })),
  namespaceSelector.map((each) => ({ namespaceSelector: each })),
  fc.record({ podSelector: selector, namespaceSelector }),
);
const port: fc.Arbitrary<Port> = fc.oneof(
  fc.constantFrom(80, 81, 8080).map((number) => ({ port: number })),
  fc.constant({ port: 80, endPort: 90 }),
  fc.constant({ port: "web" }),
  fc.constant({ port: "nobody" }),
);
const action = fc.constantFrom("Allow" as const, "Deny" as const, "Pass" as const);

function rules(minimumPeers: number, actions: fc.Arbitrary<Rule["action"]>): fc.Arbitrary<readonly Rule[] | undefined> {
  const rule = fc.record({
    peers: fc.array(peer, { minLength: minimumPeers, maxLength: 2 }),
    ports: fc.array(port, { maxLength: 2 }),
    action: actions,
  });
  return fc.option(fc.array(rule, { minLength: minimumPeers, maxLength: 3 }), { nil: undefined });
}

const namespacePolicy: fc.Arbitrary<Policy> = fc.record({
  tier: fc.constant("namespace" as const),
  priority: fc.constant(0),
  namespace: fc.constantFrom("one", "two"),
  subject: selector,
  ingress: rules(0, fc.constant("Allow" as const)),
  egress: rules(0, fc.constant("Allow" as const)),
});
function orderedPolicy(tier: "admin" | "baseline"): fc.Arbitrary<Policy> {
  return fc.record({
    tier: fc.constant(tier),
    priority: fc.integer({ min: 0, max: 1000 }),
    namespace: fc.constant(""),
    subject: selector,
    ingress: rules(1, action),
    egress: rules(1, action),
  });
}
const pod: fc.Arbitrary<Omit<Pod, "name">> = fc.record({
  namespace: fc.constantFrom("one", "two"),
  labels: fc.oneof(
    label.map((app) => ({ app })),
    fc.record({ app: label, tier: label }),
  ),
  web: fc.constantFrom(80, 81, 8080),
});
const world = fc.record({
  pods: fc.array(pod, { minLength: 2, maxLength: 5 }),
  policies: fc.tuple(
    fc.array(namespacePolicy, { maxLength: 4 }),
    fc.uniqueArray(orderedPolicy("admin"), { maxLength: 2, selector: ({ priority }) => priority }),
    fc.uniqueArray(orderedPolicy("baseline"), { maxLength: 2, selector: ({ priority }) => priority }),
  ),
});

function podText({ name, namespace, labels, web }: Pod): string {
  const spec = { containers: [{ name: "main", image: "x", ports: [{ name: "web", containerPort: web }] }] };
  return JSON.stringify({ apiVersion: "v1", kind: "Pod", metadata: { name, namespace, labels }, spec });
}

function policyText(policy: Policy, index: number): string {
  const metadata = { name: `p${index}` };
  if (policy.tier === "namespace") {
    const rulesOf = (direction: Direction, field: string) =>
      policy[direction]?.map(({ peers, ports }) => ({ [field]: peers, ports }));
    const policyTypes = [policy.ingress && "Ingress", policy.egress && "Egress"].filter((type) => type !== undefined);
    if (policyTypes.length === 0) return "";
    return JSON.stringify({
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { ...metadata, namespace: policy.namespace },
      spec: {
        podSelector: policy.subject,
        policyTypes,
        ingress: rulesOf("ingress", "from"),
        egress: rulesOf("egress", "to"),
      },
    });
  }
  const rulesOf = (direction: Direction, field: string) =>
    policy[direction]?.map(({ peers, ports, action: verb }) => ({
      action: verb === "Allow" ? "Accept" : verb,
      [field]: peers.map(({ podSelector, namespaceSelector: namespaces }) =>
        podSelector === undefined ? { namespaces } : { pods: { namespaceSelector: namespaces ?? {}, podSelector } },
      ),
      protocols: ports.length === 0 ? undefined : ports.map(protocolText),
    }));
  return JSON.stringify({
    apiVersion: "policy.networking.k8s.io/v1alpha2",
    kind: "ClusterNetworkPolicy",
    metadata,
    spec: {
      tier: policy.tier === "admin" ? "Admin" : "Baseline",
      priority: policy.priority,
      subject: { pods: { namespaceSelector: {}, podSelector: policy.subject } },
      ingress: rulesOf("ingress", "from"),
      egress: rulesOf("egress", "to"),
    },
  });
}

function protocolText({ port: number, endPort }: Port) {
  if (typeof number === "string") return { destinationNamedPort: number };
  const destinationPort = endPort === undefined ? { number } : { range: { start: number, end: endPort } };
  return { tcp: { destinationPort } };
}

test("what the engine lets pass is what a naive evaluator lets pass, pod by pod and port by port", () => {
  const namespaces = Object.entries(namespaceLabels).map(([name, labels]) =>
    JSON.stringify({ apiVersion: "v1", kind: "Namespace", metadata: { name, labels } }),
  );
  let decided = 0;
  fc.assert(
    fc.property(world, ({ pods: unnamed, policies: tiers }) => {
      const pods = unnamed.map((each, index) => ({ ...each, name: `pod${index}` }));
      const policies = tiers.flat();
      const texts = [...namespaces, ...pods.map(podText), ...policies.map(policyText)].filter((text) => text !== "");
      const { reach } = givenReach(texts.join("\n---\n"), { engine: "api-standard" });
      const position = new Map(reach.workloads.map(({ name }, index) => [name, index]));
      for (const from of pods) {
        for (const to of pods) {
          if (from === to) continue;
          const bounds = reach.between(position.get(from.name) ?? -1, position.get(to.name) ?? -1);
          for (const number of [79, 80, 81, 90, 91, 8080]) {
            const isExpected =
              passes(policies, "egress", from, to, number) && passes(policies, "ingress", to, from, number);
            const one = portsOf("TCP", number, number);
            expect(!isEmptyPortSet(intersectPorts(bounds.certain, one))).toBe(isExpected);
            expect(!isEmptyPortSet(intersectPorts(bounds.possible, one))).toBe(isExpected);
            decided += isExpected ? 1 : 0;
          }
        }
      }
    }),
    { numRuns: 400, seed: 7 },
  );
  expect(decided).toBeGreaterThan(1000);
});
