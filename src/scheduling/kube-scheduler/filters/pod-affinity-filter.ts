import type { AffinityTerm } from "../model/affinity-term.ts";
import type { PodTemplate } from "../model/pod-template.ts";
import type { ClusterState } from "../state/cluster-state.ts";
import type { OwnedTerm } from "../state/owned-terms.ts";
import type { DomainCount } from "../state/selection-count.ts";

/** Which rule of InterPodAffinity a node fails, in the order in which they are checked. */
export type AffinityFailure =
  | { readonly kind: "affinity"; readonly term: AffinityTerm }
  | { readonly kind: "antiAffinity"; readonly term: AffinityTerm }
  | { readonly kind: "othersAntiAffinity"; readonly term: AffinityTerm };

interface TermCount {
  readonly term: AffinityTerm;
  readonly count: DomainCount;
}

/** InterPodAffinity as a filter: the pod's own required terms, and those of placed pods that select it. */
export class PodAffinityFilter {
  private readonly template: PodTemplate;
  private readonly state: ClusterState;
  private readonly affinity: readonly TermCount[];
  private readonly antiAffinity: readonly TermCount[];
  private readonly matchesOwnAffinity: boolean;
  private others: readonly OwnedTerm[] = [];
  /** No placed pod matches the own affinity and this pod would: it may be the first of its group. */
  private mayBeFirst = false;

  constructor(template: PodTemplate, state: ClusterState) {
    this.template = template;
    this.state = state;
    const required = template.podAffinity.required;
    const selections = required.map(({ selection }) => selection);
    // Affinity counts pods that match all terms together, anti-affinity each term by itself.
    this.affinity = required.map((term) => ({
      term,
      count: state.counts.countOf(selections, true).inDomains(state.nodes.topology(term.topologyKey)),
    }));
    this.antiAffinity = template.podAntiAffinity.required.map((term) => ({
      term,
      count: state.counts.countOf([term.selection], true).inDomains(state.nodes.topology(term.topologyKey)),
    }));
    this.matchesOwnAffinity = selections.every((selection) => state.counts.selectsTemplate(selection, template));
  }

  /** To be called before the others whenever pods or nodes have changed; false when no node can fail. */
  prepare(): boolean {
    this.others = this.state.counts
      .termsSelecting(this.template)
      .filter(({ role, total }) => role === "requiredAntiAffinity" && total > 0);
    this.mayBeFirst = this.matchesOwnAffinity && this.affinity.every(({ count }) => isEmpty(count));
    return this.affinity.length > 0 || this.antiAffinity.length > 0 || this.others.length > 0;
  }

  passes(slot: number): boolean {
    if (!this.mayBeFirst) {
      for (const { count } of this.affinity) if (podsAround(count, slot) <= 0) return false;
    } else {
      for (const { count } of this.affinity) if ((count.topology.domainOf[slot] ?? -1) < 0) return false;
    }
    for (const { count } of this.antiAffinity) if (podsAround(count, slot) > 0) return false;
    for (const { topology, owners } of this.others) {
      const domain = topology.domainOf[slot] ?? -1;
      if (domain >= 0 && owners.at(domain) > 0) return false;
    }
    return true;
  }

  /** Every term that the node fails, in the order in which they are checked. */
  failures(slot: number): readonly AffinityFailure[] {
    const lacking = this.affinity.filter(({ count }) =>
      this.mayBeFirst ? (count.topology.domainOf[slot] ?? -1) < 0 : podsAround(count, slot) <= 0,
    );
    const repelling = this.antiAffinity.filter(({ count }) => podsAround(count, slot) > 0);
    const repelled = this.others.filter(({ topology, owners }) => podsAround({ topology, pods: owners }, slot) > 0);
    return [
      ...lacking.map(({ term }) => ({ kind: "affinity", term }) as const),
      ...repelling.map(({ term }) => ({ kind: "antiAffinity", term }) as const),
      ...repelled.map(({ term }) => ({ kind: "othersAntiAffinity", term }) as const),
    ];
  }
}

/** Pods counted in the node's domain; none where it lacks the key. */
function podsAround({ topology, pods }: DomainCount, slot: number): number {
  const domain = topology.domainOf[slot] ?? -1;
  return domain < 0 ? 0 : pods.at(domain);
}

function isEmpty({ pods, topology }: DomainCount): boolean {
  for (let domain = 0; domain < topology.size; domain += 1) if (pods.at(domain) > 0) return false;
  return true;
}
