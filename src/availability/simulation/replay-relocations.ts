import { CapacityMeter } from "../../scheduling/replay/failure/capacity-left.ts";
import type { FailureOutcome } from "../../scheduling/replay/failure/failure-outcome.ts";
import { replayFailure } from "../../scheduling/replay/failure/replay-failure.ts";
import { secondsToReplace, secondsToStart } from "../../scheduling/replay/replacement-time.ts";
import type { ReplayCluster, ReplayNode } from "../../scheduling/replay/replay-cluster.ts";
import type { ReplicaGroup } from "../from-estate/replica-group.ts";
import { asTheTreeHasIt, type LostElement, type Relocation, type Relocations } from "./relocation.ts";

/** Different losses that are replayed; beyond that only what was lost last is looked at. */
const MAXIMUM_REPLAYS = 3_000;

/**
 * Where pods go by the real scheduler on the cluster as it is placed: a loss is replayed once with everything that the
 * group has lost, and says whether its pods fit, need a new node, or wait. Times are those of the pods' own tolerations,
 * probes and disks. What no cluster runs, such as a controller of AKS, comes back as the fault tree has it.
 */
export class ReplayRelocations implements Relocations {
  readonly #clusters: ReadonlyMap<string, ReplayCluster>;
  readonly #sites = new Map<string, GroupSite | undefined>();
  readonly #known = new Map<string, Relocation>();
  #replays = 0;

  constructor(clusters: readonly ReplayCluster[]) {
    this.#clusters = new Map(clusters.map((cluster) => [cluster.name, cluster]));
  }

  /** How many different losses were replayed. */
  get replays(): number {
    return this.#replays;
  }

  relocate(group: ReplicaGroup | undefined, lost: readonly LostElement[], expectedHours: number): Relocation {
    const site = group === undefined ? undefined : this.#siteOf(group);
    const last = lost.at(-1);
    if (group === undefined || site === undefined || last === undefined) {
      return asTheTreeHasIt.relocate(group, lost, expectedHours);
    }
    const elements = lost.map(({ kind, index }) => `${kind} ${index}`).toSorted();
    const key = `${group.id}: ${elements.join()}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const looked = this.#replays < MAXIMUM_REPLAYS ? lost : [last];
    const relocation = this.#replay(group, site, looked) ?? asTheTreeHasIt.relocate(group, lost, expectedHours);
    this.#known.set(key, relocation);
    return relocation;
  }

  #replay(group: ReplicaGroup, site: GroupSite, lost: readonly LostElement[]): Relocation | undefined {
    const workload = site.cluster.workloads.get(group.id);
    const nodes = new Set(lost.flatMap((element) => site.nodesOf(element)));
    if (workload === undefined || nodes.size === 0) return undefined;
    const zones = lost.flatMap(({ kind, index }) => (kind === "zone" ? (site.zones[index]?.name ?? []) : []));
    this.#replays += 1;
    const outcome = replayFailure(
      site.cluster,
      { kind: "set", name: "simulated", nodes: [...nodes].sort(), zones, pools: [] },
      site.meter,
    );
    const startSeconds = secondsToStart(workload);
    return {
      releasedSeconds: secondsToReplace(workload) - startSeconds,
      startSeconds,
      room: roomIn(outcome, group),
    };
  }

  #siteOf(group: ReplicaGroup): GroupSite | undefined {
    if (this.#sites.has(group.id)) return this.#sites.get(group.id);
    const cluster = this.#clusters.get(group.cluster);
    const site = cluster === undefined ? undefined : GroupSite.find(cluster, group.id);
    this.#sites.set(group.id, site);
    return site;
  }
}

/** One replica that runs again is enough for a group that needs one; of others every pod must be back. */
function roomIn({ pendingGroups, workloads }: FailureOutcome, { id, needed }: ReplicaGroup): Relocation["room"] {
  const pending = pendingGroups.filter(({ workload }) => workload === id);
  if (pending.length === 0) return "free";
  const effect = workloads.find(({ workload }) => workload === id);
  if (needed === 1 && (effect?.upAfter ?? 0) > 0) return "free";
  return pending.every(({ secondsAtLeast }) => secondsAtLeast !== undefined) ? "newNode" : "none";
}

interface SiteZone {
  readonly name: string | undefined;
  readonly nodes: readonly ReplayNode[];
}

/** The nodes under one group, in the order in which the fault tree counts zones and nodes: the heaviest first. */
class GroupSite {
  readonly cluster: ReplayCluster;
  readonly zones: readonly SiteZone[];
  readonly meter: CapacityMeter;

  private constructor(cluster: ReplayCluster, zones: readonly SiteZone[]) {
    this.cluster = cluster;
    this.zones = zones;
    this.meter = new CapacityMeter(cluster);
  }

  static find(cluster: ReplayCluster, workload: string): GroupSite | undefined {
    const pods = new Map<string, number>();
    for (const [pod, owner] of cluster.workloadOfPod) {
      if (owner !== workload) continue;
      const node = cluster.scheduler.cluster.nodeOf(pod);
      if (node !== undefined) pods.set(node, (pods.get(node) ?? 0) + 1);
    }
    if (pods.size === 0) return undefined;
    const under = cluster.nodes.filter(({ name }) => pods.has(name));
    const zones = [...Map.groupBy(under, ({ zone }) => zone)].map(([name, nodes]) => ({
      name,
      nodes: nodes.toSorted((left, right) => (pods.get(right.name) ?? 0) - (pods.get(left.name) ?? 0)),
    }));
    return new GroupSite(
      cluster,
      zones.toSorted(
        (left, right) => right.nodes.length - left.nodes.length || ((left.name ?? "") < (right.name ?? "") ? -1 : 1),
      ),
    );
  }

  /** Names of the nodes that go with it: of a zone all that the cluster has there. */
  nodesOf({ kind, index }: LostElement): readonly string[] {
    if (kind === "node")
      return this.zones
        .flatMap(({ nodes }) => nodes)
        .slice(index, index + 1)
        .map(({ name }) => name);
    const zone = this.zones[index];
    if (zone === undefined) return [];
    return this.cluster.nodes.filter((node) => node.zone === zone.name).map(({ name }) => name);
  }
}
