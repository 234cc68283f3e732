import { asList, asObject, asText } from "../../estate/kubernetes/json-value.ts";
import {
  formatPorts,
  intersectPorts,
  isEmptyPortSet,
  noPorts,
  type PortSet,
} from "../../estate/kubernetes/port-set.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import { type AddressInterval, cutAddresses, formatInterval } from "./address-range.ts";
import type { ClusterReach } from "./cluster-reach.ts";
import type { NetworkSubject } from "./pod-selection.ts";
import { eitherOpen, noPortOpen, type PortBounds, undecidedPorts } from "./port-bounds.ts";
import type { Direction } from "./reach-policy.ts";

const controllerName = "{ingress-controller}";

/**
 * Every connection of a cluster as `SRC => DST : PROTOCOL PORTS`, peers as `namespace/name[Kind]`, addresses outside the
 * cluster as `FIRST-LAST[External]` cut at every border that a policy of that direction draws, and `{ingress-controller}` for
 * what Ingresses and routes lead to. What cannot be decided has `?>` in place of `=>`. Sorted; what is not listed is denied.
 */
export function connectionLines(
  reach: ClusterReach,
  workloads: readonly Workload[],
  routed: ReadonlyMap<string, PortSet>,
): readonly string[] {
  const connections = new Map<string, PortBounds>();
  const add = (from: string, to: string, bounds: PortBounds) => {
    const key = `${from}\n${to}`;
    connections.set(key, eitherOpen(connections.get(key) ?? noPortOpen, bounds));
  };
  const names = workloads.map(peerName);
  addPairs(reach, names, add);
  for (const direction of ["ingress", "egress"] as const) addAddresses(reach, names, direction, add);
  for (const [position, { id }] of workloads.entries()) {
    const ports = routed.get(id) ?? noPorts;
    if (isEmptyPortSet(ports)) continue;
    const bounds = reach.outsider(reach.classOf[position] ?? 0, "ingress", { kind: "controller" });
    add(controllerName, names[position] ?? "", {
      certain: intersectPorts(bounds.certain, ports),
      possible: intersectPorts(bounds.possible, ports),
    });
  }
  return [...connections].flatMap(([key, bounds]) => linesOf(key, bounds)).sort();
}

type Add = (from: string, to: string, bounds: PortBounds) => void;

function addPairs(reach: ClusterReach, names: readonly string[], add: Add): void {
  for (const { index, members } of reach.classes) {
    for (const [to, bounds] of reach.reachedFrom(index)) {
      for (const from of members) {
        for (const target of reach.classes[to]?.members ?? []) {
          const [left = "", right = ""] = [names[from], names[target]];
          if (left !== right) add(left, right, bounds);
        }
      }
    }
  }
}

function addAddresses(reach: ClusterReach, names: readonly string[], direction: Direction, add: Add): void {
  const ofClass = reach.classes.map(({ index }) => reach.addresses(index, direction));
  const pieces = cutAddresses(ofClass.flatMap((parts) => parts.map(({ interval }) => interval)));
  for (const { index, members } of reach.classes) {
    for (const { interval, bounds } of ofClass[index] ?? []) {
      for (const piece of piecesInside(pieces, interval)) {
        const outside = `${formatInterval(piece)}[External]`;
        for (const member of members) {
          const name = names[member] ?? "";
          if (direction === "ingress") add(outside, name, bounds);
          else add(name, outside, bounds);
        }
      }
    }
  }
}

function piecesInside(pieces: readonly AddressInterval[], { first, last }: AddressInterval) {
  return pieces.filter((piece) => piece.first >= first && piece.last <= last);
}

function linesOf(key: string, bounds: PortBounds): readonly string[] {
  const [from, to] = key.split("\n");
  const undecided = undecidedPorts(bounds);
  return [
    ...(isEmptyPortSet(bounds.certain) ? [] : [`${from} => ${to} : ${portsText(bounds.certain)}`]),
    ...(isEmptyPortSet(undecided) ? [] : [`${from} ?> ${to} : ${portsText(undecided)}`]),
  ];
}

function portsText(ports: PortSet): string {
  const text = formatPorts(ports);
  return text === "all" ? "All Connections" : text;
}

/** `namespace/name[Kind]`; a Pod whose controller is named without a kind goes by the controller's name. */
/** A workload as lines name it. */
export function peerName({ namespace, name, kind, ...rest }: NetworkSubject & Pick<Workload, "object">): string {
  const controller = kind === "Pod" ? namedController(rest.object.value) : undefined;
  return `${namespace}/${controller ?? name}[${kind}]`;
}

function namedController(value: Workload["object"]["value"]): string | undefined {
  const references = asList(asObject(value.metadata).ownerReferences).map(asObject);
  return asText(references.find(({ controller }) => controller === true)?.name);
}
