import { allowedDisruptions } from "../../../estate/kubernetes/disruption-arithmetic.ts";
import { scopeKey } from "../../../estate/kubernetes/object-index.ts";
import { lastingClaims } from "../../../estate/kubernetes/pod-volumes.ts";
import type { DisruptionBudget, Workload } from "../../../estate/kubernetes/workload.ts";
import { rolloutOf } from "../../drain/rollout.ts";
import { type EstateLookup, lookupOf } from "../../estate-lookup/estate-lookup.ts";
import type { Fix } from "../../finding.ts";
import { editFix } from "../../fixes/manifest-fix.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { notReadable, unreadableOf } from "../../unreadable-outcome.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";

const budgetKind = "PodDisruptionBudget.policy";

/** Kinds without a scale: a budget that counts by their size is never satisfied (disruption controller). */
const unscalableKinds = ["Pod", "Job", "CronJob", "ScaledJob"];

/** One budget with everything that it selects: it counts the pods of all of them together. */
interface Guarded {
  readonly budget: DisruptionBudget;
  readonly first: Workload;
  readonly workloads: readonly Workload[];
  /** Pods that are there when load is lowest; a workload that scales to zero counts with the one that may be up. */
  readonly pods: number;
  readonly limit: string;
  readonly lookup: EstateLookup;
}

/** AVL-003: the disruption budget lets at least one pod go, so that nodes can be drained and upgraded. */
export const disruptionBudgetAllowsEviction: Rule = {
  id: "AVL-003",
  name: "disruption-budget-allows-eviction",
  title: "A disruption budget allows at least one eviction, so that drains and upgrades finish.",
  severity: { high: "high", medium: "high", low: "low" },
  inputs: ["manifests"],
  peers: [
    { tool: "kube-linter", check: "pdb-max-unavailable", part: "4" },
    { tool: "kube-linter", check: "pdb-min-available", part: "1" },
    { tool: "polaris", check: "pdbMinAvailableGreaterThanHPAMinReplicas", part: "2" },
  ],
  judges: "pods",
  *evaluate({ estate }) {
    const lookup = lookupOf(estate);
    const guarded = estate.workloads
      .filter(({ run, opaque }) => run !== "perNode" && !opaque)
      .flatMap((workload) => workload.disruptionBudgets.map((budget) => ({ workload, budget })));
    const groups = Map.groupBy(guarded, ({ workload, budget }) => `${scopeKey(workload)}/${budget.name}`);
    for (const group of groups.values()) {
      const [first] = group;
      if (first === undefined) continue;
      const workloads = group.map(({ workload }) => workload);
      const pods = workloads.reduce((sum, workload) => sum + lowestPods(workload), 0);
      const outcome = judge({ ...first, first: first.workload, workloads, pods, limit: limitOf(first.budget), lookup });
      if (outcome !== undefined) yield outcome;
    }
  },
};

function lowestPods({ replicas }: Workload): number {
  return replicas.minimum === 0 && replicas.maximum > 0 ? 1 : replicas.minimum;
}

function limitOf({ minAvailable, maxUnavailable }: DisruptionBudget): string {
  return maxUnavailable === undefined ? `minAvailable ${minAvailable ?? "unset"}` : `maxUnavailable ${maxUnavailable}`;
}

function judge(guarded: Guarded): RuleOutcome | undefined {
  const { budget, first, workloads, pods } = guarded;
  if (isAbsolute(budget)) return blocks(guarded, "4");
  for (const workload of workloads) {
    const unread = unreadableOf(workload, "replicas");
    if (unread !== undefined) return notReadable(workload, unread);
  }
  const unscalable = workloads.find(({ kind }) => unscalableKinds.includes(kind));
  if (unscalable !== undefined && typeof budget.minAvailable !== "number") return notCounted(guarded, unscalable);
  const allowed = allowedDisruptions(budget, pods);
  if (allowed === undefined) {
    return workloadOutcome(first, {
      verdict: "notEvaluable",
      place: limitPlace(guarded),
      missing: ["unresolved-variable"],
      message: `${guarded.limit} of PodDisruptionBudget ${budget.name} is neither a number nor a percentage.`,
    });
  }
  // Nothing runs, so nothing is evicted.
  if (pods === 0) return undefined;
  if (allowed === 0) return blocks(guarded, partOf(guarded));
  return allowed >= pods ? protectsNothing(guarded) : passed(first);
}

/** Budgets that block whatever the number of replicas. */
function isAbsolute({ minAvailable, maxUnavailable }: DisruptionBudget): boolean {
  return minAvailable === "100%" || maxUnavailable === 0 || maxUnavailable === "0%";
}

