import type { AffinityTerm } from "../model/affinity-term.ts";
import type { PodTemplate } from "../model/pod-template.ts";
import { Tally } from "./tally.ts";
import type { Topology } from "./topology.ts";

type TermRole = "requiredAffinity" | "requiredAntiAffinity" | "preferredAffinity" | "preferredAntiAffinity";

/** A pod affinity term that placed pods state, with the number of those pods by domain of its topology. */
export interface OwnedTerm {
  readonly term: AffinityTerm;
  readonly role: TermRole;
  /** What one owner adds to the score of its domain; 0 for required anti-affinity, which only filters. */
  readonly weight: number;
  readonly topology: Topology;
  readonly owners: Tally;
  /** Owners on nodes that have the key. */
  total: number;
}

/** The terms that placed pods state. A term that several pods share is kept once. */
export class OwnedTerms {
  readonly all: OwnedTerm[] = [];
  private readonly byKey = new Map<string, OwnedTerm>();
  private readonly byTemplate = new Map<PodTemplate, readonly OwnedTerm[]>();
  private readonly topologyOf: (key: string) => Topology;
  private readonly hardPodAffinityWeight: number;

  constructor(topologyOf: (key: string) => Topology, hardPodAffinityWeight: number) {
    this.topologyOf = topologyOf;
    this.hardPodAffinityWeight = hardPodAffinityWeight;
  }

  /** Counts the terms of a pod in (1) or out (-1). */
  count(template: PodTemplate, slot: number, sign: 1 | -1): void {
    for (const owned of this.termsOf(template)) {
      const domain = owned.topology.domainOf[slot] ?? -1;
      if (domain < 0) continue;
      owned.owners.add(domain, sign);
      owned.total += sign;
    }
  }

  private termsOf(template: PodTemplate): readonly OwnedTerm[] {
    const known = this.byTemplate.get(template);
    if (known !== undefined) return known;
    const { podAffinity, podAntiAffinity } = template;
    const terms = [
      ...podAffinity.required.map((term) => this.owned("requiredAffinity", this.hardPodAffinityWeight, term)),
      ...podAntiAffinity.required.map((term) => this.owned("requiredAntiAffinity", 0, term)),
      ...podAffinity.preferred.map(({ weight, term }) => this.owned("preferredAffinity", weight, term)),
      ...podAntiAffinity.preferred.map(({ weight, term }) => this.owned("preferredAntiAffinity", -weight, term)),
    ];
    this.byTemplate.set(template, terms);
    return terms;
  }

  private owned(role: TermRole, weight: number, term: AffinityTerm): OwnedTerm {
    const key = `${role} ${weight} ${term.topologyKey} ${term.selection.key}`;
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const topology = this.topologyOf(term.topologyKey);
    const owned: OwnedTerm = { term, role, weight, topology, owners: new Tally(), total: 0 };
    this.byKey.set(key, owned);
    this.all.push(owned);
    return owned;
  }
}
