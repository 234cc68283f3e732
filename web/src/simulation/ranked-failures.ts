import type { FailureReport, ReportedFailure } from "../../../src/operations/simulation/simulate-failure.ts";
import type { FailureKind } from "../view-state/view-state.ts";

/** A failure of one cluster among those of all. */
export interface RankedFailure {
  /** As the address names it: `cluster/kind/name`. */
  readonly key: string;
  readonly cluster: string;
  readonly failure: ReportedFailure;
}

/** The failures of all clusters, the worst first: by workloads down, pods pending, workloads interrupted, pods that move. */
export function rankFailures({ clusters }: FailureReport): readonly RankedFailure[] {
  return clusters
    .flatMap(({ cluster, failures }) =>
      failures.map((failure) => ({ key: `${cluster}/${failure.kind}/${failure.name}`, cluster, failure })),
    )
    .toSorted(
      (left, right) =>
        countOf(right, "down") - countOf(left, "down") ||
        right.failure.pending - left.failure.pending ||
        countOf(right, "interrupted") - countOf(left, "interrupted") ||
        right.failure.displaced - left.failure.displaced,
    );
}

export function countOf({ failure }: RankedFailure, effect: string): number {
  return failure.workloads.filter((workload) => workload.effect === effect).length;
}

export function ofKind(failures: readonly RankedFailure[], kind: FailureKind): readonly RankedFailure[] {
  return kind === "all" ? failures : failures.filter(({ failure }) => failure.kind === kind);
}

/** The failure of that key, else the worst. */
export function chosenFailure(failures: readonly RankedFailure[], key: string | undefined): RankedFailure | undefined {
  return failures.find((each) => each.key === key) ?? failures[0];
}

/** The failure a step on, held at both ends. */
export function stepFailure(
  failures: readonly RankedFailure[],
  from: RankedFailure | undefined,
  by: number,
): RankedFailure | undefined {
  const index = from === undefined ? 0 : failures.indexOf(from);
  return failures[Math.max(0, Math.min(failures.length - 1, index + by))];
}

/** `zone 1 of prod-weu`. */
export function failureName({ cluster, failure }: RankedFailure): string {
  return `${failure.kind} ${failure.name} of ${cluster}`;
}
