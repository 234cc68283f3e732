import type { Figure } from "../../../estate/figures/figure.ts";
import type { BetterSize } from "../../../finops/right-sizing/nodes/another-ratio.ts";
import { askedOf, askedRatio } from "../../../finops/right-sizing/nodes/pool-shares.ts";
import type { PoolPlacement } from "../../../scheduling/placement.ts";
import { clusterVerdict, poolPasses, poolVerdict, unstated } from "../../clusters/cluster-outcome.ts";
import {
  type DeclaredCluster,
  type DeclaredPool,
  declaredClusters,
  declaredPools,
} from "../../clusters/declared-settings.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import { costing } from "../../studies/finding-terms.ts";

/** FIN-007: nodes are made as their pods are, and large enough, and not too large. */
export const nodeFit: Rule = {
  id: "FIN-007",
  name: "node-fit",
  title: "The nodes of a pool have CPU and memory in the ratio that their pods ask for, and a fitting size.",
  severity: { high: "medium", medium: "medium", low: "low" },
  inputs: ["manifests", "nodePools", "prices"],
  judges: "objects",
  parameters: [
    {
      name: "mostStrandedPercent",
      description: "Largest share of what a pool costs that may be stranded beside its scarcer resource, in percent.",
      default: 10,
    },
    { name: "smallNodeGiB", description: "Memory of a node up to which it is too small, in GiB.", default: 4 },
    {
      name: "largestNodeSharePercent",
      description: "Largest share of a workload's replicas on one node, in percent, for those with at least as many.",
      default: 25,
    },
  ],
  *evaluate(context) {
    for (const cluster of declaredClusters(context.estate)) {
      const pools = declaredPools(cluster);
      if (pools.length === 0 && cluster.sku !== "Automatic") {
        yield clusterVerdict(context.estate, cluster, unstated(`Cluster ${cluster.name}`, ["nodePools"], "needs-P"));
      }
      for (const pool of pools) {
        const placed = context.placement.pools.find((each) => each.cluster === cluster.name && each.pool === pool.name);
        if (placed !== undefined && placed.nodes.length > 0) yield* judge(context, cluster, pool, placed);
      }
    }
  },
};

function* judge(
  context: AuditContext,
  cluster: DeclaredCluster,
  pool: DeclaredPool,
  placed: PoolPlacement,
): Iterable<RuleOutcome> {
  const { estate } = context;
  const findings = [
    ...stranded(context, cluster, pool, placed),
    ...tooSmall(context, cluster, pool),
    ...tooLarge(context, cluster, pool, placed),
  ];
  yield* findings.length === 0 ? [poolPasses(estate, cluster, pool)] : findings;
}

/** What no pod asks for of the emptier resource; only what another ratio would save counts, so that headroom does not. */
function* stranded(
  context: AuditContext,
  cluster: DeclaredCluster,
  pool: DeclaredPool,
  placed: PoolPlacement,
): Iterable<RuleOutcome> {
  const { estate, catalog, parameters, studies } = context;
  const size = catalog.vmSize(pool.vmSize);
  const fill = fillOf(placed);
  const most = Number(parameters["mostStrandedPercent"]);
  const share = (1 - Math.min(fill.cpu, fill.memory)) * 100;
  if (size === undefined || share <= most) return;
  const ratio = askedRatio(placed);
  const words = `The pods on the ${placed.nodes.length} ${placed.nodes.length === 1 ? "node" : "nodes"} of pool ${pool.name} (${pool.vmSize}, ${rounded(size.memoryGiB / size.vcpu)} GiB a vCPU) ask for ${percent(fill.cpu)} of the processor and ${percent(fill.memory)} of the memory${ratio === undefined ? "" : `, ${rounded(ratio)} GiB a vCPU`}`;
  if (studies === undefined) {
    const message = `${words}; whether another family of sizes costs less needs prices.`;
    yield poolVerdict(estate, cluster, pool, { verdict: "notEvaluable", part: "1", missing: ["needs-€"], message });
    return;
  }
  const better = studies.money.betterRatio(cluster.name, pool.name);
  if (better === undefined) return;
  yield poolVerdict(estate, cluster, pool, {
    verdict: "fail",
    part: "1",
    field: ["vmSize"],
    message: `${words}: ${percent(share / 100)} of the nodes is stranded, and the same pods fit on ${better.nodes} × ${better.vmSize}, with ${rounded(better.ratio)} GiB a vCPU, for less.`,
    fix: {
      description: `Use ${better.vmSize}; the size of a pool cannot be changed, so it is made anew beside the old one.`,
      edits: [{ path: ["vmSize"], value: better.vmSize }],
    },
    ...costing(savingOf(context, pool, better)),
  });
}

