import type { Workload } from "../../../estate/kubernetes/workload.ts";
import type { NodePool } from "../../../estate/model/cluster.ts";
import { firstUntolerated, readTolerations } from "../../../scheduling/tolerations.ts";
import { podsByWorkload } from "../../allocation/share-pool.ts";
import type { PricingContext } from "../../bill/pricing-context.ts";
import type { CommittablePool } from "../demand/node-demand.ts";

/** Whether a pool's nodes may be spot, and at what price. */
export interface SpotCandidate {
  /** Index in the demand. */
  readonly pool: number;
  readonly cluster: string;
  readonly name: string;
  readonly vmSize: string;
  /** Per node and hour; undefined where the catalog has none. */
  readonly price: number | undefined;
  readonly payAsYouGo: number | undefined;
  /** Why it may not be spot; undefined when it may. */
  readonly obstacle: string | undefined;
}

const spotTaint = { key: "kubernetes.azure.com/scalesetpriority", value: "spot", effect: "NoSchedule" } as const;

/**
 * Spot is open to user pools whose every workload tolerates AKS's spot taint: a toleration is how an owner says that pods
 * may be taken away. DaemonSets do not decide it: they follow the nodes.
 */
export function spotCandidates(context: PricingContext, pools: readonly CommittablePool[]): readonly SpotCandidate[] {
  const workloads = new Map(context.estate.workloads.map((workload) => [workload.id, workload]));
  return pools.flatMap(({ cluster, pool: name, region, vmSize, payAsYouGo }, index) => {
    const pool = context.estate.clusters
      .find((each) => each.name === cluster)
      ?.nodePools.find((each) => each.name === name);
    const placed = context.placement.pools.find((each) => each.cluster === cluster && each.pool === name);
    if (pool === undefined || placed === undefined || placed.nodes.length === 0) return [];
    const own = [...podsByWorkload(placed).keys()].flatMap((id) => workloads.get(id) ?? []);
    const fact = context.catalog.vmPrice(region, vmSize, "spot");
    const price = fact === undefined || fact.value <= 0 ? undefined : fact.value * context.currency.perUsd;
    return [{ pool: index, cluster, name, vmSize, price, payAsYouGo, obstacle: obstacleOf(pool, own, price) }];
  });
}

function obstacleOf(pool: NodePool, workloads: readonly Workload[], price: number | undefined): string | undefined {
  if (pool.mode === "System") return "a system pool cannot be spot";
  const deciding = workloads.filter(({ kind }) => kind !== "DaemonSet");
  if (deciding.length === 0) return "no workload on it says that it may be taken away";
  const against = deciding.filter(
    ({ tolerations }) => firstUntolerated([spotTaint], readTolerations(tolerations)) !== undefined,
  );
  const [first] = against;
  if (first !== undefined) {
    const others = against.length === 1 ? "" : ` and ${against.length - 1} more`;
    return `${first.kind}/${first.name}${others} ${against.length === 1 ? "does" : "do"} not tolerate the spot taint`;
  }
  return price === undefined ? "the catalog has no spot price of it" : undefined;
}
