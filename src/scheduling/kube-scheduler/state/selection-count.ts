import type { NodeColumn } from "./node-table.ts";
import { Tally } from "./tally.ts";
import type { Topology } from "./topology.ts";

/** A selection's pods by domain of one topology. */
export interface DomainCount {
  readonly topology: Topology;
  /** Pods on nodes that have the key, by domain. */
  readonly pods: Tally;
}

/** As `DomainCount`, over eligible nodes only, with the number of such nodes by domain. */
export interface SpreadCount extends DomainCount {
  /** 1 for each eligible node, by slot. */
  readonly eligible: NodeColumn;
  readonly nodes: Tally;
}

/** How many placed pods a selection holds, by slot and by domain, counted as pods come and go. */
export class SelectionCount {
  /** Pods by slot. */
  readonly onNode = new Tally();
  /** All of them on nodes. */
  total = 0;
  private readonly byTopology = new Map<string, DomainCount>();
  private readonly byEligibility = new Map<string, SpreadCount>();

  add(slot: number, pods: number): void {
    this.onNode.add(slot, pods);
    this.total += pods;
    for (const { topology, pods: tally } of this.byTopology.values()) addAt(topology, tally, slot, pods);
    for (const { topology, pods: tally, eligible } of this.byEligibility.values()) {
      if (eligible.values[slot] === 1) addAt(topology, tally, slot, pods);
    }
  }

  inDomains(topology: Topology): DomainCount {
    const known = this.byTopology.get(topology.key);
    if (known !== undefined) return known;
    const count: DomainCount = { topology, pods: new Tally() };
    for (const [slot, pods] of this.onNode.values.entries()) if (pods !== 0) addAt(topology, count.pods, slot, pods);
    this.byTopology.set(topology.key, count);
    return count;
  }

  /** `key` names the eligibility by content; `slots` are those to look at. */
  overEligible(topology: Topology, eligible: NodeColumn, key: string, slots: number): SpreadCount {
    const id = `${topology.key}\n${key}`;
    const known = this.byEligibility.get(id);
    if (known !== undefined) return known;
    const count: SpreadCount = { topology, pods: new Tally(), eligible, nodes: new Tally() };
    for (let slot = 0; slot < slots; slot += 1) {
      if (eligible.values[slot] !== 1 || (topology.domainOf[slot] ?? -1) < 0) continue;
      addAt(topology, count.nodes, slot, 1);
      addAt(topology, count.pods, slot, this.onNode.at(slot));
    }
    this.byEligibility.set(id, count);
    return count;
  }

  /** A node came (1) or goes (-1): eligible domains gain or lose a node. */
  countNode(slot: number, sign: 1 | -1): void {
    for (const { topology, nodes, eligible } of this.byEligibility.values()) {
      if (eligible.values[slot] === 1) addAt(topology, nodes, slot, sign);
    }
  }
}

function addAt(topology: Topology, tally: Tally, slot: number, amount: number): void {
  const domain = topology.domainOf[slot] ?? -1;
  if (domain >= 0) tally.add(domain, amount);
}
