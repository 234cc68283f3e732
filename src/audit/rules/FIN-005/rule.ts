import type { Figure } from "../../../estate/figures/figure.ts";
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
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import { costing } from "../../studies/finding-terms.ts";

/** FIN-005: what nobody uses at night is off at night. */
export const offHours: Rule = {
  id: "FIN-005",
  name: "off-hours",
  title: "A cluster whose environments have hours gives its nodes back outside of them.",
  severity: { high: undefined, medium: "medium", low: "medium" },
  inputs: ["manifests", "nodePools", "environments", "prices"],
  judges: "objects",
  *evaluate(context) {
    const { estate } = context;
    for (const cluster of declaredClusters(estate)) {
      const environments = estate.environments.filter(({ name }) => cluster.environments.includes(name));
      const hours = Math.max(0, ...environments.map((environment) => weeklyHours(environment.hours) ?? hoursOfWeek));
      if (environments.length > 0 && hours < hoursOfWeek) yield* judge(context, cluster, environments, hours);
    }
  },
};

const hoursOfWeek = 168;

function* judge(
  context: AuditContext,
  cluster: DeclaredCluster,
  environments: readonly Environment[],
  hours: number,
): Iterable<RuleOutcome> {
  const { estate } = context;
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
      ...costing(idleCost(context, cluster, pools, hours)),
    });
    return;
  }
  for (const pool of floors) yield heldByPool(context, cluster, pool, used, hours);
}

/** What the nodes of pools cost in the hours in which nobody uses them. */
function idleCost(
  { studies }: AuditContext,
  cluster: DeclaredCluster,
  pools: readonly DeclaredPool[],
  hours: number,
): Figure | undefined {
  const costs = pools.flatMap(({ name }) => studies?.money.poolCost(cluster.name, name) ?? []);
  const monthly = costs.reduce((sum, cost) => sum + cost, 0);
  const share = (hoursOfWeek - hours) / hoursOfWeek;
  return studies?.money.figure(monthly * share, {
    rule: "FIN-005.1",
    subject: `Cluster/${cluster.name}`,
    label: `User pools of ${cluster.name} in the hours without use`,
    formula: `${studies.money.inWords(monthly)} a month for ${pools.map(({ name }) => name).join(", ")} × (${hoursOfWeek} - ${hours}) / ${hoursOfWeek} hours of a week`,
  });
}

/** The nodes that a pool keeps, in the hours in which nobody uses them. */
function floorCost({ studies, placement }: AuditContext, pool: DeclaredPool, hours: number): Figure | undefined {
  const monthly = studies?.money.poolCost(pool.cluster, pool.name);
  const nodes = placement.pools.find((each) => each.cluster === pool.cluster && each.pool === pool.name)?.nodes.length;
  if (studies === undefined || monthly === undefined || nodes === undefined || nodes === 0) return undefined;
  const kept = Math.min(nodes, pool.minimumNodes);
  return studies.money.figure((monthly / nodes) * kept * ((hoursOfWeek - hours) / hoursOfWeek), {
    rule: "FIN-005.2",
    subject: `NodePool/${pool.cluster}/${pool.name}`,
    label: `Nodes that pool ${pool.name} keeps in the hours without use`,
    formula: `${kept} × ${studies.money.inWords(monthly / nodes)} a month for a node × (${hoursOfWeek} - ${hours}) / ${hoursOfWeek} hours of a week`,
  });
}

function heldByPool(
  context: AuditContext,
  cluster: DeclaredCluster,
  pool: DeclaredPool,
  used: string,
  hours: number,
): RuleOutcome {
  const idle = Math.round(((hoursOfWeek - hours) / hoursOfWeek) * 100);
  const field = pool.declared.states(["count"]) ? ["count"] : ["autoscaling", "min"];
  return poolVerdict(context.estate, cluster, pool, {
    verdict: "fail",
    part: "2",
    field,
    message: `${used} and pods are scaled by the clock, but pool ${pool.name} keeps ${pool.minimumNodes} ${pool.minimumNodes === 1 ? "node" : "nodes"}: ${idle} % of these node hours are paid for nothing.`,
    fix: {
      description: "Let the pool go to 0.",
      ...(pool.autoscaling ? { edits: [{ path: field, value: 0 }] } : {}),
    },
    ...costing(floorCost(context, pool, hours)),
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
