import { asList, asObject } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";
import type { FaultLog } from "./policy-fault.ts";
import type { Direction, RulePeer } from "./reach-policy.ts";
import { isReserved, readEndpointSelector } from "./read-endpoint-selector.ts";
import { isPresent } from "./read-fields.ts";
import { written } from "./written-text.ts";

/** Members of a rule that name the other end. */
const peerMembers: readonly string[] = [
  "Endpoints",
  "Entities",
  "CIDR",
  "CIDRSet",
  "Nodes",
  "Groups",
  "Requires",
  "Services",
  "FQDNs",
];

/**
 * Whom a rule means: undefined when it names nobody, so that its ports decide; `nobody` when it names an empty list, or when
 * it allows only ICMP. Two members in one rule are refused by many versions, so whom they mean cannot be told.
 */
export function readCiliumPeers(
  rule: JsonObject,
  direction: Direction,
  namespace: string | undefined,
  path: FieldPath,
  log: FaultLog,
): readonly RulePeer[] | "nobody" | undefined {
  const prefix = direction === "ingress" ? "from" : "to";
  const stated = peerMembers.filter((member) => isPresent(rule[`${prefix}${member}`]));
  const [member] = stated;
  if (member === undefined) return isPresent(rule.icmps) ? "nobody" : undefined;
  if (stated.length > 1) {
    const names = stated.map((one) => prefix + one).join(" and ");
    return [{ kind: "unknown", why: `${names} stand in one rule, which many versions of Cilium refuse` }];
  }
  const field = prefix + member;
  const values = asList(rule[field]);
  if (values.length === 0) return "nobody";
  return values.map((value, index) => readMember(member, value, namespace, [...path, field, index], log));
}

function readMember(
  member: string,
  value: unknown,
  namespace: string | undefined,
  path: FieldPath,
  log: FaultLog,
): RulePeer {
  switch (member) {
    case "Endpoints":
      if (isReserved(value)) return { kind: "unknown", why: "a selector of reserved labels is not evaluated" };
      return { kind: "pods", ...readEndpointSelector(value, namespace, path, log) };
    case "Entities":
      return readEntity(value, path, log);
    case "CIDR":
      log.addresses(value, path);
      return { kind: "addresses", cidr: written(value), except: [], meansPods: "never" };
    case "CIDRSet":
      return readCidrSet(value, path, log);
    case "Nodes":
      return { kind: "entities", entities: ["node"], pods: false, world: false, all: false };
    case "FQDNs":
      return { kind: "hosts" };
    default:
      return { kind: "unknown", why: `rules by ${member.toLowerCase()} are not evaluated` };
  }
}

function readCidrSet(value: unknown, path: FieldPath, log: FaultLog): RulePeer {
  const { cidr, except } = asObject(value);
  if (cidr === undefined) return { kind: "unknown", why: "a group of address ranges is not evaluated" };
  log.addresses(cidr, [...path, "cidr"]);
  const exceptions = asList(except);
  for (const [index, one] of exceptions.entries()) log.exception(cidr, one, [...path, "except", index]);
  return { kind: "addresses", cidr: written(cidr), except: exceptions.map(written), meansPods: "never" };
}

/** `ingress`, `init`, `health` and `unmanaged` are no pods of anybody. */
function readEntity(value: unknown, path: FieldPath, log: FaultLog): RulePeer {
  const none = { kind: "entities", entities: [], pods: false, world: false, all: true } as const;
  switch (value) {
    case "all":
      return { ...none, entities: ["node", "apiServer"], pods: true, world: true };
    case "cluster":
      return { ...none, entities: ["node"], pods: true };
    case "world":
    case "world-ipv4":
      return { ...none, world: true };
    case "host":
    case "remote-node":
      return { ...none, entities: ["node"] };
    case "kube-apiserver":
      return { ...none, entities: ["apiServer"] };
    case "world-ipv6":
    case "ingress":
    case "init":
    case "health":
    case "unmanaged":
    case "none":
      return none;
    default:
      log.field(path, `"${written(value)}" is no entity of Cilium`);
      return none;
  }
}
