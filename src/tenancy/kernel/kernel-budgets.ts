import type { Catalog } from "../../catalog/catalog.ts";
import { exactFigure, type Figure, likelyValue, notEvaluableFigure } from "../../estate/figures/figure.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { admittingPools } from "../../scheduling/admitting-pools.ts";
import type { Placement, PoolPlacement } from "../../scheduling/placement.ts";
import { productionFirst } from "../promotion-order.ts";
import { buildComparison } from "../sharing/build-comparison.ts";
import { locateTenants } from "../sharing/tenant-presence.ts";
import {
  type KernelDimension,
  type KernelVector,
  kernelDimensionNames,
  kernelDimensions,
} from "./kernel-dimensions.ts";
import type { KernelBudget, KernelReport } from "./kernel-report.ts";
import { kernelVectors } from "./kernel-vectors.ts";
import { type LoadInput, type NodeLoad, nodeLoad } from "./node-load.ts";
import { starvationOn } from "./starvation.ts";

/** Share of a limit above which kernels and kubelets start to refuse or evict, by the audit rules on kernel budgets. */
const warningShare = 0.8;
const platformTenant = "platform";
const heaviestShown = 3;

/** Capacity, demand and who can starve whom, for every pool with the placement as it is. */
export function kernelBudgets(estate: Estate, placement: Placement, catalog: Catalog): KernelReport {
  const admissions = admittingPools(estate, catalog);
  const tenants = locateTenants(estate, admissions);
  const comparison = buildComparison(estate, tenants);
  const vectors = kernelVectors(estate, catalog);
  const input: LoadInput = {
    workloads: new Map(estate.workloads.map((workload) => [workload.id, workload])),
    demand: vectors.demand,
    isSandboxed: (workload) => admissions.get(workload)?.sandboxed === true,
  };
  const pools = inOrder(productionFirst(estate), placement.pools).flatMap((placed) => {
    const name = `${placed.cluster}/${placed.pool}`;
    const capacity = vectors.capacity.get(name);
    if (capacity === undefined) return [];
    const takers = tenants.filter((each) => each.tenant.name !== platformTenant && each.pools.has(name));
    return [
      {
        cluster: placed.cluster,
        pool: placed.pool,
        vmSize: placed.vmSize,
        nodes: placed.nodes.length,
        tenants: takers.map(({ tenant }) => tenant.name),
        podMaxPids: comparison.podPidLimit(name),
        budgets: kernelDimensionNames.map((dimension) => budgetOf(dimension, placed, capacity, input)),
        starvation: starvationOn(name, takers, comparison),
      },
    ];
  });
  return { warningShare, pools };
}

/** Clusters of the last stage of promotion first, each with its pools in the order of the placement. */
function inOrder({ clusters }: Estate, pools: readonly PoolPlacement[]): readonly PoolPlacement[] {
  return clusters.flatMap(({ name }) => pools.filter(({ cluster }) => cluster === name));
}

function budgetOf(
  dimension: KernelDimension,
  placed: PoolPlacement,
  capacities: KernelVector<Figure>,
  input: LoadInput,
): KernelBudget {
  const capacity = capacities[dimension];
  const loads = placed.nodes.map((node) => nodeLoad(node, dimension, input));
  const fullest = loads.toSorted((left, right) => right.total - left.total)[0];
  const demand = demandFigure(dimension, placed, fullest);
  const limit = likelyValue(capacity);
  const load = likelyValue(demand);
  const share = limit === undefined || load === undefined ? undefined : load / limit;
  return {
    dimension,
    capacity,
    demand,
    node: fullest?.node,
    share,
    verdict: verdictOf(share),
    estimated: (fullest?.shares ?? []).some(({ figure }) => figure.reasons.some(({ kind }) => kind === "assumption")),
    heaviest: (fullest?.shares ?? [])
      .slice(0, heaviestShown)
      .map(({ workload, pods, demand: taken }) => ({ workload: workload.label, pods, demand: taken })),
  };
}

function verdictOf(share: number | undefined): KernelBudget["verdict"] {
  if (share === undefined) return "notEvaluable";
  if (share > 1) return "exceeded";
  return share > warningShare ? "tight" : "within";
}

function demandFigure(dimension: KernelDimension, placed: PoolPlacement, fullest: NodeLoad | undefined): Figure {
  const { label, unit } = kernelDimensions[dimension];
  const name = [
    `kernel/${placed.cluster}/${placed.pool}/${dimension}/demand`,
    `${label} taken on the fullest node`,
    unit,
  ] as const;
  const unknown = fullest?.unknown ?? [];
  if (unknown.length > 0)
    return notEvaluableFigure(
      ...name,
      unknown.map((workload) => `what ${workload.label} takes`),
    );
  const reasons = (fullest?.shares ?? [])
    .slice(0, heaviestShown)
    .map(({ figure }) => ({ kind: "figure", figure }) as const);
  const text = "sum over the pods of the estate's workloads on the node; the agents of AKS are not counted";
  return exactFigure(...name, fullest?.total ?? 0, [{ kind: "formula", text }, ...reasons]);
}
