import type { SpreadRule } from "../../../estate/kubernetes/workload.ts";
import type { PackedNode, PackingItem, PackingPool } from "./packing-model.ts";

const hostnameKey = "kubernetes.io/hostname";

/** Where a node is, or would be. */
type Position = Pick<PackedNode, "pool" | "classIndex" | "zone">;

/** A required rule with the replicas counted by topology domain so far. */
interface CountedRule {
  readonly rule: SpreadRule;
  readonly counts: Map<string, number>;
  /** Smallest count over the domains; undefined when it must be found anew. */
  smallest: number | undefined;
}

/**
 * Where the replicas of one workload are, while they are being placed: by node and by zone, and by the domains of its
 * required spread rules (DoNotSchedule constraints and required anti-affinity against itself).
 */
export class SpreadTally {
  readonly #pools: readonly PackingPool[];
  readonly #item: PackingItem;
  readonly #byNode = new Map<number, number>();
  readonly #byZone: number[] = [];
  readonly #required: readonly CountedRule[];
  readonly #oneEachNode: boolean;

  constructor(pools: readonly PackingPool[], item: PackingItem) {
    this.#pools = pools;
    this.#item = item;
    const required = item.shape.spread.filter(({ strength }) => strength === "required");
    this.#required = required.map((rule) => ({ rule, counts: new Map(), smallest: undefined }));
    this.#oneEachNode = item.shape.hostPorts;
  }

  get hasRequiredRules(): boolean {
    return this.#required.length > 0;
  }

  onNode(index: number): number {
    return this.#byNode.get(index) ?? 0;
  }

  inZone(zone: number): number {
    return this.#byZone[zone] ?? 0;
  }

  /** The node opens a domain of each required rule: it counts with zero replicas from now on. */
  open(node: PackedNode, index: number): void {
    if (this.#item.admittedClasses[node.pool]?.[node.classIndex] !== true) return;
    for (const counted of this.#required) {
      const domain = this.#domain(node, index, counted.rule.topologyKey);
      if (domain === undefined || counted.counts.has(domain)) continue;
      counted.counts.set(domain, 0);
      counted.smallest = 0;
    }
  }

  /** The required rule that keeps another replica from the node; undefined when none does. */
  obstacle(node: Position, index: number): string | undefined {
    if (this.#oneEachNode && this.onNode(index) > 0) return "a host port is taken on every node";
    for (const counted of this.#required) {
      const { rule, counts } = counted;
      const domain = this.#domain(node, index, rule.topologyKey);
      if (rule.origin === "podAntiAffinity") {
        if (domain !== undefined && (counts.get(domain) ?? 0) > 0) {
          return `required anti-affinity over ${rule.topologyKey}`;
        }
        continue;
      }
      if (domain === undefined) return `no label ${rule.topologyKey} for the spread constraint`;
      const count = counts.get(domain);
      const smallest = count === undefined ? 0 : smallestOf(counted);
      if ((count ?? 0) + 1 - smallest > rule.maxSkew) {
        return `spread constraint over ${rule.topologyKey} with maxSkew ${rule.maxSkew}`;
      }
    }
    return undefined;
  }

  place(node: PackedNode, index: number): void {
    this.#byNode.set(index, this.onNode(index) + 1);
    this.#byZone[node.zone] = this.inZone(node.zone) + 1;
    for (const counted of this.#required) {
      const domain = this.#domain(node, index, counted.rule.topologyKey);
      if (domain === undefined) continue;
      const count = counted.counts.get(domain) ?? 0;
      counted.counts.set(domain, count + 1);
      if (count === counted.smallest) counted.smallest = undefined;
    }
  }

  #domain(node: Position, index: number, key: string): string | undefined {
    return key === hostnameKey ? `node ${index}` : this.#label(node, key);
  }

  #label(node: Position, key: string): string | undefined {
    const labels = this.#pools[node.pool]?.classes[node.classIndex]?.labels;
    return labels !== undefined && Object.hasOwn(labels, key) ? labels[key] : undefined;
  }
}

function smallestOf(counted: CountedRule): number {
  if (counted.smallest === undefined) {
    let smallest = Number.POSITIVE_INFINITY;
    for (const count of counted.counts.values()) smallest = Math.min(smallest, count);
    counted.smallest = smallest;
  }
  return counted.smallest;
}
