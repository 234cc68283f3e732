import { aksClusterFacts } from "../../../catalog/aks-cluster-facts.ts";
import { groupKind } from "../../../estate/kubernetes/group-kind.ts";
import { asList, asObject } from "../../../estate/kubernetes/json-value.ts";
import { type PolicyPeer, readNetworkPolicies } from "../../../estate/kubernetes/network-policy.ts";
import { type Cidr, containsRange, parseCidr } from "../../../estate/model/cidr.ts";
import type { Cluster } from "../../../estate/model/cluster.ts";
import type { Estate, PlacedObject } from "../../../estate/model/estate.ts";
import { declaredEngine, type PolicyEngine } from "../../../tenancy/reachability/policy-engine.ts";
import { policyKinds } from "../../../tenancy/reachability/policy-set.ts";
import { lookupOf } from "../../estate-lookup/estate-lookup.ts";
import { objectOutcome } from "../../estate-lookup/object-outcome.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import { clusterOutcome } from "../../tenancy/subject-outcome.ts";

/** TEN-006: whatever a policy says, the cluster has an engine that does it. */
export const policiesMatchEngine: Rule = {
  id: "TEN-006",
  name: "policies-match-engine",
  title: "The cluster's policy engine enforces the network policies that are written for it.",
  severity: { high: "critical", medium: "high", low: "medium" },
  inputs: ["manifests", "cluster"],
  judges: "objects",
  peers: [
    { tool: "psrule-azure", check: "Azure.AKS.NetworkPolicy", part: "1" },
    { tool: "checkov", check: "CKV_AZURE_7", part: "1" },
  ],
  *evaluate(context) {
    const { estate } = context;
    const byCluster = Map.groupBy(lookupOf(estate).objects.ofKind(...policyKinds), ({ cluster }) => cluster);
    for (const cluster of estate.clusters) {
      const policies = byCluster.get(cluster.name) ?? [];
      const engine = declaredEngine(cluster);
      if (engine === "azure") yield npmEnds(context, cluster);
      const [first] = policies;
      if (first === undefined) continue;
      if (engine === undefined) yield undeclared(estate, cluster, policies);
      else if (engine === "none") yield unenforced(estate, cluster, policies);
      else {
        yield clusterOutcome(estate, cluster, { verdict: "pass", message: "" });
        yield* policies.flatMap((placed) => judgePolicy(estate, placed, engine));
        if (engine === "cilium") yield* addressesOfPods(estate, cluster);
      }
    }
  },
};

function counted(policies: readonly PlacedObject[]): string {
  const namespaces = new Set(policies.map(({ environment, namespace }) => `${environment}/${namespace ?? ""}`));
  return `${policies.length} network ${policies.length === 1 ? "policy" : "policies"} in ${namespaces.size} ${namespaces.size === 1 ? "namespace" : "namespaces"}`;
}

function undeclared(estate: Estate, cluster: Cluster, policies: readonly PlacedObject[]): RuleOutcome {
  const place = policies[0]?.object.locate([]);
  return clusterOutcome(estate, cluster, {
    ...(cluster.place === undefined && place !== undefined ? { place } : {}),
    verdict: "notEvaluable",
    missing: ["engine-undefined"],
    message: `Cluster ${cluster.name} gets ${counted(policies)}, and nothing says which engine would enforce them.`,
  });
}

function unenforced(estate: Estate, cluster: Cluster, policies: readonly PlacedObject[]): RuleOutcome {
  return clusterOutcome(estate, cluster, {
    verdict: "fail",
    part: "1",
    message: `Cluster ${cluster.name} has no policy engine, and ${counted(policies)} ${policies.length === 1 ? "is" : "are"} written for it: they do nothing, and every pod reaches every other.`,
    fix: { description: "Give the cluster an engine; cilium comes with the Cilium data plane." },
  });
}

function npmEnds({ estate, today }: AuditContext, cluster: Cluster): RuleOutcome {
  const windows = cluster.nodePools.some(({ osSku }) => osSku.toLowerCase().startsWith("windows"));
  const linux = aksClusterFacts.npmEndsOnLinux.value;
  const ends = [
    ...(windows ? [`${ended(aksClusterFacts.npmEndsOnWindows.value, today)} on its Windows nodes`] : []),
    `${ended(linux, today)} on Linux`,
  ];
  return clusterOutcome(estate, cluster, {
    verdict: "fail",
    part: "5",
    severity: windows || linux < today ? "high" : "low",
    message: `Cluster ${cluster.name} enforces policies with Azure NPM, whose support ${ends.join(" and ")}.`,
    fix: {
      description:
        "Move to the Cilium data plane, and test the policies there: it reads ipBlock and host traffic otherwise.",
    },
  });
}

function ended(day: string, today: string): string {
  return `${day < today ? "ended" : "ends"} on ${day}`;
}

