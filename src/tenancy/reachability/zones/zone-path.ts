import { formatPorts } from "../../../estate/kubernetes/port-set.ts";
import type { Place } from "../../../estate/sources/place.ts";
import { explainDirection } from "../explain-reach.ts";
import type { Exposure } from "../exposure.ts";
import { passes, portsInNetwork, portsToPublicEntry, type ZonedCluster } from "./zone-world.ts";

/** One step of a path, with what lets it pass. */
export interface Hop {
  readonly kind: "internet" | "cloudService" | "firewall" | "network" | "entryPoint" | "workload";
  readonly name: string;
  /** Why it can be reached from the hop before; absent for the first. */
  readonly because?: string;
  readonly place?: Place;
}

/** A path in one connection, and whether it is certain. */
export interface ZonePath {
  readonly certain: boolean;
  readonly hops: readonly Hop[];
}

/** The first certain path of any, else the first possible one. */
export function bestPath(paths: Iterable<ZonePath>): ZonePath | undefined {
  let possible: ZonePath | undefined;
  for (const path of paths) {
    if (path.certain) return path;
    possible ??= path;
  }
  return possible;
}

/** From the internet to workloads of a classification, through public entry points. */
export function* pathsFromInternet(clusters: readonly ZonedCluster[], target: string): Generator<ZonePath> {
  for (const zoned of clusters) {
    for (const exposure of exposuresOf(zoned, target, "public")) {
      const match = passes(exposure.bounds);
      if (match === "no") continue;
      yield { certain: match === "yes", hops: [{ kind: "internet", name: "internet" }, ...entryHops(zoned, exposure)] };
    }
  }
}

/** From workloads of one classification to those of another on the same cluster. */
export function* pathsInside(clusters: readonly ZonedCluster[], source: string, target: string): Generator<ZonePath> {
  for (const { reach, byClassification } of clusters) {
    const targets = byClassification.get(target);
    if (targets === undefined) continue;
    for (const [own, from] of byClassification.get(source) ?? []) {
      for (const [other, to] of targets) {
        const match = passes(reach.betweenClasses(own, other));
        if (match === "no") continue;
        const egress = explainDirection(reach, from, "egress", to);
        const ingress = explainDirection(reach, to, "ingress", from);
        yield {
          certain: match === "yes",
          hops: [
            workloadHop(reach.workloads[from]?.label),
            {
              ...workloadHop(reach.workloads[to]?.label),
              because: `${formatPorts(reach.betweenClasses(own, other).possible)}; out: ${egress.because}; in: ${ingress.because}`,
              ...(ingress.place === undefined ? {} : { place: ingress.place }),
            },
          ],
        };
      }
    }
  }
}

/** From workloads of one classification, out of their cluster and in by an entry point of the same network or the internet. */
export function* pathsAround(clusters: readonly ZonedCluster[], source: string, target: string): Generator<ZonePath> {
  for (const destination of clusters) {
    const internal = exposuresOf(destination, target, "internal").map((exposure) => ({ exposure, isPublic: false }));
    const outer = exposuresOf(destination, target, "public").map((exposure) => ({ exposure, isPublic: true }));
    for (const { exposure, isPublic } of [...internal, ...outer]) {
      const inward = passes(exposure.bounds);
      if (inward === "no") continue;
      for (const origin of clusters) {
        if (!isPublic && !sharesNetwork(origin, destination)) continue;
        for (const [own, from] of origin.byClassification.get(source) ?? []) {
          const outward = isPublic
            ? passes(portsToPublicEntry(origin, own, exposure.entry.hostname))
            : passes(portsInNetwork(origin, own));
          if (outward === "no") continue;
          yield {
            certain: inward === "yes" && outward === "yes",
            hops: [
              workloadHop(origin.reach.workloads[from]?.label),
              ...wayHops(origin, destination, isPublic),
              ...entryHops(destination, exposure),
            ],
          };
        }
      }
    }
  }
}

function workloadHop(label: string | undefined): Hop {
  return { kind: "workload", name: label ?? "" };
}

function exposuresOf(
  { exposures, classificationOf }: ZonedCluster,
  target: string,
  exposure: "public" | "internal",
): readonly Exposure[] {
  return exposures.filter(
    ({ position, entry }) => entry.exposure === exposure && classificationOf[position] === target,
  );
}

function sharesNetwork(one: ZonedCluster, other: ZonedCluster): boolean {
  return one.cluster.name === other.cluster.name || (one.network !== undefined && one.network === other.network);
}

function wayHops({ network: from }: ZonedCluster, { network: to }: ZonedCluster, isPublic: boolean): readonly Hop[] {
  if (!isPublic) {
    const subnet = to?.subnets.find(({ name }) => name.includes("ingress"));
    if (to === undefined) return [];
    const name = subnet === undefined ? to.name : `${to.name}/${subnet.name}`;
    return [{ kind: "network", name, because: "its cluster is in this network" }];
  }
  const internet: Hop = { kind: "internet", name: "internet", because: "policies let it out" };
  if (from?.egress.type !== "firewall") return [internet];
  const because = `it lets through ${from.egress.allowedFqdns.join(", ") || "what is not declared"}`;
  return [{ kind: "firewall", name: `firewall of ${from.name}`, because }, internet];
}

function entryHops({ reach }: ZonedCluster, { entry, position, bounds }: Exposure): readonly Hop[] {
  const services = entry.through.map((name): Hop => ({ kind: "cloudService", name, because: "it stands in front" }));
  const place = entry.place === undefined ? {} : { place: entry.place };
  const point: Hop = {
    kind: "entryPoint",
    name: entry.name,
    because: `it is ${entry.exposure} (${entry.origin})`,
    ...place,
  };
  const because = `${formatPorts(bounds.possible)} of its pods, which policies let through`;
  return [...services, point, { ...workloadHop(reach.workloads[position]?.label), because }];
}
