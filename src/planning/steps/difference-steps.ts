import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Cluster, NodePool } from "../../estate/model/cluster.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { needsSelector } from "../estate/planned-estate.ts";
import { isSamePool } from "../pools/pool-names.ts";
import type { PlannedCluster, PlannedPool } from "../structure-plan.ts";

/** `+` new, `~` changed in place, `-/+` another takes its place, `-` gone. */
type StepSymbol = "+" | "~" | "-/+" | "-";

/** One step from what is declared to what is planned. Steps are in an order that keeps everything up. */
export interface PlanStep {
  readonly order: number;
  readonly symbol: StepSymbol;
  readonly kind: "cluster" | "nodePool" | "manifests";
  /** `Cluster/prod-weu`, `prod-weu/general`, or the pool that workloads move to. */
  readonly subject: string;
  /** An order, such as `add pool general2: 5 × D4s_v5 over zones 1, 2, 3`. */
  readonly what: string;
  /** What the nodes of the step cost a month more or less, once it is done; undefined where it is not known. */
  readonly monthly: number | undefined;
  readonly risk: "none" | "low" | "medium" | "high";
  /** What can go wrong, and what keeps it from doing so. */
  readonly caution: string;
}

type Step = Omit<PlanStep, "order">;

/** What the nodes of a pool cost a month, by `cluster/pool`; before and after. */
export interface PoolCosts {
  readonly before: ReadonlyMap<string, number>;
  readonly after: ReadonlyMap<string, number>;
}

/**
 * The difference as steps: first everything that is new, then workloads move, last what is no longer needed goes. Between
 * the first and the last both are paid.
 */
export function differenceSteps(
  estate: Estate,
  clusters: readonly PlannedCluster[],
  costs: PoolCosts,
): readonly PlanStep[] {
  const steps = [
    ...clusters.flatMap((planned) => clusterSteps(planned)),
    ...clusters.flatMap((planned) => newPools(planned, costs)),
    ...clusters.flatMap((planned) => changedPools(planned, costs)),
    ...clusters.flatMap((planned) => manifestSteps(planned, estate)),
    ...clusters.flatMap((planned) => oldPools(planned, costs)),
    ...oldClusters(estate, clusters, costs),
  ];
  return steps.map((step, index) => ({ order: index + 1, ...step }));
}

function clusterSteps({ cluster, template, isDeclared, apartFrom }: PlannedCluster): readonly Step[] {
  const subject = `Cluster/${cluster.name}`;
  if (!isDeclared || template.declared === undefined) {
    const [first] = apartFrom;
    const why = first === undefined ? "" : ` (${first.because})`;
    return [
      {
        symbol: "+",
        kind: "cluster",
        subject,
        what: `create cluster ${cluster.name} in ${cluster.region}, tier ${cluster.tier}${why}`,
        monthly: undefined,
        risk: "low",
        caution: "nothing runs there yet; quota of vCPUs and address space have to be there first",
      },
    ];
  }
  if (cluster.tier === template.tier) return [];
  const isDown = cluster.tier === "Free";
  return [
    {
      symbol: "~",
      kind: "cluster",
      subject,
      what: `change the tier of ${cluster.name} from ${template.tier} to ${cluster.tier}`,
      monthly: undefined,
      risk: isDown ? "low" : "none",
      caution: isDown
        ? "the API server has no uptime SLA then; running pods are not touched"
        : "in place, nothing restarts",
    },
  ];
}

function newPools(planned: PlannedCluster, { after }: PoolCosts): readonly Step[] {
  return planned.pools
    .filter((pool) => declaredOf(planned, pool) === undefined)
    .map(({ pool }): Step => {
      const subject = `${planned.cluster.name}/${pool.name}`;
      return {
        symbol: "+",
        kind: "nodePool",
        subject,
        what: `add pool ${pool.name}: ${shapeOf(pool)}`,
        monthly: after.get(subject),
        risk: "none",
        caution: "nothing runs there until workloads move; check the vCPU quota of the size first",
      };
    });
}

function changedPools(planned: PlannedCluster, { before, after }: PoolCosts): readonly Step[] {
  return planned.pools.flatMap((each): readonly Step[] => {
    const declared = declaredOf(planned, each);
    if (declared === undefined) return [];
    const { pool } = each;
    const subject = `${planned.cluster.name}/${pool.name}`;
    const changes = [
      ...(declared.minimumNodes === pool.minimumNodes
        ? []
        : [`at least ${pool.minimumNodes} instead of ${declared.minimumNodes} nodes`]),
      ...(taintsOf(declared) === taintsOf(pool) ? [] : [`taint ${taintsOf(pool) || "none"}`]),
    ];
    if (changes.length === 0) return [];
    const fewer = pool.minimumNodes < declared.minimumNodes;
    return [
      {
        symbol: "~",
        kind: "nodePool",
        subject,
        what: `change pool ${pool.name}: ${changes.join(", ")}`,
        monthly: difference(before.get(subject), after.get(subject)),
        risk: fewer ? "low" : "none",
        caution: fewer ? "nodes are drained: disruption budgets decide how fast" : "nodes are added, nothing moves",
      },
    ];
  });
}