/** A pod that cannot be doubled weighs more than the budget; then a floor that the autoscaler may go down to. */
function partOf({ workloads, pods }: Guarded): string {
  if (pods === 1 && workloads.some((workload) => lowestPods(workload) === 1 && whyAlone(workload) !== undefined))
    return "3";
  return workloads.some(({ replicas }) => replicas.autoscaler !== undefined) ? "2" : "1";
}

/** Why a second pod cannot stand in for the first while that moves; undefined where it can. */
function whyAlone(workload: Workload): string | undefined {
  if (rolloutOf(workload, 1)?.kind === "recreate") return "its strategy is Recreate";
  const disk = lastingClaims(workload).find(
    ({ perReplica, accessModes }) =>
      !perReplica && accessModes.length > 0 && accessModes.every((mode) => mode.startsWith("ReadWriteOnce")),
  );
  return disk === undefined ? undefined : `claim ${disk.name} is ReadWriteOnce`;
}

function blocks(guarded: Guarded, part: string): RuleOutcome {
  const { budget, first, workloads, pods, limit } = guarded;
  const names = workloads.map(({ label }) => label).join(", ");
  const isCounted = workloads.every((workload) => unreadableOf(workload, "replicas") === undefined);
  const scaler = workloads.map(({ replicas }) => replicas.autoscaler).find((autoscaler) => autoscaler !== undefined);
  const floor = part === "2" && scaler !== undefined ? ` at the floor of ${scaler.kind} ${scaler.name}` : "";
  const alone = part === "3" ? workloads.map(whyAlone).find((reason) => reason !== undefined) : undefined;
  const count = isCounted ? `${pods} ${pods === 1 ? "pod" : "pods"}` : "pods";
  return workloadOutcome(first, {
    verdict: "fail",
    part,
    place: limitPlace(guarded),
    message: `PodDisruptionBudget ${budget.name} (${limit}) allows no eviction of the ${count} of ${names}${floor}${alone === undefined ? "" : `, and no second one can stand in, since ${alone}`}: draining a node that holds one never succeeds.`,
    fix: fixOf(guarded, part),
  });
}

function fixOf(guarded: Guarded, part: string): Fix {
  if (part === "3") {
    // A budget that lets its only pod go protects nothing: whether to have one is for a person to say.
    return {
      description: "Let the pod go (maxUnavailable: 1), or remove the budget: it is down for as long as it moves.",
    };
  }
  return guarded.pods < 2 && part !== "4"
    ? { description: "Run two replicas and allow one to be unavailable." }
    : allowOne(guarded, "Allow one pod to be unavailable.");
}

function notCounted(guarded: Guarded, unscalable: Workload): RuleOutcome {
  const { budget, first, limit } = guarded;
  return workloadOutcome(first, {
    verdict: "notEvaluable",
    place: limitPlace(guarded),
    missing: ["needs-L"],
    message: `PodDisruptionBudget ${budget.name} (${limit}) counts by the size of what owns the pods, and ${unscalable.kind} ${unscalable.label} has none: what it allows is known in the cluster alone.`,
  });
}

function protectsNothing(guarded: Guarded): RuleOutcome {
  const { budget, first, workloads, pods, limit } = guarded;
  const description =
    pods === 1 ? "Run two replicas, so that it has something to protect." : "Allow one pod to be unavailable.";
  return workloadOutcome(first, {
    verdict: "fail",
    part: "5",
    severity: "info",
    place: limitPlace(guarded),
    message: `PodDisruptionBudget ${budget.name} (${limit}) allows ${pods === 1 ? "the only pod" : `all ${pods} pods`} of ${workloads.map(({ label }) => label).join(", ")} to go${pods === 1 ? "" : " at once"}: it protects nothing.`,
    fix: pods === 1 ? { description } : allowOne(guarded, description),
  });
}

/** The API server refuses a budget that sets both limits, so the other one is taken away. */
function allowOne({ budget, first, lookup }: Guarded, description: string): Fix {
  const placed = lookup.objects.find(first, budgetKind, budget.name);
  if (placed === undefined) return { description };
  return editFix(description, placed, [
    ...(budget.minAvailable === undefined ? [] : [{ path: ["spec", "minAvailable"], value: undefined }]),
    { path: ["spec", "maxUnavailable"], value: 1 },
  ]);
}

function limitPlace({ budget, first, lookup }: Guarded) {
  const field = budget.maxUnavailable === undefined ? "minAvailable" : "maxUnavailable";
  return lookup.objects.find(first, budgetKind, budget.name)?.object.locate(["spec", field]) ?? budget.place;
}