function judgePolicy(estate: Estate, placed: PlacedObject, engine: PolicyEngine): readonly RuleOutcome[] {
  const { object } = placed;
  const group = groupKind(object).slice(object.kind.length + 1);
  if (group === "policy.networking.k8s.io" && (engine === "cilium" || engine === "azure")) {
    return [ignored(estate, placed, { part: "2", engine, words: "does not know admin tiers" })];
  }
  if (group !== "cilium.io") return [];
  if (engine !== "cilium")
    return [ignored(estate, placed, { part: "3", engine, words: "knows no policies of Cilium" })];
  const rule = advancedRule(object.value);
  if (rule === undefined) return [];
  return [
    objectOutcome(estate, placed, {
      verdict: "notEvaluable",
      field: ["spec"],
      missing: ["needs-C"],
      message: `${object.kind} ${object.name} has ${rule} rules, which need Advanced Container Networking Services, and whether cluster ${placed.cluster} has them is not declared.`,
    }),
  ];
}

interface Ignored {
  readonly part: string;
  readonly engine: PolicyEngine;
  readonly words: string;
}

function ignored(estate: Estate, placed: PlacedObject, { part, engine, words }: Ignored): RuleOutcome {
  const { kind, name } = placed.object;
  return objectOutcome(estate, placed, {
    verdict: "fail",
    part,
    field: ["kind"],
    message: `${kind} ${name} does nothing: the engine of cluster ${placed.cluster}, ${engine}, ${words}.`,
    fix: { description: "Write it as a NetworkPolicy in each namespace, or as a policy of the engine." },
  });
}

/** Rules on names or on what is said over a connection, not only on who may open it. */
function advancedRule(value: { readonly [key: string]: unknown }): "FQDN" | "L7" | undefined {
  const specs = [value.spec, ...asList(value.specs)].map(asObject);
  const rules = specs.flatMap((spec) => [...asList(spec.ingress), ...asList(spec.egress)]).map(asObject);
  if (rules.some(({ toFQDNs }) => asList(toFQDNs).length > 0)) return "FQDN";
  const ports = rules.flatMap(({ toPorts }) => asList(toPorts)).map(asObject);
  return ports.some(({ rules: onContent }) => Object.keys(asObject(onContent)).length > 0) ? "L7" : undefined;
}

const defaultPodRange = aksClusterFacts.defaultPodRange.value;
const overlays: ReadonlySet<string> = new Set(["azureOverlay", "kubenet"]);

/** Ranges of a cluster whose addresses are those of pods or nodes, not of what else is in the network. */
function ownRanges(estate: Estate, { network }: Cluster): readonly { readonly range: Cidr; readonly words: string }[] {
  const subnets = estate.networks.find(({ name }) => name === network.name)?.subnets ?? [];
  const named = subnets
    .filter(({ name }) => /(?:^|-)(?:aks|nodes?|pods?)(?:-|$)/.test(name))
    .map(({ name, prefix }) => ({ cidr: prefix, words: `subnet ${name}` }));
  const pods = overlays.has(network.plugin) ? [{ cidr: defaultPodRange, words: `the pods (${defaultPodRange})` }] : [];
  return [...named, ...pods].flatMap(({ cidr, words }) => {
    const range = parseCidr(cidr);
    return range === undefined ? [] : [{ range, words }];
  });
}

/** Cilium knows pods and nodes by identity, so a range of their addresses means nobody; wider ranges mean others too. */
function* addressesOfPods(estate: Estate, cluster: Cluster): Iterable<RuleOutcome> {
  const { objects } = lookupOf(estate);
  const own = ownRanges(estate, cluster);
  for (const policy of readNetworkPolicies(objects)) {
    if (policy.cluster !== cluster.name) continue;
    const placed = objects.find(policy, "NetworkPolicy.networking.k8s.io", policy.name);
    if (placed === undefined) continue;
    for (const direction of ["ingress", "egress"] as const) {
      for (const [position, { peers = [] }] of (policy[direction] ?? []).entries()) {
        const found = peers.flatMap((peer) => insideOwn(peer, own)).at(0);
        if (found === undefined) continue;
        yield objectOutcome(estate, placed, {
          verdict: "fail",
          part: "4",
          field: ["spec", direction, position],
          message: `NetworkPolicy ${policy.name} allows ${found.cidr}, addresses of ${found.words} of cluster ${cluster.name}: Cilium knows pods and nodes by identity, so the rule lets none of them through.`,
          fix: { description: "Select pods by label; for nodes use entities of a CiliumNetworkPolicy." },
        });
      }
    }
  }
}

function insideOwn(peer: PolicyPeer, own: ReturnType<typeof ownRanges>) {
  const cidr = peer.kind === "addresses" ? peer.cidr : undefined;
  const stated = cidr === undefined ? undefined : parseCidr(cidr);
  const holder = stated === undefined ? undefined : own.find(({ range }) => containsRange(range, stated));
  return cidr === undefined || holder === undefined ? [] : [{ cidr, words: holder.words }];
}
