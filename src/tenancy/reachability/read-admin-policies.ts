import { asObject, isJsonObject } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { PlacedObject } from "../../estate/model/estate.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";
import { FaultLog } from "./policy-fault.ts";
import type {
  Direction,
  DirectionRules,
  PolicyTier,
  ReachPolicy,
  ReachRule,
  RuleAction,
  RulePeer,
} from "./reach-policy.ts";
import { readAdminPorts } from "./read-admin-ports.ts";
import { everything, isPresent, readList, readMapping, readSelector } from "./read-fields.ts";
import type { PolicyReading } from "./read-network-policies.ts";
import { written } from "./written-text.ts";

export const adminPolicyKinds = [
  "AdminNetworkPolicy.policy.networking.k8s.io",
  "BaselineAdminNetworkPolicy.policy.networking.k8s.io",
  "ClusterNetworkPolicy.policy.networking.k8s.io",
] as const;

/** The one baseline of v1alpha1 states no priority; it stands after those of v1alpha2, which end at 1000. */
const lastPriority = 1001;

/**
 * AdminNetworkPolicy and BaselineAdminNetworkPolicy (v1alpha1), which are the tiers Admin and Baseline of the
 * ClusterNetworkPolicy (v1alpha2) that replaced them. They isolate nothing by themselves.
 */
export function readAdminPolicy({ cluster, object }: PlacedObject): PolicyReading {
  const log = new FaultLog();
  const spec = asObject(object.value.spec);
  const tier = tierOf(object.kind, spec, log);
  const priority = readPriority(object.kind, spec, log);
  const before = log.faults.length;
  const subject = readSubject(spec.subject, log);
  const isSubjectBroken = log.faults.length > before;
  const rulesOf = (direction: Direction) => readRules(object, spec, direction, log);
  const [ingress, egress] = [rulesOf("ingress"), rulesOf("egress")];
  const policy: ReachPolicy = {
    kind: object.kind,
    name: object.name,
    namespace: undefined,
    cluster,
    family: "admin",
    tier,
    priority,
    subject: isSubjectBroken ? undefined : subject,
    ingress,
    egress,
    unreadable: log.faults[0]?.text,
    place: object.locate([]),
  };
  return { policies: [policy], log };
}

function tierOf(kind: string, spec: JsonObject, log: FaultLog): PolicyTier {
  if (kind === "AdminNetworkPolicy") return "admin";
  if (kind === "BaselineAdminNetworkPolicy") return "baseline";
  if (spec.tier !== "Admin" && spec.tier !== "Baseline")
    log.field(["spec", "tier"], `the tier "${written(spec.tier)}" is not Admin or Baseline`);
  return spec.tier === "Baseline" ? "baseline" : "admin";
}

function readPriority(kind: string, { priority }: JsonObject, log: FaultLog): number {
  if (kind === "BaselineAdminNetworkPolicy") return lastPriority;
  if (typeof priority === "number" && Number.isInteger(priority) && priority >= 0 && priority <= 1000) return priority;
  log.field(["spec", "priority"], `the priority "${written(priority)}" is no whole number from 0 to 1000`);
  return 0;
}

function readSubject(value: unknown, log: FaultLog): ReachPolicy["subject"] {
  const path = ["spec", "subject"];
  const { namespaces, pods } = asObject(value);
  if (isPresent(namespaces) === isPresent(pods)) log.field(path, "a subject is either namespaces or pods");
  return isPresent(pods)
    ? readPods(pods, [...path, "pods"], log)
    : { namespaces: readNamespaces(namespaces, [...path, "namespaces"], log), pods: everything };
}

/** v1alpha1 first nested the selector one level deeper. */
function readNamespaces(value: unknown, path: FieldPath, log: FaultLog) {
  const nested = asObject(value).namespaceSelector;
  return isPresent(nested)
    ? (readSelector(nested, [...path, "namespaceSelector"], log) ?? everything)
    : (readSelector(value, path, log) ?? everything);
}

function readPods(value: unknown, path: FieldPath, log: FaultLog) {
  const { namespaceSelector, podSelector, namespaces } = asObject(value);
  return {
    namespaces: readNamespaces(namespaceSelector ?? namespaces ?? {}, [...path, "namespaceSelector"], log),
    pods: readSelector(podSelector, [...path, "podSelector"], log) ?? everything,
  };
}

function readRules(
  object: PlacedObject["object"],
  spec: JsonObject,
  direction: Direction,
  log: FaultLog,
): DirectionRules | undefined {
  const rulesWritten = readList(spec[direction], ["spec", direction], log);
  if (rulesWritten.length === 0) return undefined;
  const peerField = direction === "ingress" ? "from" : "to";
  const rules = rulesWritten.map((value, position): ReachRule => {
    const path = ["spec", direction, position];
    const rule = readMapping(value, path, log);
    const action = readAction(rule.action, [...path, "action"], log);
    const named = readList(rule[peerField], [...path, peerField], log);
    const peers = named.flatMap((peer, index) => readPeers(peer, action, [...path, peerField, index], log));
    if (named.length === 0) log.field(path, `the rule names nobody in "${peerField}"`);
    return { action, peers, ports: readAdminPorts(rule, path, log), place: () => object.locate(path) };
  });
  return { rules, isolates: false };
}

function readAction(value: unknown, path: FieldPath, log: FaultLog): RuleAction {
  if (value === "Allow" || value === "Accept") return "allow";
  if (value === "Deny") return "deny";
  if (value === "Pass") return "pass";
  log.field(path, `the action "${written(value)}" is not Accept (v1alpha1: Allow), Deny or Pass`);
  return "pass";
}

/**
 * The peers of one item. Networks are one peer a range and mean pods too. A peer of a sort that is not known lets an
 * accepting rule match nobody, and any other rule match everybody, as the API asks of implementations.
 */
function readPeers(value: unknown, action: RuleAction, path: FieldPath, log: FaultLog): readonly RulePeer[] {
  if (!isJsonObject(value)) {
    log.field(path, "a peer is a mapping");
    return [];
  }
  const { namespaces, pods, networks, nodes, domainNames } = value;
  if (isPresent(namespaces))
    return [{ kind: "pods", namespaces: readNamespaces(namespaces, [...path, "namespaces"], log), pods: everything }];
  if (isPresent(pods)) return [{ kind: "pods", ...readPods(pods, [...path, "pods"], log) }];
  if (isPresent(networks)) {
    return readList(networks, [...path, "networks"], log).map((cidr, index): RulePeer => {
      log.addresses(cidr, [...path, "networks", index]);
      return { kind: "addresses", cidr: written(cidr), except: [], meansPods: "always" };
    });
  }
  if (isPresent(nodes)) return [{ kind: "entities", entities: ["node"], pods: false, world: false, all: false }];
  if (isPresent(domainNames)) return [{ kind: "hosts" }];
  return action === "allow"
    ? []
    : [{ kind: "entities", entities: ["node", "apiServer"], pods: true, world: true, all: true }];
}