/** Workloads whose pool has another name or taint get selector and toleration; one step a pool. */
function manifestSteps(planned: PlannedCluster, { clusters, workloads }: Estate): readonly Step[] {
  const declared = new Map(workloads.map((workload) => [workload.id, workload]));
  const isNew = !clusters.some(({ name }) => name === planned.cluster.name);
  const all = planned.units.flatMap((unit) => unit.workloads);
  return planned.pools.flatMap((pool): readonly Step[] => {
    const ids = new Set(pool.pods.map(({ id }) => id));
    const before = isNew ? undefined : declaredOf(planned, pool);
    const stays = before !== undefined && !needsSelector(pool, planned);
    const moving = all.filter(({ id, nodeSelector }) => {
      if (!ids.has(id)) return false;
      const own = declared.get(id);
      if (before !== undefined && own !== undefined && isOnlyOn(own, before, planned.template)) return false;
      return !stays || Object.keys(own?.nodeSelector ?? {}).length !== Object.keys(nodeSelector).length;
    });
    if (moving.length === 0) return [];
    const owners = [...new Set(moving.map(({ application, namespace }) => application ?? namespace))].toSorted();
    const named =
      owners.length > 4 ? `${owners.slice(0, 3).join(", ")} and ${owners.length - 3} more` : owners.join(", ");
    const isStateful = moving.some(({ claims }) => claims.length > 0);
    return [
      {
        symbol: "~",
        kind: "manifests",
        subject: `${planned.cluster.name}/${pool.pool.name}`,
        what: `move ${moving.length} ${moving.length === 1 ? "workload" : "workloads"} (${named}) to pool ${pool.pool.name}`,
        monthly: undefined,
        risk: isStateful ? "medium" : "low",
        caution: isStateful
          ? `pods with disks restart one by one${isNew ? ", and their data has to be copied to the new cluster" : ", in the zone of their disk"}`
          : "pods are replaced by a rolling update; disruption budgets hold",
      },
    ];
  });
}

function oldPools(planned: PlannedCluster, { before }: PoolCosts): readonly Step[] {
  if (!planned.isDeclared || planned.template.declared === undefined) return [];
  const kept = new Set(planned.pools.flatMap((pool) => declaredOf(planned, pool)?.name ?? []));
  return planned.template.nodePools
    .filter(({ name }) => !kept.has(name))
    .map((pool): Step => {
      const subject = `${planned.cluster.name}/${pool.name}`;
      const successor = planned.pools.find(({ pool: each }) => each.name.startsWith(pool.name));
      const cost = before.get(subject);
      return {
        symbol: successor === undefined ? "-" : "-/+",
        kind: "nodePool",
        subject,
        what: `remove pool ${pool.name} (${pool.vmSize.replace("Standard_", "")})${successor === undefined ? "" : `, whose place ${successor.pool.name} has taken`}`,
        monthly: cost === undefined ? undefined : -cost,
        risk: "medium",
        caution:
          "cordon it first and see that nothing is pending; then its nodes are drained within disruption budgets",
      };
    });
}

function oldClusters(estate: Estate, clusters: readonly PlannedCluster[], { before }: PoolCosts): readonly Step[] {
  const kept = new Set(clusters.map(({ cluster }) => cluster.name));
  const used = new Set(estate.workloads.map(({ cluster }) => cluster));
  return estate.clusters
    .filter(({ name, declared }) => !kept.has(name) && declared !== undefined && used.has(name))
    .map(({ name, nodePools }): Step => {
      const cost = nodePools.reduce((sum, pool) => sum + (before.get(`${name}/${pool.name}`) ?? 0), 0);
      return {
        symbol: "-",
        kind: "cluster",
        subject: `Cluster/${name}`,
        what: `delete cluster ${name}`,
        monthly: -cost,
        risk: "high",
        caution: "only when nothing is left in it: entry points, identities and volumes have to have moved",
      };
    });
}

/** Of the declared pools only this one has the labels that the workload asks for, and it tolerates the pool's taints. */
function isOnlyOn({ nodeSelector, tolerations }: Workload, pool: NodePool, { nodePools }: Cluster): boolean {
  const admits = ({ name, labels }: NodePool) => {
    const known: Readonly<Record<string, string>> = {
      ...labels,
      agentpool: name,
      "kubernetes.azure.com/agentpool": name,
    };
    const asked = Object.entries(nodeSelector).filter(
      ([key]) => nodePools.some((each) => key in each.labels) || key in known,
    );
    return asked.length > 0 && asked.every(([key, value]) => known[key] === value);
  };
  if (!pool.taints.every(({ key }) => tolerations.some((each) => each.key === key))) return false;
  return admits(pool) && nodePools.every((other) => other === pool || !admits(other));
}

function declaredOf({ template, isDeclared }: PlannedCluster, { pool }: PlannedPool) {
  if (!isDeclared) return undefined;
  return template.nodePools.find(
    (each) => each.name === pool.name && each.declared !== undefined && isSamePool(each, pool),
  );
}

function shapeOf(pool: PlannedPool["pool"]): string {
  const zones = pool.zones.length === 0 ? "no zones" : `zones ${pool.zones.join(", ")}`;
  const taint = taintsOf(pool);
  return `${pool.minimumNodes} × ${pool.vmSize.replace("Standard_", "")}, ${zones}${taint === "" ? "" : `, taint ${taint}`}`;
}

function taintsOf({ taints }: PlannedPool["pool"]): string {
  return taints.map(({ key, value }) => `${key}=${value ?? ""}`).join(", ");
}

function difference(before: number | undefined, after: number | undefined): number | undefined {
  return before === undefined || after === undefined ? undefined : after - before;
}
