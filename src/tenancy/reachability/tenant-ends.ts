import {
  formatPorts,
  intersectPorts,
  isAllPorts,
  isEmptyPortSet,
  unitePorts,
} from "../../estate/kubernetes/port-set.ts";
import { formatInterval } from "./address-range.ts";
import type { ClusterReach } from "./cluster-reach.ts";
import { verdictOfBounds } from "./connection-witness.ts";
import { explainDirection, type OtherEnd } from "./explain-reach.ts";
import type { Exposure } from "./exposure.ts";
import { metadataPorts, metadataService } from "./metadata-service.ts";
import { eitherOpen, noPortOpen, type PortBounds } from "./port-bounds.ts";
import type { EndReach, ReachVerdict, TenantEnds } from "./reachability-report.ts";
import type { Outsider } from "./rule-peers.ts";

const order: readonly ReachVerdict[] = ["open", "limited", "notEvaluable", "denied"];

/** What each tenant's pods reach beside pods, and by which ways in they are reached, on one cluster. */
export function tenantEnds(
  reach: ClusterReach,
  cluster: string,
  exposures: readonly Exposure[],
): readonly TenantEnds[] {
  const positions = Map.groupBy(reach.workloads.keys(), (position) => reach.workloads[position]?.tenant ?? "");
  return [...positions]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([tenant, all]) => {
      const own = onePerClass(reach, all);
      return {
        cluster,
        tenant,
        world: widest(own.map((position) => worldReach(reach, position))),
        exposed: exposedReach(
          reach,
          exposures.filter(({ position, entry }) => all.includes(position) && entry.exposure === "public"),
        ),
        node: nodeReach(reach, own),
        apiServer: widest(
          own.map((position) => outsiderReach(reach, position, { kind: "entity", entity: "apiServer" })),
        ),
        imds: widest(own.map((position) => metadataReach(reach, position))),
      };
    });
}

/** What holds for one workload of a class holds for all. */
function onePerClass({ classOf }: ClusterReach, positions: readonly number[]): readonly number[] {
  return [...Map.groupBy(positions, (position) => classOf[position]).values()].flatMap(([first]) => first ?? []);
}

/** One workload's way to an end. */
interface Way {
  readonly reached: EndReach;
  readonly bounds: PortBounds;
}

/** The workload that reaches furthest stands for the tenant, with the ports of all. */
function widest(ways: readonly Way[]): EndReach {
  const [first] = ways.toSorted(
    (left, right) => order.indexOf(left.reached.verdict) - order.indexOf(right.reached.verdict),
  );
  if (first === undefined) return { verdict: "denied", ports: "none", because: "no workload" };
  return { ...first.reached, ports: formatPorts(unitePorts(ways.map(({ bounds }) => bounds.certain))) };
}

function endReach(reach: ClusterReach, position: number, bounds: PortBounds, because: string): EndReach {
  return {
    verdict: verdictOfBounds(bounds),
    ports: formatPorts(bounds.certain),
    workload: reach.workloads[position]?.label ?? "",
    because,
  };
}

function outsiderReach(reach: ClusterReach, position: number, outsider: Outsider): Way {
  const bounds = reach.outsider(reach.classOf[position] ?? 0, "egress", outsider);
  return { bounds, reached: endReach(reach, position, bounds, becauseOf(reach, position, outsider)) };
}

function becauseOf(reach: ClusterReach, position: number, other: OtherEnd): string {
  return explainDirection(reach, position, "egress", other).because;
}

/** Some addresses are not all: then it is limited, however many ports are open there. */
function worldReach(reach: ClusterReach, position: number): Way {
  const parts = reach.addresses(reach.classOf[position] ?? 0, "egress");
  const [first] = parts.toSorted((left, right) => rankOf(left.bounds) - rankOf(right.bounds));
  if (first === undefined) return outsiderReach(reach, position, metadataService);
  const outsider: Outsider = { kind: "addresses", interval: first.interval };
  const because = becauseOf(reach, position, outsider);
  const bounds = {
    certain: unitePorts(parts.map((part) => part.bounds.certain)),
    possible: unitePorts(parts.map((part) => part.bounds.possible)),
  };
  const reached = endReach(reach, position, bounds, because);
  const isEverywhere = parts.every((part) => isAllPorts(part.bounds.certain));
  if (reached.verdict !== "open" || isEverywhere) return { bounds, reached };
  const limited = `${because} to ${formatInterval(first.interval)}`;
  return { bounds, reached: { ...reached, verdict: "limited", because: limited } };
}

function rankOf(bounds: PortBounds): number {
  return order.indexOf(verdictOfBounds(bounds));
}

function exposedReach(reach: ClusterReach, exposures: readonly Exposure[]): EndReach {
  if (exposures.length === 0) return { verdict: "denied", ports: "none", because: "no public entry point leads to it" };
  const passing = exposures.filter(({ bounds }) => !isEmptyPortSet(bounds.possible));
  const names = [...new Set((passing.length > 0 ? passing : exposures).map(({ entry }) => entry.name))].join(", ");
  const because = passing.length > 0 ? `entry points ${names}` : `policies stop what entry points ${names} send`;
  const united = exposures.reduce((all, { bounds }) => eitherOpen(all, bounds), noPortOpen);
  const reached = endReach(reach, (passing[0] ?? exposures[0])?.position ?? 0, united, because);
  return reached.verdict === "open" ? { ...reached, verdict: "limited" } : reached;
}

/** Azure NPM lets every pod reach the node that it runs on, whatever policies say. */
function nodeReach(reach: ClusterReach, own: readonly number[]): EndReach {
  const [first = 0] = own;
  if (reach.engine === "azure") {
    const workload = reach.workloads[first]?.label ?? "";
    return { verdict: "open", ports: "all", workload, because: "Azure NPM lets pods reach their own node" };
  }
  return widest(own.map((position) => outsiderReach(reach, position, { kind: "entity", entity: "node" })));
}

/** The service has one port: who may use that has it all. */
function metadataReach(reach: ClusterReach, position: number): Way {
  const all = reach.outsider(reach.classOf[position] ?? 0, "egress", metadataService);
  const bounds = {
    certain: intersectPorts(all.certain, metadataPorts),
    possible: intersectPorts(all.possible, metadataPorts),
  };
  const reached = endReach(reach, position, bounds, becauseOf(reach, position, metadataService));
  return { bounds, reached: reached.verdict === "limited" ? { ...reached, verdict: "open" } : reached };
}
