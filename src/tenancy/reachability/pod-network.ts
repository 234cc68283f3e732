import { entryOf } from "../../estate/kubernetes/map-entry.ts";
import { isAllPorts, isEmptyPortSet } from "../../estate/kubernetes/port-set.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { BitSet } from "./bit-set.ts";
import type { ClusterReach } from "./cluster-reach.ts";
import type { ClusterNetwork } from "./estate-reach.ts";
import { explainDirection } from "./explain-reach.ts";
import type { Direction } from "./reach-policy.ts";

/** What two sets of pods on one cluster can reach of each other. */
export type PodNetworkSharing = Reach | { readonly kind: "notEvaluated"; readonly because: string };

type Reach = { readonly kind: "separate" } | (Connection & { readonly kind: "bounded" | "shared" });

interface Connection {
  readonly from: Workload;
  readonly to: Workload;
}

/** Compares the pods of two tenants on one cluster. */
export interface PodNetwork {
  between(cluster: string, left: string, right: string): PodNetworkSharing;
}

/**
 * Evaluates the policies of the estate between tenants. `shared`: pods that are open to everybody meet pods that are;
 * `bounded`: a rule lets some connection pass. Of several witnesses the first in the estate is named.
 */
export function createPodNetwork(estate: Pick<Estate, "workloads">, networks: readonly ClusterNetwork[]): PodNetwork {
  const byName = new Map<string, TenantNetwork>();
  const byCluster = Map.groupBy(estate.workloads, ({ cluster }) => cluster);
  for (const { cluster, reach } of networks) {
    byName.set(cluster.name, new TenantNetwork(reach, byCluster.get(cluster.name) ?? []));
  }
  return { between: (cluster, left, right) => byName.get(cluster)?.between(left, right) ?? { kind: "separate" } };
}

/** The classes that hold pods of one tenant. */
interface TenantClasses {
  readonly classes: BitSet;
  /** Position of the tenant's first workload of each class. */
  readonly first: ReadonlyMap<number, number>;
}

class TenantNetwork {
  readonly #reach: ClusterReach;
  readonly #workloads: readonly Workload[];
  readonly #tenants: ReadonlyMap<string, TenantClasses>;
  readonly #open = new Map<string, boolean>();

  constructor(reach: ClusterReach, workloads: readonly Workload[]) {
    this.#reach = reach;
    this.#workloads = workloads;
    const firsts = new Map<string, Map<number, number>>();
    for (const [position, { tenant }] of workloads.entries()) {
      const first = entryOf(firsts, tenant, () => new Map<number, number>());
      entryOf(first, reach.classOf[position] ?? 0, () => position);
    }
    this.#tenants = new Map(
      [...firsts].map(([tenant, first]) => [tenant, { first, classes: BitSet.of(reach.classes.length, first.keys()) }]),
    );
  }

  between(left: string, right: string): PodNetworkSharing {
    const ours = this.#tenants.get(left);
    const theirs = this.#tenants.get(right);
    if (ours === undefined || theirs === undefined) return { kind: "separate" };
    const open = this.#openConnection(ours, theirs) ?? this.#openConnection(theirs, ours);
    if (open !== undefined) return { kind: "shared", ...open };
    const found = [this.#connections(ours, theirs), this.#connections(theirs, ours)];
    const doubtful = found.map(({ possible }) => possible).find((each) => each !== undefined);
    const certain = found.map((each) => each.certain).find((each) => each !== undefined);
    if (certain !== undefined) return { kind: "bounded", ...this.#named(certain) };
    return doubtful === undefined ? { kind: "separate" } : { kind: "notEvaluated", because: this.#doubtOf(doubtful) };
  }

  /** A connection between pods that are open to everybody. */
  #openConnection(from: TenantClasses, to: TenantClasses): Connection | undefined {
    for (const [source, sourcePosition] of from.first) {
      if (!this.#isOpen(source, "egress")) continue;
      for (const [target, targetPosition] of to.first) {
        if (!this.#isOpen(target, "ingress")) continue;
        if (isAllPorts(this.#reach.betweenClasses(source, target).certain))
          return this.#named([sourcePosition, targetPosition]);
      }
    }
    return undefined;
  }

  #isOpen(subject: number, direction: Direction): boolean {
    return entryOf(this.#open, `${direction} ${subject}`, () =>
      isAllPorts(this.#reach.outsider(subject, direction, { kind: "stranger" }).certain),
    );
  }

  #connections(from: TenantClasses, to: TenantClasses) {
    let certain: readonly [number, number] | undefined;
    let possible: readonly [number, number] | undefined;
    for (const [source, sourcePosition] of from.first) {
      for (const target of this.#reach.direction(source, "egress").reached.intersect(to.classes)) {
        if (!this.#reach.direction(target, "ingress").reached.has(source)) continue;
        const bounds = this.#reach.betweenClasses(source, target);
        if (isEmptyPortSet(bounds.possible)) continue;
        const pair = [sourcePosition, to.first.get(target) ?? 0] as const;
        possible ??= pair;
        if (!isEmptyPortSet(bounds.certain)) certain = earlier(certain, pair);
      }
    }
    return { certain, possible };
  }

  #named([from, to]: readonly [number, number]): Connection {
    const [source, target] = [this.#workloads[from], this.#workloads[to]];
    if (source === undefined || target === undefined) throw new RangeError(`no workload ${from} or ${to}`);
    return { from: source, to: target };
  }

  #doubtOf([from, to]: readonly [number, number]): string {
    const reasons = [
      explainDirection(this.#reach, to, "ingress", from),
      explainDirection(this.#reach, from, "egress", to),
    ];
    const reason = reasons.find(({ verdict }) => verdict === "undecided")?.because ?? "their policies leave it open";
    return `${this.#workloads[from]?.label} may reach ${this.#workloads[to]?.label}: ${reason}`;
  }
}

/** The pair whose target, then source, comes first in the estate. */
function earlier(known: readonly [number, number] | undefined, pair: readonly [number, number]) {
  if (known === undefined || pair[1] < known[1] || (pair[1] === known[1] && pair[0] < known[0])) return pair;
  return known;
}
