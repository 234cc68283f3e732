import type { Catalog } from "../../catalog/catalog.ts";
import { platformClusterHours, rawClusterHours } from "../../estate/assumptions/planning-rules.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { Tenant } from "../../estate/model/tenant.ts";
import { type DemandedIsolation, demandedIsolation, satisfies } from "../../planning/isolation/demanded-isolation.ts";
import { type IsolationChoice, isolationChoices } from "../../planning/plan-policy.ts";
import { planStructure } from "../../planning/plan-structure.ts";
import type { PoolChoices } from "../../planning/pools/pool-choices.ts";
import type { Structure } from "../../planning/structure-plan.ts";
import { type TriedEstate, tryContext, tryEstate } from "../availability/try-change.ts";
import { alternativeWay, withWork } from "./alternatives/alternative-ways.ts";
import { containerApps, functions, type PlatformContext, staticHosting } from "./alternatives/platform-alternatives.ts";
import { secondRegion } from "./alternatives/second-region.ts";
import type { PlanDecision, RejectedAlternative } from "./plan-report.ts";

export interface DecisionContext {
  readonly estate: Estate;
  readonly catalog: Catalog;
  /** As it was packed, before nodes were added for the scheduler: alternatives are compared like with like. */
  readonly structure: Structure;
  readonly choices: PoolChoices;
  /** The estate with the recommended structure. */
  readonly planned: Estate;
  /** `YYYY-MM-DD` in UTC. */
  readonly today: string;
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
  const before = tryEstate(context.planned, tryContext(context.catalog, context.today));
  return tenants.map(({ tenant, demanded }, index) =>
    decisionOf(context, tenant, demanded, present.size > 1, index < pricedTenants, before),
  );
}

function decisionOf(
  context: DecisionContext,
  tenant: Tenant,
  demanded: DemandedIsolation,
  hasNeighbours: boolean,
  isPriced: boolean,
  before: TriedEstate,
): PlanDecision {
  const { estate, onProgress } = context;
  const taken: IsolationChoice = !hasNeighbours ? "shared" : demanded.choice === "sandbox" ? "pool" : demanded.choice;
  onProgress?.(`what else ${tenant.name} could have`);
  const applications = estate.applications.filter((each) => each.tenant === tenant.name).map(({ name }) => name);
  const others = isolationChoices.filter((choice) => choice !== taken && (hasNeighbours || choice !== "pool"));
  const isSandboxed = estate.workloads.some(
    (workload) => workload.tenant === tenant.name && workload.runtimeClassName?.startsWith("kata") === true,
  );
  const platform = platformContext(context, tenant);
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
          secondRegion({ ...context, before }, tenant.name),
          ...[containerApps, functions, staticHosting].map((way) => way(platform)),
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
  const other = otherStructure(context, tenant, choice);
  const operatorHours = platformClusterHours.hours * (other?.clustersMore ?? 0);
  const difference = other === undefined ? undefined : withWork(other.bill, operatorHours, context.estate);
  const told = { what: words[choice], difference, operatorHours, availability: undefined };
  if (!satisfies(choice, demanded.choice)) {
    const reason = `${tenant.name} does not accept to share ${demanded.because[0] ?? "it"}`;
    return alternativeWay(choice, { ...told, verdict: "refused", reason });
  }
  if (difference === undefined) {
    return alternativeWay(choice, { ...told, verdict: "notEvaluable", reason: "no size can carry its pods so" });
  }
  const isDearer = difference > 0.005;
  const reason = isDearer ? "it asks for no more than it has" : "no cheaper, and one thing more to run";
  return alternativeWay(choice, { ...told, verdict: isDearer ? "dearer" : "worse", reason });
}

/** The structure with another isolation for one tenant; undefined where no size can carry its pods so. */
function otherStructure(context: DecisionContext, tenant: Tenant, choice: IsolationChoice) {
  const { estate, catalog, structure, choices, signal } = context;
  signal?.throwIfAborted();
  const isolation = new Map([...structure.policy.isolation, [tenant.name, choice]]);
  const policy = { ...structure.policy, isolation };
  const other = planStructure(estate, catalog, { policy, solvers: undefined, choices, signal });
  if (other.unplanned.length > structure.unplanned.length) return undefined;
  return {
    /** Nodes and tiers a month more. */
    bill: monthly(other.hourlyMicros - structure.hourlyMicros),
    clustersMore: other.clusters.length - structure.clusters.length,
    clustersOfTenant: other.clusters.filter(({ units }) => units.some((unit) => unit.tenant === tenant.name)).length,
  };
}

/** Clusters that the tenant's own team runs cost what dedicated ones do, and more of people's work. */
function rawCluster(context: DecisionContext, tenant: Tenant): RejectedAlternative {
  const { estate } = context;
  const other = otherStructure(context, tenant, "cluster");
  if (other === undefined) {
    return alternativeWay("rawCluster", {
      what: "raw AKS run by the team",
      difference: undefined,
      operatorHours: 0,
      availability: undefined,
      verdict: "notEvaluable",
      reason: "no size can carry its pods so",
    });
  }
  const { bill, clustersMore, clustersOfTenant: clusters } = other;
  const platformClustersMore = clustersMore - clusters;
  const operatorHours = rawClusterHours.hours * clusters + platformClusterHours.hours * platformClustersMore;
  const difference = withWork(bill, operatorHours, estate);
  return alternativeWay("rawCluster", {
    what: `raw AKS run by the team, ${clusters} ${clusters === 1 ? "cluster" : "clusters"}`,
    difference,
    operatorHours,
    availability: undefined,
    verdict: difference > 0 ? "dearer" : "cheaper",
    reason: "its team does what a platform team does once for all",
  });
}

/** The tenant's own workloads, and what nodes that it has for itself cost a month, as packed. */
function platformContext({ estate, catalog, structure }: DecisionContext, { name }: Tenant): PlatformContext {
  const ownNodes = structure.clusters
    .flatMap(({ pools }) => pools)
    .filter(({ podClass }) => podClass?.exclusiveTo === name)
    .reduce((sum, { solved }) => sum + solved.nodes * solved.size.hourlyMicros, 0);
  const workloads = estate.workloads.filter(({ tenant }) => tenant === name);
  return { estate, catalog, structure, workloads, ownNodes: monthly(ownNodes) };
}

function monthly(hourlyMicros: number): number {
  return cents((hourlyMicros / 1e6) * hoursPerMonth);
}

function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}
