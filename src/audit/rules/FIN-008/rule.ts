import type { Figure } from "../../../estate/figures/figure.ts";
import { asInteger, asObject, valueAt } from "../../../estate/kubernetes/json-value.ts";
import { gracePeriodOf } from "../../../estate/kubernetes/termination.ts";
import type { Workload } from "../../../estate/kubernetes/workload.ts";
import { type AdmittingPool, admittingPools } from "../../admission/admitting-nodes.ts";
import { clusterWithDeclaredPools } from "../../estate-lookup/cluster-facts.ts";
import { lookupOf } from "../../estate-lookup/estate-lookup.ts";
import type { FindingSeverity } from "../../finding.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import { costing } from "../../studies/finding-terms.ts";
import { notReadable, unreadableOf } from "../../unreadable-outcome.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";

/** FIN-008: what can be interrupted runs on spot capacity, and nothing else does. */
export const spotFit: Rule = {
  id: "FIN-008",
  name: "spot-fit",
  title: "Work that can be interrupted may use spot nodes, and what runs on spot nodes can be interrupted.",
  severity: { high: "medium", medium: "medium", low: "low" },
  inputs: ["manifests", "nodePools", "prices"],
  judges: "pods",
  *evaluate(context) {
    for (const workload of context.estate.workloads) {
      if (!workload.opaque && workload.run !== "perNode" && workload.namespace !== "kube-system")
        yield judge(context, workload);
    }
  },
};

function judge(context: AuditContext, workload: Workload): RuleOutcome {
  const { estate } = context;
  if (clusterWithDeclaredPools(estate, workload.cluster) === undefined) {
    // Spot nodes are tainted, so pods that tolerate nothing run on regular ones, whatever pools there are.
    if (workload.tolerations.length === 0 && toleranceOf(context, workload) === undefined) return passed(workload);
    const message = `Cluster ${workload.cluster} declares no node pool, so nothing says whether ${workload.label} runs on spot nodes.`;
    return workloadOutcome(workload, { verdict: "notEvaluable", missing: ["needs-P"], message });
  }
  const unread = unreadableOf(workload, "scheduling", "replicas");
  if (unread !== undefined) return notReadable(workload, unread);
  const pools = admittingPools(context, workload) ?? [];
  const spot = pools.filter(({ pool }) => pool.spot);
  if (spot.length > 0) return onSpot(workload, pools, spot);
  const tolerant = toleranceOf(context, workload);
  if (tolerant === undefined || pools.length === 0) return passed(workload);
  const names = pools.map(({ pool }) => pool.name).join(", ");
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "1",
    ...(tolerant.severity === undefined ? {} : { severity: tolerant.severity }),
    field: workload.podSpecPath,
    message: `${workload.label} ${tolerant.why}, so it could be interrupted, and runs on regular nodes only (${names}).`,
    ...costing(spotSaving(context, workload)),
    fix: {
      description:
        "Give the cluster a spot pool, and let the pods tolerate and prefer it, with a regular pool to fall back on.",
    },
  });
}

/** What its requests cost on regular nodes beyond what spot nodes of the same size cost; the cheapest of its pools decides. */
function spotSaving({ estate, studies }: AuditContext, workload: Workload): Figure | undefined {
  const money = studies?.money;
  const requests = money?.requestsOf(workload.id);
  const subject = money?.subjects.get(workload.id);
  const cluster = lookupOf(estate).clusters.get(workload.cluster);
  if (money === undefined || requests === undefined || subject === undefined || cluster === undefined) return undefined;
  const ratios = subject.pools.map(({ key }) => {
    const pool = cluster.nodePools.find(({ name }) => `${cluster.name}/${name}` === key);
    // A reserved node is paid for whether it is used or not.
    const isPaidAsUsed = pool !== undefined && money.payAsYouGo(cluster.name, pool.name) !== undefined;
    return isPaidAsUsed ? money.spotRatio(cluster.region, pool.vmSize) : undefined;
  });
  if (ratios.length === 0 || ratios.some((ratio) => ratio === undefined)) return undefined;
  const ratio = Math.max(...ratios.flatMap((each) => each ?? []));
  const worth = money.worth(workload.id, requests);
  return money.figure(worth === undefined ? undefined : worth * (1 - ratio), {
    rule: "FIN-008.1",
    subject: workload.id,
    label: `Requests of ${workload.label} on regular instead of spot nodes`,
    formula: `${subject.pods} pods × ${requests.cpuMillicores}m CPU and ${Math.round(requests.memoryBytes / 1024 ** 2)} MiB at what they cost on their pools × (1 - ${Number(ratio.toFixed(3))}, spot price over regular price)`,
  });
}

interface Tolerance {
  readonly why: string;
  readonly severity?: FindingSeverity;
}

/** Why a workload can lose a pod at any time; undefined when it cannot. */
function toleranceOf({ estate }: AuditContext, workload: Workload): Tolerance | undefined {
  // Pods in a sandbox need nodes of their own kind.
  if (keepsState(workload) || workload.runtimeClassName !== undefined) return undefined;
  if (workload.run === "task") return isRetried(workload) ? { why: "is a job that is tried again" } : undefined;
  const environment = lookupOf(estate).environments.get(workload.environment);
  if (environment?.criticality === "low") return { why: `serves ${workload.environment}` };
  const { minimum } = workload.replicas;
  if (minimum < 2 || workload.disruptionBudgets.length === 0) return undefined;
  // It would work, and whether it is wanted is a matter of what an outage costs.
  return { why: `keeps no state, has ${minimum} replicas and a disruption budget`, severity: "info" };
}

function keepsState({ claims, kind }: Workload): boolean {
  return kind === "StatefulSet" || claims.length > 0;
}

/** A job that may fail once is not one that may lose its node. */
function isRetried({ object, kind }: Workload): boolean {
  const path = kind === "CronJob" ? ["spec", "jobTemplate", "spec"] : ["spec"];
  const { backoffLimit } = asObject(valueAt(object.value, path));
  return (asInteger(backoffLimit) ?? 6) > 0;
}

const noticeSeconds = 30;

/** Spot nodes go after half a minute's notice, and there may be none for hours. */
function onSpot(workload: Workload, pools: readonly AdmittingPool[], spot: readonly AdmittingPool[]): RuleOutcome {
  const [first] = spot;
  const name = first?.pool.name ?? "";
  const regular = pools.filter(({ pool }) => !pool.spot);
  const { seconds, path, stated } = gracePeriodOf(workload);
  const problem =
    regular.length === 0
      ? {
          field: [...workload.podSpecPath, "nodeSelector"],
          why: "no regular pool admits it: when Azure takes the capacity back, it runs nowhere",
        }
      : workload.run === "serving" && workload.replicas.minimum < 2
        ? {
            field: ["spec", "replicas"],
            why: `it has ${workload.replicas.minimum} ${workload.replicas.minimum === 1 ? "replica" : "replicas"}: each time the node goes, so does the service`,
          }
        : seconds !== undefined && seconds > noticeSeconds
          ? { field: path, why: `it may take ${seconds} s to stop, and a spot node gives ${noticeSeconds} s notice` }
          : undefined;
  if (problem === undefined || (problem.field === path && !stated)) return passed(workload);
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "2",
    field: problem.field,
    message: `${workload.label} may run on spot pool ${name}, and ${problem.why}.`,
    fix: {
      description: "Keep it off spot nodes, or give it replicas, a short stop and a regular pool to fall back on.",
    },
  });
}
