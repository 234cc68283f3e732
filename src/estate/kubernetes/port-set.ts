import type { NetworkProtocol } from "./network-policy.ts";

/** First and last port, both included. */
type PortInterval = readonly [first: number, last: number];

/** Ports by protocol; intervals are sorted, disjoint and not adjacent, protocols without ports are left out. */
export type PortSet = ReadonlyMap<NetworkProtocol, readonly PortInterval[]>;

const protocols: readonly NetworkProtocol[] = ["SCTP", "TCP", "UDP"];
const everyPort: PortInterval = [1, 65535];

export const noPorts: PortSet = new Map();
export const allPorts: PortSet = new Map(protocols.map((protocol) => [protocol, [everyPort]]));

export function portsOf(protocol: NetworkProtocol, first: number, last: number): PortSet {
  return new Map([[protocol, [[first, last]]]]);
}

export function everyPortOf(protocol: NetworkProtocol): PortSet {
  return new Map([[protocol, [everyPort]]]);
}

export function isEmptyPortSet(ports: PortSet): boolean {
  return ports.size === 0;
}

export function isAllPorts(ports: PortSet): boolean {
  return protocols.every((protocol) => {
    const [only] = ports.get(protocol) ?? [];
    return only !== undefined && only[0] === everyPort[0] && only[1] === everyPort[1];
  });
}

/** Ports that any of the sets holds. */
export function unitePorts(sets: Iterable<PortSet>): PortSet {
  const united = new Map<NetworkProtocol, PortInterval[]>();
  for (const set of sets) {
    for (const [protocol, intervals] of set) united.set(protocol, [...(united.get(protocol) ?? []), ...intervals]);
  }
  return new Map([...united].map(([protocol, intervals]) => [protocol, mergeIntervals(intervals)]));
}

/** Ports that both sets hold. */
export function intersectPorts(left: PortSet, right: PortSet): PortSet {
  const common = new Map<NetworkProtocol, readonly PortInterval[]>();
  for (const [protocol, intervals] of left) {
    const others = right.get(protocol) ?? [];
    const overlaps = intervals.flatMap(([first, last]) =>
      others.flatMap((other): PortInterval[] => {
        const overlap: PortInterval = [Math.max(first, other[0]), Math.min(last, other[1])];
        return overlap[0] <= overlap[1] ? [overlap] : [];
      }),
    );
    if (overlaps.length > 0) common.set(protocol, mergeIntervals(overlaps));
  }
  return common;
}

/** Ports of `whole` that `part` does not hold. */
export function subtractPorts(whole: PortSet, part: PortSet): PortSet {
  const rest = new Map<NetworkProtocol, readonly PortInterval[]>();
  for (const [protocol, intervals] of whole) {
    const left = (part.get(protocol) ?? []).reduce(withoutInterval, intervals);
    if (left.length > 0) rest.set(protocol, left);
  }
  return rest;
}

function withoutInterval(intervals: readonly PortInterval[], [from, to]: PortInterval): readonly PortInterval[] {
  return intervals.flatMap(([first, last]): PortInterval[] => {
    const below: PortInterval = [first, Math.min(last, from - 1)];
    const above: PortInterval = [Math.max(first, to + 1), last];
    return [below, above].filter(([low, high]) => low <= high);
  });
}

/** True when every port of `part` is in `whole`. */
export function includesPorts(whole: PortSet, part: PortSet): boolean {
  return formatPorts(intersectPorts(whole, part)) === formatPorts(part);
}

/** `TCP 80,443,UDP 53`, `all` or `none`. */
export function formatPorts(ports: PortSet): string {
  if (isEmptyPortSet(ports)) return "none";
  if (isAllPorts(ports)) return "all";
  return protocols
    .flatMap((protocol) => {
      const intervals = ports.get(protocol);
      return intervals === undefined ? [] : [`${protocol} ${intervals.map(formatInterval).join(",")}`];
    })
    .join(",");
}

function formatInterval([first, last]: PortInterval): string {
  return first === last ? String(first) : `${first}-${last}`;
}

function mergeIntervals(intervals: readonly PortInterval[]): readonly PortInterval[] {
  const merged: [number, number][] = [];
  for (const [first, last] of intervals.toSorted((left, right) => left[0] - right[0])) {
    const previous = merged.at(-1);
    if (previous !== undefined && first <= previous[1] + 1) previous[1] = Math.max(previous[1], last);
    else merged.push([first, last]);
  }
  return merged;
}
