import { asList, isJsonObject } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { PlacedObject } from "../../estate/model/estate.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";
import { FaultLog } from "./policy-fault.ts";
import type { Direction, DirectionRules, ReachPolicy, RulePeer, RulePort } from "./reach-policy.ts";
import { everything, isPortNumber, isPresent, isProtocol, readList, readMapping, readSelector } from "./read-fields.ts";
import { written } from "./written-text.ts";

export const networkPolicyKinds = ["NetworkPolicy.networking.k8s.io", "NetworkPolicy.extensions"] as const;

export interface PolicyReading {
  readonly policies: readonly ReachPolicy[];
  readonly log: FaultLog;
}

/**
 * A NetworkPolicy of networking.k8s.io. It binds ingress unless `policyTypes` says otherwise, and egress when it has an
 * egress rule; a missing `podSelector` is an empty one, which selects all pods of the namespace.
 */
export function readNetworkPolicy({ cluster, namespace, object }: PlacedObject): PolicyReading {
  const log = new FaultLog();
  const spec = readMapping(object.value.spec, ["spec"], log);
  const pods = readSelector(spec.podSelector ?? {}, ["spec", "podSelector"], log) ?? everything;
  const isSelectorBroken = log.faults.length > 0;
  const types = effectiveTypes(spec, log);
  const rulesOf = (direction: Direction, type: string) =>
    types.has(type) ? readRules(object, spec, direction, log) : undefined;
  const ingress = rulesOf("ingress", "Ingress");
  const egress = rulesOf("egress", "Egress");
  const policy: ReachPolicy = {
    kind: "NetworkPolicy",
    name: object.name,
    namespace,
    cluster,
    family: "kubernetes",
    tier: "namespace",
    priority: 0,
    subject: isSelectorBroken ? undefined : { namespaces: undefined, pods },
    ingress,
    egress,
    unreadable: log.faults[0]?.text,
    place: object.locate([]),
  };
  return { policies: [policy], log };
}

function effectiveTypes(spec: JsonObject, log: FaultLog): ReadonlySet<unknown> {
  const stated = readList(spec.policyTypes, ["spec", "policyTypes"], log);
  for (const [position, type] of stated.entries()) {
    if (type !== "Ingress" && type !== "Egress")
      log.field(["spec", "policyTypes", position], `the policy type "${written(type)}" is not Ingress or Egress`);
  }
  if (stated.length > 0) return new Set(stated);
  return new Set(asList(spec.egress).length > 0 ? ["Ingress", "Egress"] : ["Ingress"]);
}

function readRules(
  object: PlacedObject["object"],
  spec: JsonObject,
  direction: Direction,
  log: FaultLog,
): DirectionRules {
  const peerField = direction === "ingress" ? "from" : "to";
  const rules = readList(spec[direction], ["spec", direction], log).map((value, position) => {
    const path = ["spec", direction, position];
    const rule = readMapping(value, path, log);
    const peers = readList(rule[peerField], [...path, peerField], log);
    const ports = readList(rule.ports, [...path, "ports"], log);
    return {
      action: "allow" as const,
      peers:
        peers.length === 0
          ? undefined
          : peers.flatMap((peer, index) => readPeer(peer, [...path, peerField, index], log) ?? []),
      ports:
        ports.length === 0
          ? undefined
          : ports.flatMap((port, index) => readPort(port, [...path, "ports", index], log) ?? []),
      place: () => object.locate(path),
    };
  });
  return { rules, isolates: true };
}

function readPeer(value: unknown, path: FieldPath, log: FaultLog): RulePeer | undefined {
  const { ipBlock, podSelector, namespaceSelector } = readMapping(value, path, log);
  if (isPresent(ipBlock)) {
    if (isPresent(podSelector) || isPresent(namespaceSelector))
      log.field(path, "a peer with ipBlock cannot have a selector too");
    return readIpBlock(ipBlock, [...path, "ipBlock"], log);
  }
  const namespaces = readSelector(namespaceSelector, [...path, "namespaceSelector"], log);
  const pods = readSelector(podSelector, [...path, "podSelector"], log);
  if (namespaces === undefined && pods === undefined) {
    log.field(path, "a peer needs a podSelector, a namespaceSelector or an ipBlock");
    return undefined;
  }
  return { kind: "pods", namespaces, pods: pods ?? everything };
}

function readIpBlock(value: unknown, path: FieldPath, log: FaultLog): RulePeer {
  const block = isJsonObject(value) ? value : {};
  log.addresses(block.cidr, [...path, "cidr"]);
  const except = readList(block.except, [...path, "except"], log);
  for (const [position, one] of except.entries()) log.exception(block.cidr, one, [...path, "except", position]);
  return { kind: "addresses", cidr: written(block.cidr), except: except.map(written), meansPods: "byEngine" };
}

function readPort(value: unknown, path: FieldPath, log: FaultLog): RulePort | undefined {
  const { protocol: stated, port, endPort } = readMapping(value, path, log);
  const protocol = isPresent(stated) ? stated : "TCP";
  if (!isProtocol(protocol)) {
    log.field([...path, "protocol"], `the protocol "${written(protocol)}" is not TCP, UDP or SCTP`);
    return undefined;
  }
  if (!isPresent(port)) {
    if (isPresent(endPort)) log.field([...path, "endPort"], "endPort needs a port");
    return { protocol, port: { kind: "all" } };
  }
  if (typeof port === "string" && port !== "") {
    if (isPresent(endPort)) log.field([...path, "endPort"], "endPort needs a port given by number");
    return { protocol, port: { kind: "named", name: port } };
  }
  const last = isPresent(endPort) ? endPort : port;
  if (!isPortNumber(port) || !isPortNumber(last) || last < port) {
    const text = isPresent(endPort) ? `${written(port)}-${written(endPort)}` : written(port);
    log.field(path, `"${text}" is no port or range of ports`);
    return undefined;
  }
  return { protocol, port: { kind: "range", first: port, last } };
}
