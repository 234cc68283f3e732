import type { SpreadRule, Workload } from "../../../estate/kubernetes/workload.ts";
import { type AdmittingPool, admittingPools, mostNodes, zonesOf } from "../../admission/admitting-nodes.ts";
import { rolloutOf } from "../../drain/rollout.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";
import { notReadable, unreadableOf } from "../../unreadable-outcome.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";
import { replicatedWorkloads } from "../../workload-selection.ts";

const hostKey = "kubernetes.io/hostname";
const zoneKey = "topology.kubernetes.io/zone";

/** AVL-028: where each replica wants a node or zone of its own, there are enough of them, in rollouts too. */
export const antiAffinityFits: Rule = {
  id: "AVL-028",
  name: "anti-affinity-fits",
  title: "Where each replica wants a node or zone for itself, there are enough, in rollouts too.",
  severity: { high: "high", medium: "medium", low: undefined },
  inputs: ["manifests", "nodePools"],
  judges: "replicas",
  *evaluate(context) {
    for (const workload of replicatedWorkloads(context)) {
      const rules = workload.spread.filter(isExclusive);
      if (rules.length === 0) continue;
      const unread = unreadableOf(workload, "replicas", "scheduling", "resources");
      if (unread !== undefined) {
        yield notReadable(workload, unread);
        continue;
      }
      const pools = admittingPools(context, workload);
      const outcomes = rules.flatMap((rule) => judge(workload, rule, pools) ?? []);
      if (outcomes.length === 0) yield passed(workload);
      else yield* outcomes.slice(0, 1);
    }
  },
};

function isExclusive({ origin, strength, topologyKey }: SpreadRule): boolean {
  return (
    origin === "podAntiAffinity" && strength === "required" && (topologyKey === hostKey || topologyKey === zoneKey)
  );
}

function judge(
  workload: Workload,
  { topologyKey, place }: SpreadRule,
  pools: readonly AdmittingPool[] | undefined,
): RuleOutcome | undefined {
  const noun = topologyKey === hostKey ? "node" : "zone";
  if (pools === undefined) {
    return workloadOutcome(workload, {
      verdict: "notEvaluable",
      place,
      missing: ["needs-P"],
      message: `Whether there is a ${noun} for each replica of ${workload.label} depends on the node pools that admit it; none is declared.`,
    });
  }
  // No pool at all is AVL-027's.
  const domains = pools.length === 0 ? undefined : topologyKey === hostKey ? mostNodes(pools) : zonesOf(pools).length;
  if (domains === undefined) return undefined;
  const { maximum } = workload.replicas;
  if (maximum > domains) {
    return workloadOutcome(workload, {
      verdict: "fail",
      place,
      message: `${workload.label} wants a ${noun} for each of its ${maximum} replicas, but the pools that admit it have ${domains} at most: ${maximum - domains} stay Pending.`,
      fix: { description: `Make the anti-affinity preferred, or give the pools ${maximum} ${noun}s.` },
    });
  }
  return deadlock(workload, place, domains, noun);
}

/** A rollout that may miss no pod needs a domain for the new one while all old ones hold theirs. */
function deadlock(
  workload: Workload,
  place: SpreadRule["place"],
  domains: number,
  noun: string,
): RuleOutcome | undefined {
  const { maximum } = workload.replicas;
  const rollout = rolloutOf(workload, maximum);
  if (rollout?.kind !== "rolling" || rollout.unavailable > 0 || maximum + 1 <= domains) return undefined;
  return workloadOutcome(workload, {
    verdict: "fail",
    place,
    message: `The ${maximum} replicas of ${workload.label} hold all ${domains} ${noun}s that the pools can have, and its rollout may miss none of them: the new pod finds no ${noun}, and the rollout never ends.`,
    fix: {
      description: `Let the rollout miss one pod (maxUnavailable 1, maxSurge 0), or give the pools one more ${noun}.`,
    },
  });
}
