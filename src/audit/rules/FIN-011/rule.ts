import type { VmSize } from "../../../catalog/catalog.ts";
import type { Figure } from "../../../estate/figures/figure.ts";
import type { ClusterCapacity, PoolCapacity } from "../../../scheduling/cluster-capacity.ts";
import { admittingPools, capacityFor } from "../../admission/admitting-nodes.ts";
import { clusterVerdict, poolPasses, poolVerdict, unstated } from "../../clusters/cluster-outcome.ts";
import {
  type DeclaredCluster,
  type DeclaredPool,
  declaredClusters,
  declaredPools,
} from "../../clusters/declared-settings.ts";
import type { AuditContext, Rule, RuleOutcome } from "../../rule.ts";
import { costing } from "../../studies/finding-terms.ts";

/** FIN-011: a node carries more than itself. */
export const nodeOverhead: Rule = {
  id: "FIN-011",
  name: "node-overhead",
  title: "Reservations and DaemonSets take little of each node, and nothing keeps pods from using the rest.",
  severity: { high: "low", medium: "low", low: "low" },
  inputs: ["manifests", "nodePools", "prices"],
  parameters: [
    {
      name: "largestOverheadPercent",
      description:
        "Largest part of a node's processor or memory that reservations and DaemonSets may take, in percent.",
      default: 20,
    },
  ],
  judges: "objects",
  *evaluate(context) {
    for (const cluster of declaredClusters(context.estate)) {
      const capacity = capacityFor(context, cluster.name);
      if (capacity === undefined) {
        yield clusterVerdict(context.estate, cluster, unstated(`Cluster ${cluster.name}`, ["nodePools"], "needs-P"));
        continue;
      }
      for (const pool of declaredPools(cluster)) {
        const known = capacity.pools.find((each) => each.pool.name === pool.name);
        if (known !== undefined) yield* judge(context, cluster, pool, known, capacity);
      }
    }
  },
};

function* judge(
  context: AuditContext,
  cluster: DeclaredCluster,
  pool: DeclaredPool,
  known: PoolCapacity,
  capacity: ClusterCapacity,
): Iterable<RuleOutcome> {
  const { estate, catalog, parameters } = context;
  const size = catalog.vmSize(pool.vmSize);
  const [nodeClass] = known.classes;
  if (size === undefined || known.capacity === undefined || nodeClass === undefined) {
    const message = `Size ${pool.vmSize} of pool ${pool.name} is not in the catalog, so what its nodes lose is not known.`;
    yield poolVerdict(estate, cluster, pool, {
      verdict: "notEvaluable",
      missing: ["needs-P"],
      field: ["vmSize"],
      message,
    });
    return;
  }
  const { emptyRoom } = nodeClass;
  const cpu = 1 - emptyRoom.cpuMillicores / (size.vcpu * 1000);
  const memory = 1 - emptyRoom.memoryBytes / (size.memoryGiB * bytesPerGiB);
  const findings = [
    ...overhead(context, cluster, pool, size, { cpu, memory }, Number(parameters["largestOverheadPercent"])),
    ...tooFewPods(context, cluster, pool, emptyRoom, capacity),
  ];
  yield* findings.length === 0 ? [poolPasses(estate, cluster, pool)] : findings;
}

const bytesPerGiB = 1024 ** 3;

function* overhead(
  context: AuditContext,
  cluster: DeclaredCluster,
  pool: DeclaredPool,
  size: VmSize,
  { cpu, memory }: { readonly cpu: number; readonly memory: number },
  most: number,
): Iterable<RuleOutcome> {
  const worst = Math.max(cpu, memory) * 100;
  if (worst <= most) return;
  yield poolVerdict(context.estate, cluster, pool, {
    verdict: "fail",
    part: "1",
    ...costing(shareOfPool(context, pool, "1", worst / 100 - most / 100, `taken beyond ${most} %`)),
    field: ["vmSize"],
    message: `Reservations, system daemons and DaemonSets take ${percent(cpu)} of the processor and ${percent(memory)} of the memory of each node of pool ${pool.name} (${pool.vmSize}, ${size.vcpu} vCPU, ${size.memoryGiB} GiB), at most ${most} % is allowed: small nodes pay for themselves first.`,
    fix: {
      description: "Use fewer, larger nodes, and lower maxPods: each pod that a node may have takes memory of it.",
    },
  });
}

/** When as many pods as a node may have fill neither processor nor memory, the rest stays empty. */
function* tooFewPods(
  context: AuditContext,
  cluster: DeclaredCluster,
  pool: DeclaredPool,
  room: PoolCapacity["classes"][number]["emptyRoom"],
  capacity: ClusterCapacity,
): Iterable<RuleOutcome> {
  const { estate } = context;
  const shapes = estate.workloads.flatMap((workload) => {
    const shape = capacity.shapes.get(workload.id);
    if (shape === undefined || workload.cluster !== cluster.name || workload.run === "perNode") return [];
    const mayRunHere = admittingPools(context, workload)?.some((each) => each.pool.name === pool.name) === true;
    return mayRunHere ? [{ shape, pods: Math.max(1, workload.replicas.minimum) }] : [];
  });
  const pods = shapes.reduce((sum, each) => sum + each.pods, 0);
  if (pods === 0) return;
  const meanCpu = shapes.reduce((sum, { shape, pods: each }) => sum + shape.demand.cpuMillicores * each, 0) / pods;
  const meanMemory = shapes.reduce((sum, { shape, pods: each }) => sum + shape.demand.memoryBytes * each, 0) / pods;
  const cpu = (room.pods * meanCpu) / room.cpuMillicores;
  const memory = (room.pods * meanMemory) / room.memoryBytes;
  if (!Number.isFinite(cpu) || !Number.isFinite(memory) || Math.max(cpu, memory) >= 1 || meanCpu + meanMemory === 0)
    return;
  yield poolVerdict(estate, cluster, pool, {
    verdict: "fail",
    part: "2",
    ...costing(shareOfPool(context, pool, "2", 1 - Math.max(cpu, memory), "never to be used")),
    field: ["maxPods"],
    message: `A node of pool ${pool.name} may have ${pool.maxPods} pods, ${room.pods} of them of applications; with the mean request of what may run there, ${Math.round(meanCpu)}m and ${Math.round(meanMemory / 1024 ** 2)} MiB, they fill ${percent(cpu)} of the processor and ${percent(memory)} of the memory: the rest can never be used.`,
    fix: { description: "Raise maxPods, or use smaller nodes; maxPods is set when a pool is created." },
  });
}

/** A share of what the pool costs. */
function shareOfPool(
  { studies }: AuditContext,
  pool: DeclaredPool,
  part: string,
  share: number,
  what: string,
): Figure | undefined {
  const monthly = studies?.money.poolCost(pool.cluster, pool.name);
  if (studies === undefined || monthly === undefined) return undefined;
  return studies.money.figure(monthly * share, {
    rule: `FIN-011.${part}`,
    subject: `NodePool/${pool.cluster}/${pool.name}`,
    label: `Share of pool ${pool.name} ${what}`,
    formula: `${studies.money.inWords(monthly)} a month for the nodes × ${percent(share)}`,
  });
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
