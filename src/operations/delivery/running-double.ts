import type { Catalog } from "../../catalog/catalog.ts";
import type { RolloutPolicy } from "../../delivery/policies/rollout-policy.ts";
import { exactFigure, type Figure, likelyValue, notEvaluableFigure, type Reason } from "../../estate/figures/figure.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { type BillCurrency, billCurrency } from "../../finops/bill/pricing-context.ts";
import { computeCost } from "../../finops/compute-cost.ts";
import type { CostReport } from "../../finops/cost-report.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import type { Placement, PoolPlacement } from "../../scheduling/placement.ts";

/** What a second copy of a workload, pool or cluster costs while both run. */
export interface RunningDouble {
  readonly scope: "workload" | "pool" | "cluster";
  readonly name: string;
  /** Per hour. */
  readonly hourly: Figure;
  /** For a rollout of `minutes`. */
  readonly rollout: Figure;
}

const hoursPerMonth = 730;

interface Double {
  readonly scope: RunningDouble["scope"];
  readonly name: string;
  /** In the currency of the bill; undefined where a price is missing. */
  readonly hourly: number | undefined;
  readonly missing: readonly string[];
  readonly reasons: readonly Reason[];
}

/**
 * The cost of blue and green side by side, for the workload that a policy governs in the last environment, and for the pools and
 * clusters that it runs in there.
 * Nodes of a second copy are pay as you go: commitments cover those that run already.
 */
export function runningDouble(
  estate: Estate,
  catalog: Catalog,
  policy: RolloutPolicy,
  { today, minutes }: { readonly today: string; readonly minutes: number },
): readonly RunningDouble[] {
  const placement = placeWorkloads(estate, catalog);
  const cost = computeCost(estate, placement, catalog, { today });
  const currency = billCurrency(estate);
  const name = policy.subject.slice(policy.subject.lastIndexOf("/") + 1);
  const governed = inLastEnvironment(
    estate,
    estate.workloads.filter((workload) => workload.name === name),
  );
  const ids = new Set(governed.map(({ id }) => id));
  const clusters = [...new Set(governed.map(({ cluster }) => cluster))].sort();
  const pools = placement.pools.filter(({ nodes }) =>
    nodes.some(({ pods }) => pods.some(({ workload }) => ids.has(workload))),
  );
  const doubles: Double[] = [
    ...governed.map(({ id }) => workloadDouble(id, cost)),
    ...pools.map((pool) => poolDouble(pool, estate, catalog, currency)),
    ...clusters.map((cluster) => clusterDouble(cluster, placement, estate, catalog, { cost, currency })),
  ];
  return doubles.map((double) => reportDouble(double, currency, minutes));
}

/** Those of the environment that comes last in the order of promotion. */
function inLastEnvironment(estate: Estate, workloads: readonly Workload[]): readonly Workload[] {
  const last = estate.environments.findLast(({ name }) => workloads.some(({ environment }) => environment === name));
  return last === undefined ? workloads : workloads.filter(({ environment }) => environment === last.name);
}

function workloadDouble(id: string, { allocation }: CostReport): Double {
  const rows = allocation.filter(({ workload }) => workload === id);
  const monthly = rows.reduce((sum, { monthlyCost }) => sum + monthlyCost, 0);
  const reasons: readonly Reason[] = [{ kind: "formula", text: "its share of the month's bill / 730 h" }];
  const missing = rows.length === 0 ? [`a share of ${id} in the bill`] : [];
  return {
    scope: "workload",
    name: id,
    hourly: rows.length === 0 ? undefined : monthly / hoursPerMonth,
    missing,
    reasons,
  };
}

function poolDouble(pool: PoolPlacement, estate: Estate, catalog: Catalog, { perUsd, reasons }: BillCurrency): Double {
  const region = estate.clusters.find(({ name }) => name === pool.cluster)?.region ?? "";
  const price = catalog.vmPrice(region, pool.vmSize, "payAsYouGo");
  const name = `${pool.cluster}/${pool.pool}`;
  if (price === undefined) {
    return { scope: "pool", name, hourly: undefined, missing: [`a price of ${pool.vmSize} in ${region}`], reasons: [] };
  }
  const { value, unit, source, asOf, verified } = price;
  return {
    scope: "pool",
    name,
    hourly: pool.nodes.length * value * perUsd,
    missing: [],
    reasons: [
      { kind: "formula", text: "nodes x price an hour, pay as you go" },
      { kind: "figure", figure: pool.nodeCount },
      { kind: "fact", name: price.name, value, unit, source, asOf, verified },
      ...reasons,
    ],
  };
}

function clusterDouble(
  cluster: string,
  placement: Placement,
  estate: Estate,
  catalog: Catalog,
  { cost, currency }: { readonly cost: CostReport; readonly currency: BillCurrency },
): Double {
  const pools = placement.pools
    .filter((pool) => pool.cluster === cluster && pool.nodes.length > 0)
    .map((pool) => poolDouble(pool, estate, catalog, currency));
  const beside = cost.lines.filter((line) => line.cluster === cluster && !nodeCategories.has(line.category));
  const others = beside.reduce((sum, { monthlyCost }) => sum + (likelyValue(monthlyCost) ?? 0), 0) / hoursPerMonth;
  const missing = pools.flatMap((pool) => pool.missing);
  const nodes = pools.reduce((sum, { hourly }) => sum + (hourly ?? 0), 0);
  return {
    scope: "cluster",
    name: cluster,
    hourly: missing.length > 0 ? undefined : nodes + others,
    missing,
    reasons: [
      { kind: "formula", text: "nodes of its pools, pay as you go, and its other lines of the bill / 730 h" },
      ...beside.map(({ monthlyCost }): Reason => ({ kind: "figure", figure: monthlyCost })),
    ],
  };
}

const nodeCategories: ReadonlySet<string> = new Set(["node", "unusedCommitment"]);

function reportDouble(
  { scope, name, hourly, missing, reasons }: Double,
  { code }: BillCurrency,
  minutes: number,
): RunningDouble {
  const id = `rollout/double/${name}`;
  const label = `Running ${name} double`;
  if (hourly === undefined) {
    const unknown = (what: string, unit: string) => notEvaluableFigure(`${id}/${what}`, label, unit, missing);
    return { scope, name, hourly: unknown("hourly", `${code}/hour`), rollout: unknown("rollout", code) };
  }
  const figure = exactFigure(`${id}/hourly`, label, `${code}/hour`, hourly, reasons);
  const rollout = exactFigure(`${id}/rollout`, `${label} for a rollout`, code, (hourly * minutes) / 60, [
    { kind: "formula", text: "cost an hour x minutes of a healthy rollout / 60" },
    { kind: "declared", name: "minutes of a healthy rollout", value: minutes, unit: "minutes" },
    { kind: "figure", figure },
  ]);
  return { scope, name, hourly: figure, rollout };
}
