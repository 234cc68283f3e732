import type { PodTemplate } from "../model/pod-template.ts";
import { maximumNodeScore } from "../plugins.ts";
import type { ClusterState } from "../state/cluster-state.ts";
import type { Tally } from "../state/tally.ts";
import type { Topology } from "../state/topology.ts";
import { constantScore, type FeasibleNodes, type ScoreBuffers, type ScoreColumn } from "./score-column.ts";

/** So many points for each pod counted in the node's domain. */
interface Attraction {
  readonly topology: Topology;
  readonly pods: Tally;
  readonly weight: number;
}

/** InterPodAffinity as a score: the pod's preferred terms, and the terms of placed pods that select it. */
export class PodAffinityScore {
  private readonly template: PodTemplate;
  private readonly state: ClusterState;
  private readonly own: readonly Attraction[];

  constructor(template: PodTemplate, state: ClusterState) {
    this.template = template;
    this.state = state;
    const weighted = [
      ...template.podAffinity.preferred,
      ...template.podAntiAffinity.preferred.map(({ weight, term }) => ({ weight: -weight, term })),
    ];
    this.own = weighted.map(({ weight, term }) => {
      const topology = state.nodes.topology(term.topologyKey);
      return { topology, pods: state.counts.countOf([term.selection], true).inDomains(topology).pods, weight };
    });
  }

  score(feasible: FeasibleNodes, { raw, affinity: scores }: ScoreBuffers): ScoreColumn {
    const attractions = [...this.own, ...this.others()];
    if (attractions.length === 0) return constantScore(0);
    for (let index = 0; index < feasible.count; index += 1) raw[feasible.slots[index] ?? 0] = 0;
    for (const attraction of attractions) addPoints(attraction, feasible, raw);
    let least = Number.POSITIVE_INFINITY;
    let most = Number.NEGATIVE_INFINITY;
    for (let index = 0; index < feasible.count; index += 1) {
      const value = raw[feasible.slots[index] ?? 0] ?? 0;
      if (value < least) least = value;
      if (value > most) most = value;
    }
    if (most === least) return constantScore(0);
    for (let index = 0; index < feasible.count; index += 1) {
      const slot = feasible.slots[index] ?? 0;
      scores[slot] = Math.trunc(maximumNodeScore * (((raw[slot] ?? 0) - least) / (most - least)));
    }
    return { kind: "bySlot", scores };
  }

  private others(): readonly Attraction[] {
    return this.state.counts.termsSelecting(this.template).flatMap(({ topology, owners, weight, total }) => {
      return weight === 0 || total === 0 ? [] : [{ topology, pods: owners, weight }];
    });
  }
}

function addPoints({ topology, pods, weight }: Attraction, feasible: FeasibleNodes, raw: Float64Array): void {
  const { domainOf } = topology;
  for (let index = 0; index < feasible.count; index += 1) {
    const slot = feasible.slots[index] ?? 0;
    const domain = domainOf[slot] ?? -1;
    if (domain >= 0) raw[slot] = (raw[slot] ?? 0) + weight * pods.at(domain);
  }
}
