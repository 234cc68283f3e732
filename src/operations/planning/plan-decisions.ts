import type { Catalog } from "../../catalog/catalog.ts";
import { platformClusterHours, rawClusterHours } from "../../estate/assumptions/planning-rules.ts";
import type { Workload } from "../../estate/kubernetes/workload.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { Tenant } from "../../estate/model/tenant.ts";
import {
  containerAppSize,
  fitsContainerApp,
  type PlatformSize,
} from "../../finops/scaling-economics/platform-sizes.ts";
import { type DemandedIsolation, demandedIsolation, satisfies } from "../../planning/isolation/demanded-isolation.ts";
import { type IsolationChoice, isolationChoices } from "../../planning/plan-policy.ts";
import { planStructure } from "../../planning/plan-structure.ts";
import type { Structure } from "../../planning/structure-plan.ts";
import type { PlanDecision, RejectedAlternative } from "./plan-report.ts";

export interface DecisionContext {
  readonly estate: Estate;
  readonly catalog: Catalog;
  /** As it was packed, before nodes were added for the scheduler: alternatives are compared like with like. */
  readonly structure: Structure;
  readonly onProgress?: ((text: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

const hoursPerMonth = 730;
/** Tenants beyond these are decided alike but their alternatives are not priced: each takes plans of its own. */
const pricedTenants = 8;

const words: { readonly [choice in IsolationChoice]: string } = {
  shared: "namespaces on the shared pool",
  sandbox: "sandboxed pods on a sandboxed pool",
  pool: "a node pool of its own",
  cluster: "a cluster of its own on the platform product",
};

/** For each tenant what it gets, on what grounds, and what the other ways would cost. */
export function planDecisions(context: DecisionContext): readonly PlanDecision[] {
  const { estate } = context;
  const present = new Set(estate.workloads.map(({ tenant }) => tenant));
  const tenants = estate.tenants
    .filter(({ name }) => present.has(name) && name !== "platform")
    .map((tenant) => ({ tenant, demanded: demandedIsolation(tenant) }))
    // Those that ask for something first: about the others there is less to decide.
    .toSorted((left, right) => Number(left.demanded.choice === "shared") - Number(right.demanded.choice === "shared"));
  return tenants.map(({ tenant, demanded }, index) =>
    decisionOf(context, tenant, demanded, present.size > 1, index < pricedTenants),
  );
}

function decisionOf(
  context: DecisionContext,
  tenant: Tenant,
  demanded: DemandedIsolation,
  hasNeighbours: boolean,
  isPriced: boolean,
): PlanDecision {
  const { estate, onProgress } = context;
  const taken: IsolationChoice = !hasNeighbours ? "shared" : demanded.choice === "sandbox" ? "pool" : demanded.choice;
  onProgress?.(`what else ${tenant.name} could have`);
  const applications = estate.applications.filter((each) => each.tenant === tenant.name).map(({ name }) => name);
  const others = isolationChoices.filter((choice) => choice !== taken && (hasNeighbours || choice !== "pool"));
  const isSandboxed = estate.workloads.some(
    (workload) => workload.tenant === tenant.name && workload.runtimeClassName?.startsWith("kata") === true,
  );
  return {
    id: `isolation/${tenant.name}`,
    subject: `Tenant/${tenant.name}`,
    applications: applications.toSorted(),
    decision: `${words[taken]}${isSandboxed ? ", its sandboxed pods on a sandboxed one" : ""}`,
    because: becauseOf(tenant, demanded, hasNeighbours),
    alternatives: isPriced
      ? [
          ...others.map((choice) => isolationAlternative(context, tenant, demanded, choice)),
          rawCluster(context, tenant),
          containerApps(context, tenant),
        ]
      : [],
  };
}

function becauseOf({ name, trust }: Tenant, { because }: DemandedIsolation, hasNeighbours: boolean): string {
  if (!hasNeighbours) return `${name} is the only tenant: there is nobody to be kept apart from`;
  if (because.length === 0) return `${name} (trust ${trust}) accepts to share clusters, nodes and kernels`;
  const named = because.slice(0, 3).join(", ");
  return `${name} (trust ${trust}) wants separate: ${named}${because.length > 3 ? ` and ${because.length - 3} more` : ""}`;
}

function isolationAlternative(
  context: DecisionContext,
  tenant: Tenant,
  demanded: DemandedIsolation,
  choice: IsolationChoice,
): RejectedAlternative {
  const difference = differenceWith(context, tenant, choice);
  const operatorHours = choice === "cluster" ? platformClusterHours.hours : 0;
  const what = words[choice];
  if (!satisfies(choice, demanded.choice)) {
    const reason = `${tenant.name} does not accept to share ${demanded.because[0] ?? "it"}`;
    return { what, difference, operatorHours, verdict: "refused", reason };
  }
  if (difference === undefined) {
    return { what, difference, operatorHours, verdict: "notEvaluable", reason: "no size can carry its pods so" };
  }
  const isDearer = difference > 0.005;
  const reason = isDearer ? "it asks for no more than it has" : "no cheaper, and one thing more to run";
  return { what, difference, operatorHours, verdict: isDearer ? "dearer" : "worse", reason };
}

/** Nodes and tiers a month more with another isolation for one tenant. */
function differenceWith(context: DecisionContext, tenant: Tenant, choice: IsolationChoice): number | undefined {
  const { estate, catalog, structure, signal } = context;
  signal?.throwIfAborted();
  const isolation = new Map([...structure.policy.isolation, [tenant.name, choice]]);
  const policy = { ...structure.policy, isolation };
  const other = planStructure(estate, catalog, { policy, solvers: undefined, signal });
  if (other.unplanned.length > structure.unplanned.length) return undefined;
  return monthly(other.hourlyMicros - structure.hourlyMicros);
}

/** A cluster that the tenant's own team runs costs what a dedicated one does, and more of people's work. */
function rawCluster(context: DecisionContext, tenant: Tenant): RejectedAlternative {
  const { estate } = context;
  const nodes = differenceWith(context, tenant, "cluster");
  const rate = estate.commercial.operatorHourCost;
  const clusters = new Set(
    estate.workloads.filter((workload) => workload.tenant === tenant.name).map(({ cluster }) => cluster),
  ).size;
  const operatorHours = rawClusterHours.hours * clusters;
  const difference = nodes === undefined ? undefined : nodes + operatorHours * (rate ?? 0);
  return {
    what: `raw AKS run by the team, ${clusters} ${clusters === 1 ? "cluster" : "clusters"}`,
    difference: difference === undefined ? undefined : cents(difference),
    operatorHours,
    verdict: "dearer",
    reason:
      rate === undefined
        ? "people's work is not in the price: operatorHourCost is not declared"
        : "people's work is in the price",
  };
}

/** What one pod asks of a platform that bills by size; what it does not say is what the scheduler scores it with. */
function platformSizeOf({ podRequests: { cpuMillicores = 100, memoryBytes = 200 * 2 ** 20 } }: Workload): PlatformSize {
  return { vcpu: cpuMillicores / 1000, memoryGiB: memoryBytes / 2 ** 30 };
}

/** Serving pods as Container Apps that run all month, at the list prices of the plan's region. */
function containerApps({ estate, catalog, structure }: DecisionContext, tenant: Tenant): RejectedAlternative {
  const what = "Azure Container Apps, always on";
  const own = estate.workloads.filter((workload) => workload.tenant === tenant.name);
  const unfit = own.find(
    ({ run, claims, podSpec }) => run === "perNode" || claims.length > 0 || podSpec.hostNetwork === true,
  );
  const none = { what, difference: undefined, operatorHours: 0 } as const;
  if (unfit !== undefined) {
    return { ...none, verdict: "refused", reason: `${unfit.namespace}/${unfit.name} needs a node or disk of its own` };
  }
  const tooLarge = own.find((workload) => !fitsContainerApp(platformSizeOf(workload)));
  if (tooLarge !== undefined) {
    const reason = `a pod of ${tooLarge.namespace}/${tooLarge.name} is larger than any container app`;
    return { ...none, verdict: "refused", reason };
  }
  const perUsd = estate.exchangeRate?.perUsd ?? 1;
  let hourly = 0;
  for (const workload of own) {
    const { cluster, replicas } = workload;
    const region = structure.clusters.find(({ template }) => template.name === cluster)?.cluster.region ?? "";
    const meters = catalog.serviceMeters("containerApps", region);
    const cpu = meters.find(({ meter }) => /vCPU Active Usage/i.test(meter) && !/GPU/i.test(meter))?.price.value;
    const memory = meters.find(({ meter }) => /Memory Active Usage/i.test(meter))?.price.value;
    if (cpu === undefined || memory === undefined) {
      return { ...none, verdict: "notEvaluable", reason: `the catalog has no price of it in ${region}` };
    }
    const size = containerAppSize(platformSizeOf(workload));
    hourly += (size.vcpu * cpu + size.memoryGiB * memory) * 3600 * perUsd * replicas.minimum;
  }
  const saved = structure.clusters
    .flatMap(({ pools }) => pools)
    .filter(({ podClass }) => podClass?.exclusiveTo === tenant.name)
    .reduce((sum, { solved }) => sum + solved.nodes * solved.size.hourlyMicros, 0);
  const difference = cents(hourly * hoursPerMonth - monthly(saved));
  const isDearer = difference > 0;
  return {
    what,
    difference,
    operatorHours: 0,
    verdict: isDearer ? "dearer" : "cheaper",
    reason:
      saved > 0
        ? "in the place of its own nodes; what it needs of Kubernetes, and where its data may be, has to be looked at"
        : "nodes that it shares are not taken off",
  };
}

function monthly(hourlyMicros: number): number {
  return cents((hourlyMicros / 1e6) * hoursPerMonth);
}

function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}
