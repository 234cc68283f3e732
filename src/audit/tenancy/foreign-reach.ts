import { formatPorts, isAllPorts, isEmptyPortSet } from "../../estate/kubernetes/port-set.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { Sharing } from "../../estate/model/tenant.ts";
import type { ClusterReach } from "../../tenancy/reachability/cluster-reach.ts";
import { explainDirection } from "../../tenancy/reachability/explain-reach.ts";
import type { PortBounds } from "../../tenancy/reachability/port-bounds.ts";
import { platformTenant } from "./tenant-namespaces.ts";

/** A connection between pods of two tenants that is wider than both accept. */
export interface ForeignReach {
  readonly from: string;
  readonly to: string;
  /** The tenant at the other end. */
  readonly tenant: string;
  readonly accepted: Sharing;
  readonly ports: string;
  /** False where the policies leave it open whether it passes. */
  readonly certain: boolean;
  /** The rule that lets it in. */
  readonly because: string;
}

/** For the workload at a position of the cluster: the first connection with another tenant that the two do not accept. */
export function foreignReach(
  { tenants }: Pick<Estate, "tenants">,
  reach: ClusterReach,
): (position: number) => ForeignReach | undefined {
  const accepts = new Map(tenants.map((tenant) => [tenant.name, tenant.accepts.podsNetwork]));
  const ofClass = reach.classes.map(({ members }) => firstOfEachTenant(reach, members));
  return (position) => {
    const subject = reach.classOf[position] ?? 0;
    const own = reach.workloads[position]?.tenant ?? "";
    let doubtful: ForeignReach | undefined;
    for (const [from, to, bounds] of connectionsOf(reach, subject)) {
      const isSource = from === subject;
      for (const [tenant, other] of ofClass[isSource ? to : from] ?? []) {
        if (tenant === own || tenant === platformTenant) continue;
        const accepted = stricter(accepts.get(own), accepts.get(tenant));
        const excess = accepted === undefined ? "none" : excessOf(accepted, bounds);
        if (accepted === undefined || excess === "none") continue;
        const [source, target] = isSource ? [position, other] : [other, position];
        const found = {
          from: reach.workloads[source]?.label ?? "",
          to: reach.workloads[target]?.label ?? "",
          tenant,
          accepted,
          ports: formatPorts(excess === "certain" ? bounds.certain : bounds.possible),
          certain: excess === "certain",
          because: explainDirection(reach, target, "ingress", source).because,
        };
        if (found.certain) return found;
        doubtful ??= found;
      }
    }
    return doubtful;
  };
}

/** Position of the first workload of each tenant among those that no policy tells apart. */
function firstOfEachTenant({ workloads }: ClusterReach, members: readonly number[]): ReadonlyMap<string, number> {
  const first = new Map<string, number>();
  for (const member of members) {
    const tenant = workloads[member]?.tenant ?? "";
    if (!first.has(tenant)) first.set(tenant, member);
  }
  return first;
}

/** Into a class, then out of it. */
function* connectionsOf(reach: ClusterReach, subject: number): Generator<readonly [number, number, PortBounds]> {
  for (const from of reach.direction(subject, "ingress").reached) {
    yield [from, subject, reach.betweenClasses(from, subject)];
  }
  for (const [to, bounds] of reach.reachedFrom(subject)) if (to !== subject) yield [subject, to, bounds];
}

function stricter(left: Sharing | undefined, right: Sharing | undefined): Sharing | undefined {
  return (["separate", "bounded", "shared"] as const).find((each) => left === each || right === each);
}

/** `separate` leaves no port open; `bounded` leaves not all of them open. */
function excessOf(accepted: Sharing, { certain, possible }: PortBounds): "none" | "certain" | "possible" {
  const exceeds = { separate: (ports: PortBounds["certain"]) => !isEmptyPortSet(ports), bounded: isAllPorts };
  if (accepted === "shared") return "none";
  if (exceeds[accepted](certain)) return "certain";
  return exceeds[accepted](possible) ? "possible" : "none";
}
