import { asList, asObject, isJsonObject } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { PlacedObject } from "../../estate/model/estate.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";
import { FaultLog } from "./policy-fault.ts";
import type { Direction, DirectionRules, ReachPolicy, ReachRule, RuleAction } from "./reach-policy.ts";
import { readCiliumPeers } from "./read-cilium-peers.ts";
import { readCiliumPorts } from "./read-cilium-ports.ts";
import { readEndpointSelector } from "./read-endpoint-selector.ts";
import { isPresent, readList, readMapping } from "./read-fields.ts";
import type { PolicyReading } from "./read-network-policies.ts";

export const ciliumPolicyKinds = ["CiliumNetworkPolicy.cilium.io", "CiliumClusterwideNetworkPolicy.cilium.io"] as const;

/**
 * CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy, layers 3 and 4. Each of `specs` is a policy of its own. One that
 * selects nodes and no endpoints binds no pod.
 */
export function readCiliumPolicy(placed: PlacedObject): PolicyReading {
  const log = new FaultLog();
  const { spec, specs } = placed.object.value;
  const bodies: (readonly [body: JsonObject, path: FieldPath])[] = [];
  if (isJsonObject(spec)) bodies.push([spec, ["spec"]]);
  for (const [position, each] of asList(specs).entries()) bodies.push([asObject(each), ["specs", position]]);
  if (bodies.length === 0) {
    log.field([], "it has neither spec nor specs");
    return { policies: [bodyPolicy(placed, {}, ["spec"], log)], log };
  }
  const bound = bodies.filter(([body]) => isPresent(body.endpointSelector) || !isPresent(body.nodeSelector));
  return { policies: bound.map(([body, path]) => bodyPolicy(placed, body, path, log)), log };
}

function bodyPolicy(
  { cluster, namespace, object }: PlacedObject,
  body: JsonObject,
  path: FieldPath,
  log: FaultLog,
): ReachPolicy {
  const before = log.faults.length;
  if (!isPresent(body.endpointSelector)) log.field(path, "it has no endpointSelector");
  const selector = readEndpointSelector(body.endpointSelector ?? {}, namespace, [...path, "endpointSelector"], log);
  const isSubjectBroken = log.faults.length > before;
  const rulesOf = (direction: Direction) => readDirection(object, body, direction, namespace, path, log);
  const [ingress, egress] = [rulesOf("ingress"), rulesOf("egress")];
  return {
    kind: object.kind,
    name: object.name,
    namespace,
    cluster,
    family: "cilium",
    tier: "namespace",
    priority: 0,
    subject: isSubjectBroken ? undefined : { namespaces: selector.namespaces, pods: selector.pods },
    ingress,
    egress,
    unreadable: log.faults[before]?.text,
    place: object.locate([]),
  };
}

/** A direction counts once it has a rule; `enableDefaultDeny` decides whether what no rule allows is denied. */
function readDirection(
  object: PlacedObject["object"],
  body: JsonObject,
  direction: Direction,
  namespace: string | undefined,
  path: FieldPath,
  log: FaultLog,
): DirectionRules | undefined {
  const rules = (field: string, action: RuleAction) =>
    readList(body[field], [...path, field], log).flatMap((value, position) => {
      const rulePath = [...path, field, position];
      const rule = readMapping(value, rulePath, log);
      return readRule(object, rule, { direction, action, namespace, path: rulePath }, log);
    });
  const sections = [direction, `${direction}Deny`];
  const isStated = sections.some((field) => asList(body[field]).length > 0);
  const asked = asObject(body.enableDefaultDeny)[direction];
  const isolates = typeof asked === "boolean" ? asked : isStated;
  if (!isStated && !isolates) return undefined;
  return { rules: [...rules(`${direction}Deny`, "deny"), ...rules(direction, "allow")], isolates };
}

interface RulePosition {
  readonly direction: Direction;
  readonly action: RuleAction;
  readonly namespace: string | undefined;
  readonly path: FieldPath;
}

/** A rule that names nobody and no port matches nothing: the opposite of an empty rule of a NetworkPolicy. */
function readRule(
  object: PlacedObject["object"],
  rule: JsonObject,
  { direction, action, namespace, path }: RulePosition,
  log: FaultLog,
): readonly ReachRule[] {
  const peers = readCiliumPeers(rule, direction, namespace, path, log);
  const ports = readCiliumPorts(rule, path, log);
  if (peers === "nobody" || (peers === undefined && ports === undefined)) return [];
  return [{ action, peers, ports, place: () => object.locate(path) }];
}
