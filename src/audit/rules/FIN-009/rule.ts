import type { Figure } from "../../../estate/figures/figure.ts";
import { weeklyHours } from "../../../estate/model/weekly-window.ts";
import type { BreakEven } from "../../../finops/commitments/offers/break-even.ts";
import { poolPasses, poolVerdict } from "../../clusters/cluster-outcome.ts";
import {
  type DeclaredCluster,
  type DeclaredPool,
  declaredClusters,
  declaredPools,
} from "../../clusters/declared-settings.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import { costing } from "../../studies/finding-terms.ts";

/** FIN-009: what always runs is bought for longer than an hour. */
export const commitmentCoverage: Rule = {
  id: "FIN-009",
  name: "commitment-coverage",
  title: "Nodes that run for more hours than a commitment takes to pay are under one.",
  severity: { high: "medium", medium: undefined, low: undefined },
  inputs: ["nodePools", "usage", "prices"],
  judges: "objects",
  *evaluate(context) {
    const { estate, placement } = context;
    for (const cluster of declaredClusters(estate)) {
      for (const pool of declaredPools(cluster)) {
        const placed = placement.pools.find((each) => each.cluster === cluster.name && each.pool === pool.name);
        // Spot nodes take no commitment.
        if (pool.spot || placed === undefined || placed.nodes.length === 0) continue;
        yield judge(context, cluster, pool);
      }
    }
  },
};

const hoursOfWeek = 168;
const hoursPerMonth = 730;
/** Reserve what runs longer a day, as people say. */
const ruleOfThumb = 8;

function judge(context: AuditContext, cluster: DeclaredCluster, pool: DeclaredPool): RuleOutcome {
  const { estate, studies } = context;
  const subject = `pool ${pool.name} (${pool.vmSize} in ${cluster.region})`;
  if (studies === undefined || !studies.money.knows(cluster.name)) {
    const message = `Whether a commitment on ${subject} pays needs prices.`;
    return poolVerdict(estate, cluster, pool, { verdict: "notEvaluable", missing: ["needs-€"], message });
  }
  const { money } = studies;
  if (money.poolCost(cluster.name, pool.name) === undefined) {
    const message = `The catalog has no price of ${subject}, so nothing says from how many hours a commitment pays.`;
    return poolVerdict(estate, cluster, pool, {
      verdict: "notEvaluable",
      missing: ["needs-€"],
      field: ["vmSize"],
      message,
    });
  }
  const open = money.payAsYouGo(cluster.name, pool.name);
  if (open === undefined || open.nodes < 1) return poolPasses(estate, cluster, pool);
  const daily = hoursADay(context, cluster);
  const paying = money
    .commitments(cluster.region, pool.vmSize)
    .filter(({ hoursPerDay }) => hoursPerDay < daily)
    .toSorted((left, right) => left.termYears - right.termYears || left.committed - right.committed);
  const [shortest] = paying;
  if (shortest === undefined) return poolPasses(estate, cluster, pool);
  const nodes = Math.floor(open.nodes);
  return poolVerdict(estate, cluster, pool, {
    verdict: "fail",
    field: ["vmSize"],
    message: `${nodes} ${nodes === 1 ? "node" : "nodes"} of ${subject} ${nodes === 1 ? "runs" : "run"} ${rounded(daily)} h a day and ${nodes === 1 ? "is" : "are"} paid by the hour: ${money
      .commitments(cluster.region, pool.vmSize)
      .map(inWords)
      .join(", ")} (rule of thumb: ${ruleOfThumb} h).`,
    fix: {
      description:
        "Commit to what stays for the term, over all pools of a size together: scantling cost commit finds the best mix.",
    },
    ...costing(savingOf(context, pool, shortest, nodes, daily)),
  });
}

/** Hours a day in which the cluster has nodes. */
function hoursADay({ estate }: AuditContext, cluster: DeclaredCluster): number {
  if (cluster.stopsOutsideHours !== true) return 24;
  const hours = estate.environments
    .filter(({ name }) => cluster.environments.includes(name))
    .map((environment) => weeklyHours(environment.hours) ?? hoursOfWeek);
  return Math.max(0, ...hours) / 7;
}

function inWords({ kind, termYears, hoursPerDay, verified }: BreakEven): string {
  const what = kind === "reservation" ? "reservation" : "savings plan";
  return `a ${termYears}-year ${what} pays from ${rounded(hoursPerDay)} h${verified ? "" : " (price not verified)"}`;
}

/** With the commitment of the shortest term: it binds least, so that the saving is the safest. */
function savingOf(
  { studies }: AuditContext,
  pool: DeclaredPool,
  { kind, termYears, committed, payAsYouGo }: BreakEven,
  nodes: number,
  daily: number,
): Figure | undefined {
  const money = studies?.money;
  const used = hoursPerMonth * (daily / 24);
  return money?.figure(nodes * (payAsYouGo * used - committed * hoursPerMonth), {
    rule: "FIN-009",
    subject: `NodePool/${pool.cluster}/${pool.name}`,
    label: `Nodes of pool ${pool.name} by the hour instead of a ${termYears}-year ${kind === "reservation" ? "reservation" : "savings plan"}`,
    formula: `${nodes} × (${Number(payAsYouGo.toPrecision(6))} × ${rounded(used)} h - ${Number(committed.toPrecision(6))} × ${hoursPerMonth} h) ${money.currency}`,
  });
}

function rounded(value: number): number {
  return Number(value.toFixed(1));
}
