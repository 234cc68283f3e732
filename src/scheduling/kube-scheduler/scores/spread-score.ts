import { eligibleNodes } from "../filters/spread-eligibility.ts";
import { countedSelection } from "../filters/spread-filter.ts";
import type { PodTemplate } from "../model/pod-template.ts";
import type { SpreadConstraint } from "../model/spread-constraint.ts";
import { maximumNodeScore } from "../plugins.ts";
import type { SchedulerVersion } from "../scheduler-version.ts";
import type { ClusterState } from "../state/cluster-state.ts";
import type { SelectionCount, SpreadCount } from "../state/selection-count.ts";
import type { Topology } from "../state/topology.ts";
import { constantScore, type FeasibleNodes, type ScoreBuffers, type ScoreColumn } from "./score-column.ts";

const hostnameKey = "kubernetes.io/hostname";

interface SoftConstraint {
  readonly maxSkew: number;
  readonly topology: Topology;
  /** Hostname constraints count on the node itself, the others over the domain. */
  readonly isByNode: boolean;
  readonly onNode: SelectionCount;
  readonly inDomains: SpreadCount;
}

/** PodTopologySpread as a score: the soft constraints of a pod template. */
export class SpreadScore {
  private readonly constraints: readonly SoftConstraint[];
  /** The pod's own constraints leave out nodes that lack a key; system defaults only skip that constraint. */
  private readonly requiresAllKeys: boolean;
  private readonly withoutConstraints: ScoreColumn;
  private raw: Float64Array = new Float64Array(0);
  /** For each constraint, the evaluation in which a domain was last seen. */
  private seen: Int32Array[] = [];
  private evaluation = 0;

  constructor(
    constraints: readonly SpreadConstraint[],
    requiresAllKeys: boolean,
    template: PodTemplate,
    state: ClusterState,
    version: SchedulerVersion,
  ) {
    const soft = constraints.filter(({ whenUnsatisfiable }) => whenUnsatisfiable === "ScheduleAnyway");
    const topologyKeys = requiresAllKeys ? soft.map(({ topologyKey }) => topologyKey) : [];
    this.requiresAllKeys = requiresAllKeys;
    this.withoutConstraints = constantScore(version.scoresUnspreadPods ? maximumNodeScore : 0);
    this.constraints = soft.map((constraint) => {
      const count = state.counts.countOf([countedSelection(constraint, template, version)], false);
      const topology = state.nodes.topology(constraint.topologyKey);
      const { key, column } = eligibleNodes({ ...constraint, topologyKeys }, template, state.nodes);
      return {
        maxSkew: constraint.maxSkew,
        topology,
        isByNode: constraint.topologyKey === hostnameKey,
        onNode: count,
        inDomains: count.overEligible(topology, column, key, state.nodes.slots),
      };
    });
  }

  score(feasible: FeasibleNodes, buffers: ScoreBuffers): ScoreColumn {
    if (this.constraints.length === 0) return this.withoutConstraints;
    this.raw = buffers.raw;
    const ignored = this.markIgnored(feasible);
    const weights = this.weights(feasible, feasible.count - ignored);
    this.scoreRaw(feasible, weights);
    return this.normalize(feasible, buffers.spread);
  }

  /** Sets raw to -1 where the node is left out, 0 elsewhere; returns how many are left out. */
  private markIgnored(feasible: FeasibleNodes): number {
    const { raw, constraints } = this;
    let ignored = 0;
    for (let index = 0; index < feasible.count; index += 1) {
      const slot = feasible.slots[index] ?? 0;
      raw[slot] = 0;
      if (!this.requiresAllKeys) continue;
      for (let at = 0; at < constraints.length; at += 1) {
        if ((constraints[at]?.topology.domainOf[slot] ?? -1) >= 0) continue;
        raw[slot] = -1;
        ignored += 1;
        break;
      }
    }
    return ignored;
  }

  /** `ln(size + 2)`, size being the number of domains that feasible nodes are in. */
  private weights(feasible: FeasibleNodes, counted: number): readonly number[] {
    this.evaluation += 1;
    return this.constraints.map(({ isByNode, topology }, at) =>
      Math.log((isByNode ? counted : this.domainsSeen(feasible, topology, at)) + 2),
    );
  }

  private domainsSeen(feasible: FeasibleNodes, topology: Topology, at: number): number {
    let seen = this.seen[at];
    // One place more for nodes without the key, which upstream counts as a domain of their own.
    if (seen === undefined || seen.length <= topology.size) {
      seen = new Int32Array(topology.size * 2 + 1);
      this.seen[at] = seen;
    }
    const { raw, evaluation } = this;
    let domains = 0;
    for (let index = 0; index < feasible.count; index += 1) {
      const slot = feasible.slots[index] ?? 0;
      if (raw[slot] === -1) continue;
      const place = (topology.domainOf[slot] ?? -1) + 1;
      if (seen[place] === evaluation) continue;
      seen[place] = evaluation;
      domains += 1;
    }
    return domains;
  }

  private scoreRaw(feasible: FeasibleNodes, weights: readonly number[]): void {
    const { raw, constraints } = this;
    for (let index = 0; index < feasible.count; index += 1) {
      const slot = feasible.slots[index] ?? 0;
      if (raw[slot] === -1) continue;
      let score = 0;
      for (let at = 0; at < constraints.length; at += 1) {
        const constraint = constraints[at];
        const domain = constraint?.topology.domainOf[slot] ?? -1;
        if (constraint === undefined || domain < 0) continue;
        const pods = constraint.isByNode ? constraint.onNode.onNode.at(slot) : constraint.inDomains.pods.at(domain);
        score += pods * (weights[at] ?? 0) + (constraint.maxSkew - 1);
      }
      raw[slot] = Math.round(score);
    }
  }

  private normalize(feasible: FeasibleNodes, scores: Int32Array): ScoreColumn {
    const { raw } = this;
    let least = Number.POSITIVE_INFINITY;
    let most = 0;
    for (let index = 0; index < feasible.count; index += 1) {
      const value = raw[feasible.slots[index] ?? 0] ?? -1;
      if (value === -1) continue;
      if (value < least) least = value;
      if (value > most) most = value;
    }
    for (let index = 0; index < feasible.count; index += 1) {
      const slot = feasible.slots[index] ?? 0;
      const value = raw[slot] ?? -1;
      if (value === -1) scores[slot] = 0;
      else
        scores[slot] = most === 0 ? maximumNodeScore : Math.floor((maximumNodeScore * (most + least - value)) / most);
    }
    return { kind: "bySlot", scores };
  }
}
