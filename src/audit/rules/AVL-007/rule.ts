import type { SpreadRule, Workload } from "../../../estate/kubernetes/workload.ts";
import type { Cluster, NodePool } from "../../../estate/model/cluster.ts";
import { clustersWithAssumedPools } from "../../evidence.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import { notReadable, unreadableOf } from "../../unreadable-outcome.ts";
import { passed, workloadOutcome } from "../../workload-outcome.ts";
import { effectiveReplicas, replicatedWorkloads } from "../../workload-selection.ts";

const zoneKey = "topology.kubernetes.io/zone";

/** AVL-007: replicas are kept apart over zones, by a constraint that selects them and that the pools can satisfy. */
export const zoneSpread: Rule = {
  id: "AVL-007",
  name: "zone-spread",
  title: "Replicas are spread over zones by a constraint that selects them and that the pools can satisfy.",
  severity: { high: "high", medium: "medium", low: undefined },
  inputs: ["manifests", "nodePools", "objectives"],
  judges: "replicas",
  peers: [
    { tool: "polaris", check: "topologySpreadConstraint", part: "1" },
    { tool: "kube-score", check: "pod-topology-spread-constraints" },
  ],
  *evaluate(context) {
    const assumed = clustersWithAssumedPools(context.estate);
    const clusters = new Map(
      context.estate.clusters.filter(({ name }) => !assumed.has(name)).map((cluster) => [cluster.name, cluster]),
    );
    for (const workload of replicatedWorkloads(context)) {
      const unread = unreadableOf(workload, "replicas", "scheduling");
      if (unread !== undefined) {
        yield notReadable(workload, unread);
        continue;
      }
      if (effectiveReplicas(workload) < 2) continue;
      const cluster = clusters.get(workload.cluster);
      yield judge(workload, cluster === undefined ? undefined : zonesOf(workload, cluster, context));
    }
  },
};

function judge(workload: Workload, zones: ReadonlySet<string> | undefined): RuleOutcome {
  const replicas = effectiveReplicas(workload);
  const constraint = workload.spread.find((spread) => spread.topologyKey === zoneKey);
  if (constraint === undefined) return missingConstraint(workload, replicas);
  if (zones === undefined) {
    return workloadOutcome(workload, {
      verdict: "notEvaluable",
      part: "4",
      place: constraint.place,
      missing: ["needs-P"],
      message: `Whether ${workload.label} can spread over zones depends on the node pools that admit it; none is declared.`,
    });
  }
  return satisfiable(workload, constraint, zones, replicas);
}

function missingConstraint(workload: Workload, replicas: number): RuleOutcome {
  const constraints = workload.podSpec["topologySpreadConstraints"];
  const declared = Array.isArray(constraints) && constraints.length > 0;
  const place = workload.object.locate([...workload.podSpecPath, ...(declared ? ["topologySpreadConstraints"] : [])]);
  const fix = { description: "Spread the pods over zones.", patch: spreadPatch(workload) };
  if (declared) {
    return workloadOutcome(workload, {
      verdict: "fail",
      part: workload.spread.length === 0 ? "2" : "3",
      place,
      message:
        workload.spread.length === 0
          ? `The spread constraints of ${workload.label} do not select its own pods, so they have no effect.`
          : `${workload.label} spreads over ${workload.spread.map((spread) => spread.topologyKey).join(", ")}, not over ${zoneKey}: one zone may hold all ${replicas} replicas.`,
      fix,
    });
  }
  return workloadOutcome(workload, {
    verdict: "fail",
    part: "1",
    place,
    message: `Nothing keeps the ${replicas} replicas of ${workload.label} apart over zones: the loss of one zone may take them all.`,
    fix,
  });
}

function satisfiable(
  workload: Workload,
  constraint: SpreadRule,
  zones: ReadonlySet<string>,
  replicas: number,
): RuleOutcome {
  const names = [...zones].sort().join(", ");
  if (zones.size < 2) {
    return workloadOutcome(workload, {
      verdict: "fail",
      part: "4",
      place: constraint.place,
      message: `${workload.label} asks for a spread over zones, but the pools that admit it offer ${zones.size === 0 ? "no zone" : `only zone ${names}`}.`,
      fix: { description: "Give its node pool zones 1, 2 and 3." },
    });
  }
  if (replicas < zones.size) {
    return workloadOutcome(workload, {
      verdict: "fail",
      part: "5",
      severity: "low",
      place: constraint.place,
      message: `${workload.label} has ${replicas} replicas for ${zones.size} zones (${names}): ${zones.size - replicas} stay empty and a lost zone takes ${Math.ceil(100 / replicas)}% of it.`,
      fix: { description: `Run at least ${zones.size} replicas.` },
    });
  }
  return passed(workload);
}

/** Zones of the pools that carry pods of the workload; those of all pools where none is placed. */
function zonesOf(workload: Workload, cluster: Cluster, { placement }: AuditContext): ReadonlySet<string> {
  const carrying = placement.pools
    .filter(
      (pool) =>
        pool.cluster === cluster.name &&
        pool.nodes.some((node) => node.pods.some((pod) => pod.workload === workload.id)),
    )
    .map((pool) => pool.pool);
  const pools: readonly NodePool[] =
    carrying.length > 0 ? cluster.nodePools.filter((pool) => carrying.includes(pool.name)) : cluster.nodePools;
  return new Set(pools.flatMap((pool) => pool.zones));
}

function spreadPatch({ podLabels }: Workload): string {
  const labels = Object.entries(podLabels).map(([key, value]) => `              ${key}: ${JSON.stringify(value)}`);
  return [
    "spec:",
    "  template:",
    "    spec:",
    "      topologySpreadConstraints:",
    "        - maxSkew: 1",
    `          topologyKey: ${zoneKey}`,
    "          whenUnsatisfiable: ScheduleAnyway",
    "          labelSelector:",
    "            matchLabels:",
    ...labels,
    "",
  ].join("\n");
}
