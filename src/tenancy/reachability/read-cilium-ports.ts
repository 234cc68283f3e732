import { asList, asObject, asText } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { NetworkProtocol } from "../../estate/kubernetes/network-policy.ts";
import type { FieldPath } from "../../estate/sources/yaml-document.ts";
import type { FaultLog } from "./policy-fault.ts";
import type { RulePort } from "./reach-policy.ts";
import { isPortNumber, isPresent, isProtocol } from "./read-fields.ts";
import { written } from "./written-text.ts";

const anyProtocol: readonly NetworkProtocol[] = ["TCP", "UDP", "SCTP"];

/** `toPorts` of a rule; undefined when it has none: every port. Layer 7 filters inside an open port are not looked at. */
export function readCiliumPorts(rule: JsonObject, path: FieldPath, log: FaultLog): readonly RulePort[] | undefined {
  const groups = asList(rule.toPorts);
  if (groups.length === 0) return undefined;
  return groups.flatMap((group, index) => {
    const ports = asList(asObject(group).ports);
    const groupPath = [...path, "toPorts", index, "ports"];
    if (ports.length === 0) return anyProtocol.map((protocol): RulePort => ({ protocol, port: { kind: "all" } }));
    return ports.flatMap((port, position) => readPort(asObject(port), [...groupPath, position], log));
  });
}

/** The protocol is ANY unless stated, and the port is text: a number, a name, or 0 for all. */
function readPort(value: JsonObject, path: FieldPath, log: FaultLog): readonly RulePort[] {
  const stated = value.protocol ?? "ANY";
  const protocols = stated === "ANY" ? anyProtocol : isProtocol(stated) ? [stated] : [];
  if (protocols.length === 0) {
    if (stated !== "ICMP" && stated !== "ICMPv6")
      log.field([...path, "protocol"], `the protocol "${written(stated)}" is not TCP, UDP, SCTP or ANY`);
    return [];
  }
  const text = typeof value.port === "number" ? written(value.port) : (asText(value.port) ?? "0");
  const first = Number(text);
  if (!/^\d+$/.test(text)) {
    return protocols.map((protocol) => ({ protocol, port: { kind: "named", name: text.toLowerCase() } }));
  }
  if (first === 0) return protocols.map((protocol) => ({ protocol, port: { kind: "all" } }));
  const last = isPresent(value.endPort) && value.endPort !== 0 ? value.endPort : first;
  if (!isPortNumber(first) || !isPortNumber(last) || last < first) {
    log.field(path, `"${text}" is no port or range of ports`);
    return [];
  }
  return protocols.map((protocol) => ({ protocol, port: { kind: "range", first, last } }));
}
