import { findViolations, type ViolationKind } from "../checking/violations.ts";
import { playRun } from "../play-run.ts";
import type { RunPlan } from "../scenario/run-plan.ts";
import type { Mishaps, Scenario } from "../scenario/scenario.ts";

/**
 * Removes from a plan whatever the violation does not need: faults, mishaps, then operations by delta debugging (ddmin
 * of Zeller and Hildebrandt), each candidate played anew. What is left breaks the same guarantee, and taking away any
 * single operation of it does not. At most `mostRuns` runs.
 */
export function shrinkViolation(scenario: Scenario, plan: RunPlan, kind: ViolationKind, mostRuns = 2000): RunPlan {
  let runs = 0;
  const breaks = (candidate: RunPlan): boolean => {
    if (++runs > mostRuns) return false;
    return findViolations(playRun(scenario, candidate)).some((violation) => violation.kind === kind);
  };
  let smallest = plan;
  const tryPlan = (candidate: RunPlan): boolean => {
    if (!breaks(candidate)) return false;
    smallest = candidate;
    return true;
  };
  for (const fault of plan.faults) {
    tryPlan({ ...smallest, faults: smallest.faults.filter((each) => each !== fault) });
  }
  for (const name of ["loss", "duplicate", "reorder", "crash"] as const) {
    if (plan.mishaps[name] > 0) tryPlan({ ...smallest, mishaps: without(smallest.mishaps, name) });
  }
  shrinkOperations(smallest, tryPlan, () => smallest);
  return smallest;
}

function without(mishaps: Mishaps, name: keyof Mishaps): Mishaps {
  return { ...mishaps, [name]: 0 };
}

function shrinkOperations(from: RunPlan, tryPlan: (plan: RunPlan) => boolean, current: () => RunPlan): void {
  let parts = 2;
  let size = from.operations.length;
  while (size > 1) {
    const length = Math.ceil(size / parts);
    let removed = false;
    for (let start = 0; start < size && !removed; start += length) {
      const plan = current();
      const operations = plan.operations.filter((_, index) => index < start || index >= start + length);
      removed = tryPlan({ ...plan, operations });
    }
    size = current().operations.length;
    if (removed) parts = Math.max(parts - 1, 2);
    else if (length === 1) return;
    else parts = Math.min(parts * 2, size);
  }
}
