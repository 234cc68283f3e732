import { asList, asObject, asStringMap } from "../../../estate/kubernetes/json-value.ts";
import type { Environment, Estate } from "../../../estate/model/estate.ts";
import { weeklyHours } from "../../../estate/model/weekly-window.ts";
import { clusterPasses, clusterVerdict, poolVerdict } from "../../clusters/cluster-outcome.ts";
import {
  type DeclaredCluster,
  type DeclaredPool,
  declaredClusters,
  declaredPools,
} from "../../clusters/declared-settings.ts";
import { lookupOf } from "../../estate-lookup/estate-lookup.ts";
import type { Rule, RuleOutcome } from "../../rule.ts";

/** FIN-005: what nobody uses at night is off at night. */
export const offHours: Rule = {
  id: "FIN-005",
  name: "off-hours",
  title: "A cluster whose environments have hours gives its nodes back outside of them.",
  severity: { high: undefined, medium: "medium", low: "medium" },
  inputs: ["manifests", "nodePools", "environments", "prices"],
  judges: "objects",
  *evaluate({ estate }) {
    for (const cluster of declaredClusters(estate)) {
      const environments = estate.environments.filter(({ name }) => cluster.environments.includes(name));
      const hours = Math.max(0, ...environments.map((environment) => weeklyHours(environment.hours) ?? hoursOfWeek));
      if (environments.length > 0 && hours < hoursOfWeek) yield* judge(estate, cluster, environments, hours);
    }
  },
};

const hoursOfWeek = 168;

function* judge(
  estate: Estate,
  cluster: DeclaredCluster,
  environments: readonly Environment[],
  hours: number,
): Iterable<RuleOutcome> {
  if (cluster.stopsOutsideHours === true) {
    yield clusterPasses(estate, cluster);
    return;
  }
  const pools = declaredPools(cluster).filter(({ mode }) => mode === "User");
  if (pools.length === 0) return;
  const idle = Math.round(((hoursOfWeek - hours) / hoursOfWeek) * 100);
  const used = `${environments.map(({ name }) => name).join(" and ")} ${environments.length === 1 ? "is" : "are"} used ${hours} of ${hoursOfWeek} hours a week`;
  const floors = pools.filter(({ minimumNodes }) => minimumNodes > 0);
  const goesAway = isScaledByTheClock(estate, cluster);
  if (goesAway && floors.length === 0) {
    yield clusterPasses(estate, cluster);
    return;
  }
  if (!goesAway) {
    yield clusterVerdict(estate, cluster, {
      verdict: "fail",
      part: "1",
      field: cluster.declared.states(["stopsOutsideHours"]) ? ["stopsOutsideHours"] : ["nodePools"],
      message: `${used}, yet ${cluster.name} is not stopped and no KEDA cron scaler takes its pods away: ${idle} % of what stands above the system pool is paid for nothing.`,
      fix: {
        description: "Stop the cluster outside the hours, or scale with KEDA cron to 0 and let the pools follow.",
        edits: [{ path: ["stopsOutsideHours"], value: true }],
      },
    });
    return;
  }
  for (const pool of floors) yield heldByPool(estate, cluster, pool, used, idle);
}

function heldByPool(
  estate: Estate,
  cluster: DeclaredCluster,
  pool: DeclaredPool,
  used: string,
  idle: number,
): RuleOutcome {
  const field = pool.declared.states(["count"]) ? ["count"] : ["autoscaling", "min"];
  return poolVerdict(estate, cluster, pool, {
    verdict: "fail",
    part: "2",
    field,
    message: `${used} and pods are scaled by the clock, but pool ${pool.name} keeps ${pool.minimumNodes} ${pool.minimumNodes === 1 ? "node" : "nodes"}: ${idle} % of these node hours are paid for nothing.`,
    fix: {
      description: "Let the pool go to 0.",
      ...(pool.autoscaling ? { edits: [{ path: field, value: 0 }] } : {}),
    },
  });
}

/** A KEDA cron trigger, or an annotation by which a downscaler knows the hours. */
function isScaledByTheClock(estate: Estate, cluster: DeclaredCluster): boolean {
  const scalers = lookupOf(estate).objects.ofKind("ScaledObject.keda.sh");
  const byCron = scalers.some(
    (placed) =>
      placed.cluster === cluster.name &&
      asList(asObject(placed.object.value.spec).triggers).some((trigger) => asObject(trigger).type === "cron"),
  );
  if (byCron) return true;
  return estate.objects.some(
    (placed) =>
      placed.cluster === cluster.name &&
      Object.keys(asStringMap(asObject(placed.object.value.metadata).annotations)).some((key) =>
        /^downscaler\/(?:uptime|downtime)$/.test(key),
      ),
  );
}
