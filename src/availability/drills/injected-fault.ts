import type { BasicEvent } from "../from-estate/event-book.ts";
import type { ReplicaGroup } from "../from-estate/replica-group.ts";

/** What has to be brought about so that an event of the fault tree happens. */
export type InjectedFault =
  /** Pods of a group are killed; `workload` is its id where a manifest declares it. */
  | { readonly kind: "pods"; readonly group: string; readonly workload: string; readonly pods: number | "all" }
  | {
      readonly kind: "node";
      readonly cluster: string;
      readonly pool: string;
      /** Of the group whose node it is; undefined for the node that many share. */
      readonly group: string | undefined;
      readonly nodes: number;
    }
  /** `zone` is a name where the placement knows it. */
  | { readonly kind: "zone"; readonly region: string; readonly rank: string; readonly zone: string | undefined }
  | { readonly kind: "disk"; readonly workload: string; readonly volume: string }
  /** Nothing reaches a store, service or host that workloads call; `target` as `DataStore/x`, `CloudService/x`, `host:x`. */
  | { readonly kind: "dependency"; readonly target: string }
  /** Nothing comes in through the load balancer of a cluster. */
  | { readonly kind: "entry"; readonly cluster: string }
  /** Nobody can inject it: people rehearse it. */
  | { readonly kind: "drill"; readonly scenario: DrillScenario; readonly subject: string };

export type DrillScenario = "region" | "controlPlane" | "operator" | "deploy" | "switch" | "dependency" | "platform";

/** The fault of an event; undefined for conditions, which are not brought about. */
export function faultOf(event: BasicEvent, groups: ReadonlyMap<string, ReplicaGroup>): InjectedFault | undefined {
  const { category, id } = event;
  const rest = id.slice(id.indexOf("/") + 1);
  const group = groups.get(event.group ?? "");
  switch (category) {
    case "window":
      return undefined;
    case "pod":
      return podsFault(event, group, event.order ?? 1);
    case "commonCause":
      return podsFault(event, group, "all");
    case "node":
      return nodeFault(rest, group, groups);
    case "zone": {
      const [region = "", rank = ""] = rest.split("/");
      return { kind: "zone", region, rank, zone: zoneName(region, Number(rank), groups) };
    }
    case "disk":
      return { kind: "disk", workload: event.group ?? "", volume: event.label };
    case "service":
    case "dataStore":
    case "external":
      return { kind: "dependency", target: rest };
    case "loadBalancer":
      return { kind: "entry", cluster: rest.slice("load balancer of ".length) };
    case "region":
    case "controlPlane":
    case "operator":
    case "deploy":
    case "switch":
      return { kind: "drill", scenario: category, subject: rest };
    case "capacity":
      return { kind: "drill", scenario: "platform", subject: event.label };
  }
}

/** The same fault has the same key: which of several equal pods or nodes it is does not matter. */
export function faultKey(fault: InjectedFault): string {
  switch (fault.kind) {
    case "pods":
      return `pods/${fault.group}${fault.pods === 1 ? "" : `/${fault.pods}`}`;
    case "node":
      return [
        `node/${fault.cluster}/${fault.pool}`,
        ...(fault.group === undefined ? [] : [fault.group]),
        ...(fault.nodes === 1 ? [] : [fault.nodes]),
      ].join("/");
    case "zone":
      return `zone/${fault.region}/${fault.zone ?? fault.rank}`;
    case "disk":
      return `disk/${fault.workload}/${fault.volume}`;
    case "dependency":
      return fault.target;
    case "entry":
      return `entry/${fault.cluster}`;
    case "drill":
      return `${fault.scenario}/${fault.subject}`;
  }
}

/** Pods of the platform have no manifest by which they could be selected. */
function podsFault({ label }: BasicEvent, group: ReplicaGroup | undefined, pods: number | "all"): InjectedFault {
  if (group === undefined || group.deploy === undefined)
    return { kind: "drill", scenario: "platform", subject: group?.label ?? label };
  return { kind: "pods", group: group.label, workload: group.id, pods };
}

/** `cluster/pool` for the node under the first replicas of many, otherwise a node of one group. */
function nodeFault(
  rest: string,
  group: ReplicaGroup | undefined,
  groups: ReadonlyMap<string, ReplicaGroup>,
): InjectedFault {
  if (group !== undefined)
    return { kind: "node", cluster: group.cluster, pool: group.pool, group: group.label, nodes: 1 };
  const first = [...groups.values()].find(({ cluster, pool }) => rest.startsWith(`${cluster}/${pool}`));
  const [cluster = "", pool = ""] = rest.split("/");
  return { kind: "node", cluster: first?.cluster ?? cluster, pool: first?.pool ?? pool, group: undefined, nodes: 1 };
}

function zoneName(region: string, rank: number, groups: ReadonlyMap<string, ReplicaGroup>): string | undefined {
  for (const group of groups.values()) {
    if (group.region !== region) continue;
    const position = group.zoneRanks === undefined ? rank - 1 : group.zoneRanks.indexOf(rank - 1);
    const zone = group.shapes.expected.zones[position]?.zone;
    if (zone !== undefined) return zone;
  }
  return undefined;
}

/** Faults in the order of their keys; two of the same kind on the same group are one of both. */
export function mergedFaults(faults: readonly InjectedFault[]): readonly InjectedFault[] {
  const [first, second, ...others] = faults;
  if (first === undefined || second === undefined || others.length > 0) return faults;
  if (first.kind === "pods" && second.kind === "pods" && first.group === second.group) {
    const { pods } = first;
    return [{ ...first, pods: pods === "all" || second.pods === "all" ? "all" : pods + second.pods }];
  }
  if (first.kind === "node" && second.kind === "node" && faultKey(first) === faultKey(second))
    return [{ ...first, nodes: first.nodes + second.nodes }];
  return faults.toSorted((left, right) => (faultKey(left) < faultKey(right) ? -1 : 1));
}
