import type { StringMap } from "../../../estate/kubernetes/json-value.ts";
import { type PodSelection, selectsPod } from "../model/affinity-term.ts";
import type { ClusterPod } from "../model/cluster-pod.ts";
import type { PodTemplate } from "../model/pod-template.ts";
import type { LabelClass } from "./label-class.ts";
import { type OwnedTerm, OwnedTerms } from "./owned-terms.ts";
import { SelectionCount } from "./selection-count.ts";
import type { Topology } from "./topology.ts";

/** Which pods a count holds: all that every selection holds, without terminating ones for topology spread. */
interface CountRule {
  readonly selections: readonly PodSelection[];
  readonly withTerminating: boolean;
}

/** Counts of placed pods by what selects them. Each is made when first asked for and kept up to date from then on. */
export class PodCounts {
  readonly terms: OwnedTerms;
  private readonly labelsOfNamespace: (namespace: string) => StringMap;
  private readonly classes = new Map<string, LabelClass>();
  private readonly classByTemplate = new Map<PodTemplate, LabelClass>();
  private readonly counts = new Map<string, { readonly rule: CountRule; readonly count: SelectionCount }>();

  constructor(
    topologyOf: (key: string) => Topology,
    labelsOfNamespace: (namespace: string) => StringMap,
    hardPodAffinityWeight: number,
  ) {
    this.terms = new OwnedTerms(topologyOf, hardPodAffinityWeight);
    this.labelsOfNamespace = labelsOfNamespace;
  }

  /** Counts a pod in (1) or out (-1). */
  countPod(pod: ClusterPod, slot: number, sign: 1 | -1): void {
    const podClass = this.classOf(pod);
    podClass.podsOn.set(slot, (podClass.podsOn.get(slot) ?? 0) + sign);
    for (const count of podClass.counts) count.add(slot, sign);
    this.terms.count(pod.template, slot, sign);
  }

  /** A node came (1) or goes (-1), without pods. */
  countNode(slot: number, sign: 1 | -1): void {
    for (const { count } of this.counts.values()) count.countNode(slot, sign);
  }

  /** The count of pods that all the selections hold. */
  countOf(selections: readonly PodSelection[], withTerminating: boolean): SelectionCount {
    const key = `${withTerminating}${selections.map((selection) => selection.key).join()}`;
    const known = this.counts.get(key);
    if (known !== undefined) return known.count;
    const rule: CountRule = { selections, withTerminating };
    const count = new SelectionCount();
    for (const podClass of this.classes.values()) {
      if (!this.holds(rule, podClass)) continue;
      podClass.counts.push(count);
      for (const [slot, pods] of podClass.podsOn) if (pods !== 0) count.add(slot, pods);
    }
    this.counts.set(key, { rule, count });
    return count;
  }

  /** Terms of placed pods (of now and before) that select pods like this one. */
  termsSelecting(template: PodTemplate): readonly OwnedTerm[] {
    const podClass = this.classOf({ template, isTerminating: false });
    for (; podClass.termsSeen < this.terms.all.length; podClass.termsSeen += 1) {
      const owned = this.terms.all[podClass.termsSeen];
      if (owned !== undefined && this.selects(owned.term.selection, podClass)) podClass.terms.push(owned);
    }
    return podClass.terms;
  }

  /** True when a selection holds pods of this template. */
  selectsTemplate(selection: PodSelection, { namespace, labels }: PodTemplate): boolean {
    return selectsPod(selection, namespace, labels, this.labelsOfNamespace(namespace));
  }

  private classOf(pod: Pick<ClusterPod, "template" | "isTerminating">): LabelClass {
    const known = pod.isTerminating ? undefined : this.classByTemplate.get(pod.template);
    if (known !== undefined) return known;
    const podClass = this.classNamed(pod.template, pod.isTerminating);
    if (!pod.isTerminating) this.classByTemplate.set(pod.template, podClass);
    return podClass;
  }

  private classNamed({ namespace, labels }: PodTemplate, isTerminating: boolean): LabelClass {
    const key = JSON.stringify([namespace, isTerminating, Object.entries(labels).toSorted(byKey)]);
    const known = this.classes.get(key);
    if (known !== undefined) return known;
    const podClass: LabelClass = {
      namespace,
      labels,
      isTerminating,
      podsOn: new Map(),
      counts: [],
      terms: [],
      termsSeen: 0,
    };
    for (const { rule, count } of this.counts.values()) if (this.holds(rule, podClass)) podClass.counts.push(count);
    this.classes.set(key, podClass);
    return podClass;
  }

  private holds({ selections, withTerminating }: CountRule, podClass: LabelClass): boolean {
    if (podClass.isTerminating && !withTerminating) return false;
    return selections.every((selection) => this.selects(selection, podClass));
  }

  private selects(selection: PodSelection, { namespace, labels }: LabelClass): boolean {
    return selectsPod(selection, namespace, labels, this.labelsOfNamespace(namespace));
  }
}

function byKey([left]: readonly [string, string], [right]: readonly [string, string]): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