function savingOf({ studies }: AuditContext, pool: DeclaredPool, better: BetterSize): Figure | undefined {
  return studies?.money.figure(better.monthlySaving, {
    rule: "FIN-007.1",
    subject: `NodePool/${pool.cluster}/${pool.name}`,
    label: `Pool ${pool.name} on ${pool.vmSize} instead of ${better.vmSize}`,
    formula:
      "nodes, OS disks, Defender and commitments of the estate as declared, less the same with the other size; both packed by the scheduler's rules",
  });
}

function fillOf(placed: PoolPlacement): { readonly cpu: number; readonly memory: number } {
  const asked = askedOf(placed);
  const nodes = placed.nodes.length;
  return {
    cpu: asked.cpu / (placed.allocatable.cpuMillicores * nodes),
    memory: asked.memory / (placed.allocatable.memoryBytes * nodes),
  };
}

function* tooSmall(
  { estate, catalog, parameters }: AuditContext,
  cluster: DeclaredCluster,
  pool: DeclaredPool,
): Iterable<RuleOutcome> {
  const size = catalog.vmSize(pool.vmSize);
  const least = Number(parameters["smallNodeGiB"]);
  if (size === undefined || size.memoryGiB > least) return;
  yield poolVerdict(estate, cluster, pool, {
    verdict: "fail",
    part: "2",
    field: ["vmSize"],
    message: `Nodes of pool ${pool.name} (${pool.vmSize}) have ${rounded(size.memoryGiB)} GiB: AKS reserves the largest share of small nodes, and one workload more does not fit.`,
    fix: { description: `Use sizes with more than ${least} GiB.` },
  });
}

/** Only workloads with enough replicas to stay below the share are told; a node more would spread them. */
function* tooLarge(
  { estate, parameters }: AuditContext,
  cluster: DeclaredCluster,
  pool: DeclaredPool,
  placed: PoolPlacement,
): Iterable<RuleOutcome> {
  const most = Number(parameters["largestNodeSharePercent"]) / 100;
  const onNode = new Map<string, number>();
  for (const { pods } of placed.nodes) {
    const own = Map.groupBy(pods, ({ workload }) => workload);
    for (const [workload, each] of own) onNode.set(workload, Math.max(onNode.get(workload) ?? 0, each.length));
  }
  const crowded = estate.workloads.flatMap((workload) => {
    const { minimum } = workload.replicas;
    const together = onNode.get(workload.id) ?? 0;
    const isTold = workload.run === "serving" && minimum >= Math.ceil(1 / most) && together / minimum > most;
    return isTold ? [{ workload, together }] : [];
  });
  const [first] = crowded.toSorted(
    (left, right) =>
      right.together / right.workload.replicas.minimum - left.together / left.workload.replicas.minimum ||
      (left.workload.id < right.workload.id ? -1 : 1),
  );
  if (first === undefined) return;
  const { workload, together } = first;
  const others = crowded.length === 1 ? "" : `, and so it is with ${crowded.length - 1} more`;
  yield poolVerdict(estate, cluster, pool, {
    verdict: "fail",
    part: "3",
    severity: "low",
    field: ["vmSize"],
    message: `One of the ${placed.nodes.length} nodes of pool ${pool.name} carries ${together} of the ${workload.replicas.minimum} replicas of ${workload.label}${others}: losing it takes more than ${percent(most)}.`,
    fix: { description: "Use more, smaller nodes, or spread the replicas over nodes (AVL-006)." },
  });
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function rounded(value: number): number {
  return Number(value.toFixed(1));
}
