import { type PodSelection, podSelection } from "../model/affinity-term.ts";
import type { PodTemplate } from "../model/pod-template.ts";
import type { SpreadConstraint } from "../model/spread-constraint.ts";
import type { SchedulerVersion } from "../scheduler-version.ts";
import type { ClusterState } from "../state/cluster-state.ts";
import type { SpreadCount } from "../state/selection-count.ts";
import { eligibleNodes } from "./spread-eligibility.ts";

interface HardConstraint {
  readonly constraint: SpreadConstraint;
  readonly count: SpreadCount;
  /** 1 when the pod is one of those it counts. */
  readonly self: number;
}

/** Why a node fails a spread constraint. */
export type SpreadFailure =
  | { readonly kind: "missingLabel"; readonly constraint: SpreadConstraint }
  | { readonly kind: "skew"; readonly constraint: SpreadConstraint; readonly skew: number };

/** PodTopologySpread as a filter: the constraints of a pod template that must hold. */
export class SpreadFilter {
  private readonly constraints: readonly HardConstraint[];
  private minima: readonly number[] = [];

  constructor(
    constraints: readonly SpreadConstraint[],
    template: PodTemplate,
    state: ClusterState,
    version: SchedulerVersion,
  ) {
    const hard = constraints.filter(({ whenUnsatisfiable }) => whenUnsatisfiable === "DoNotSchedule");
    const topologyKeys = hard.map(({ topologyKey }) => topologyKey);
    this.constraints = hard.map((constraint) => {
      const selection = countedSelection(constraint, template, version);
      const { key, column } = eligibleNodes({ ...constraint, topologyKeys }, template, state.nodes);
      const topology = state.nodes.topology(constraint.topologyKey);
      return {
        constraint,
        count: state.counts.countOf([selection], false).overEligible(topology, column, key, state.nodes.slots),
        self: state.counts.selectsTemplate(selectionOf(constraint, template), template) ? 1 : 0,
      };
    });
  }

  get isEmpty(): boolean {
    return this.constraints.length === 0;
  }

  /** Reads the least filled domains; to be called before the others whenever pods or nodes have changed. */
  prepare(): void {
    this.minima = this.constraints.map(({ constraint, count }) => leastPods(count, constraint.minDomains));
  }

  passes(slot: number): boolean {
    const { constraints } = this;
    for (let index = 0; index < constraints.length; index += 1) {
      const entry = constraints[index];
      if (entry === undefined) continue;
      const domain = entry.count.topology.domainOf[slot] ?? -1;
      if (domain < 0) return false;
      if (entry.count.pods.at(domain) + entry.self - (this.minima[index] ?? 0) > entry.constraint.maxSkew) return false;
    }
    return true;
  }

  /** Every constraint that the node fails. */
  failures(slot: number): readonly SpreadFailure[] {
    return this.constraints.flatMap(({ constraint, count, self }, index): readonly SpreadFailure[] => {
      const domain = count.topology.domainOf[slot] ?? -1;
      if (domain < 0) return [{ kind: "missingLabel", constraint }];
      const skew = count.pods.at(domain) + self - (this.minima[index] ?? 0);
      return skew > constraint.maxSkew ? [{ kind: "skew", constraint, skew }] : [];
    });
  }
}

/** Fewest pods in a domain that has an eligible node; 0 when there are fewer domains than asked for. */
function leastPods({ pods, nodes, topology }: SpreadCount, minDomains: number): number {
  let domains = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let domain = 0; domain < topology.size; domain += 1) {
    if (nodes.at(domain) === 0) continue;
    domains += 1;
    least = Math.min(least, pods.at(domain));
  }
  return domains < minDomains ? 0 : least;
}

/** The pods that a constraint's selector holds, in the namespace of the pod. */
function selectionOf({ selector }: SpreadConstraint, { namespace }: PodTemplate): PodSelection {
  return podSelection([namespace], undefined, selector);
}

/** The same as far as it is counted: from 1.27 an empty selector counts nothing. */
export function countedSelection(
  constraint: SpreadConstraint,
  template: PodTemplate,
  { emptySpreadSelectorCountsNothing }: SchedulerVersion,
): PodSelection {
  const isEmpty = constraint.selector?.requirements.length === 0;
  return isEmpty && emptySpreadSelectorCountsNothing
    ? podSelection([template.namespace], undefined, undefined)
    : selectionOf(constraint, template);
}
