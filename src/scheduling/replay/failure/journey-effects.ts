import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { Estate } from "../../../estate/model/estate.ts";
import type { FailureOutcome, WorkloadEffect } from "./failure-outcome.ts";

/** What a failure does to a journey. */
export interface JourneyEffect {
  /** `environment/application/name`. */
  readonly journey: string;
  /** `elsewhere`: down on this cluster, while another one runs what it needs. */
  readonly effect: "down" | "elsewhere" | "interrupted" | "belowNeed";
  /** Label of the workload that it is worst for. */
  readonly workload: string;
}

const order: readonly JourneyEffect["effect"][] = ["down", "elsewhere", "interrupted", "belowNeed"];

/** The journeys of an estate with the workloads that each cannot do without. */
export class JourneyIndex {
  private readonly needs: readonly { readonly journey: string; readonly workloads: ReadonlySet<string> }[];
  private readonly workloads: ReadonlyMap<string, Workload>;
  private readonly copies: ReadonlyMap<string, readonly Workload[]>;

  constructor(estate: Estate) {
    this.workloads = new Map(estate.workloads.map((workload) => [workload.id, workload]));
    this.copies = Map.groupBy(estate.workloads, copyKey);
    const hard = Map.groupBy(
      estate.dependencies.filter(({ type }) => type === "hard"),
      ({ from }) => from,
    );
    this.needs = estate.journeys.map(({ id, entryPoint, through }) => {
      const workloads = new Set([...entryPoint.workloads, ...through]);
      for (const needed of workloads) {
        for (const { to } of hard.get(needed) ?? []) if (to.kind === "workload") workloads.add(to.id);
      }
      return { journey: id, workloads };
    });
  }

  /** The worst effect on each journey that a failure touches, worst first. */
  effectsOf({ workloads }: Pick<FailureOutcome, "workloads">): readonly JourneyEffect[] {
    const harmed = workloads.filter(({ effect }) => effect !== "moved");
    if (harmed.length === 0) return [];
    return this.needs
      .flatMap(({ journey, workloads: needed }) => {
        const effects = harmed
          .filter(({ workload }) => needed.has(workload))
          .map((each) => ({ journey, effect: this.effectOf(each), workload: each.label }));
        return effects.toSorted(worseFirst).slice(0, 1);
      })
      .toSorted((left, right) => worseFirst(left, right) || (left.journey < right.journey ? -1 : 1));
  }

  private effectOf({ workload: id, effect }: WorkloadEffect): JourneyEffect["effect"] {
    const workload = this.workloads.get(id);
    if (effect === "moved") return "belowNeed";
    if (effect !== "down" || workload === undefined) return effect;
    const elsewhere = (this.copies.get(copyKey(workload)) ?? []).some(
      ({ cluster, replicas }) => cluster !== workload.cluster && replicas.minimum > 0,
    );
    return elsewhere ? "elsewhere" : "down";
  }
}

function worseFirst(left: JourneyEffect, right: JourneyEffect): number {
  return order.indexOf(left.effect) - order.indexOf(right.effect);
}

/** The same workload on several clusters of an environment; its namespace may differ by cluster. */
function copyKey({ environment, application, kind, name, namespace }: Workload): string {
  return [environment, application ?? namespace, kind, name].join("/");
}
