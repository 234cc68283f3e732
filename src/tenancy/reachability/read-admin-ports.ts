import { asList, asObject, asText } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { NetworkProtocol } from "../../estate/kubernetes/network-policy.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";
import type { FaultLog } from "./policy-fault.ts";
import type { RulePort } from "./reach-policy.ts";
import { isPortNumber, isPresent, isProtocol } from "./read-fields.ts";
import { written } from "./written-text.ts";

const protocolFields: readonly (readonly [field: string, protocol: NetworkProtocol])[] = [
  ["tcp", "TCP"],
  ["udp", "UDP"],
  ["sctp", "SCTP"],
];

/** `ports` of v1alpha1 or `protocols` of v1alpha2; undefined when the rule names neither: every port. */
export function readAdminPorts(rule: JsonObject, path: FieldPath, log: FaultLog): readonly RulePort[] | undefined {
  const ports = asList(rule.ports);
  if (ports.length > 0) return ports.flatMap((port, index) => readPort(port, [...path, "ports", index], log));
  const protocols = asList(rule.protocols);
  if (protocols.length === 0) return undefined;
  return protocols.flatMap((each, index) => readProtocol(each, [...path, "protocols", index], log));
}

function readPort(value: unknown, path: FieldPath, log: FaultLog): readonly RulePort[] {
  const { portNumber, portRange, namedPort } = asObject(value);
  if (isPresent(namedPort)) return anyProtocol(asText(namedPort), path, log);
  const number = asObject(portNumber);
  const range = asObject(portRange);
  const [first, last] = isPresent(portNumber) ? [number.port, number.port] : [range.start, range.end];
  const protocol = number.protocol ?? range.protocol ?? "TCP";
  return readRange(protocol, first, last, path, log);
}

function readProtocol(value: unknown, path: FieldPath, log: FaultLog): readonly RulePort[] {
  const given = asObject(value);
  if (isPresent(given.destinationNamedPort)) return anyProtocol(asText(given.destinationNamedPort), path, log);
  for (const [field, protocol] of protocolFields) {
    if (!isPresent(given[field])) continue;
    const { destinationPort } = asObject(given[field]);
    if (!isPresent(destinationPort)) return [{ protocol, port: { kind: "all" } }];
    const { number, range } = asObject(destinationPort);
    const { start, end } = asObject(range);
    return readRange(protocol, number ?? start, number ?? end, path, log);
  }
  log.field(path, "a protocol is tcp, udp, sctp or destinationNamedPort");
  return [];
}

/** A name counts for whatever protocol the container gives it. */
function anyProtocol(name: string | undefined, path: FieldPath, log: FaultLog): readonly RulePort[] {
  if (name === undefined) {
    log.field(path, "the port's name is no text");
    return [];
  }
  return protocolFields.map(([, protocol]) => ({ protocol, port: { kind: "named", name } }));
}

function readRange(
  protocol: unknown,
  first: unknown,
  last: unknown,
  path: FieldPath,
  log: FaultLog,
): readonly RulePort[] {
  if (!isProtocol(protocol)) {
    log.field(path, `the protocol "${written(protocol)}" is not TCP, UDP or SCTP`);
    return [];
  }
  if (!isPortNumber(first) || !isPortNumber(last) || last < first) {
    log.field(path, `"${written(first)}-${written(last)}" is no port or range of ports`);
    return [];
  }
  return [{ protocol, port: { kind: "range", first, last } }];
}
