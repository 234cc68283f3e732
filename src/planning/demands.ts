import type { Catalog } from "../catalog/catalog.ts";
import type { Estate } from "../estate/model/estate.ts";
import { demandedIsolation } from "./isolation/demanded-isolation.ts";
import type { PlanPolicy } from "./plan-policy.ts";
import { planStructure } from "./plan-structure.ts";

/** What is asked of a plan beside what stands in the estate. */
export interface PlanLimits {
  /** Most clusters in all. */
  readonly clusters?: number;
  /** Most that nodes and tiers may cost a month. */
  readonly monthlyBudget?: number;
}

interface PlanInput {
  readonly estate: Estate;
  readonly policy: PlanPolicy;
  readonly limits: PlanLimits;
}

/** A demand by itself: in words, and the input without it. */
interface Demand {
  readonly demand: string;
  readonly without: (input: PlanInput) => PlanInput;
}

/** Demands that cannot hold together, each of which is needed for that. */
export interface ContradictingDemands {
  readonly demands: readonly {
    readonly demand: string;
    /** Nodes and tiers a month of the cheapest structure without it; undefined where even that does not help. */
    readonly monthlyWithout: number | undefined;
  }[];
}

const hoursPerMonth = 730;
/** Each demand takes a plan of its own to be tried; of more only the first are told apart. */
const mostDemands = 40;

/**
 * The smallest set of demands that no structure can meet together, by the deletion filter: each demand in turn is left out,
 * and stays out while the rest still contradicts itself. Undefined where a structure exists.
 */
export function contradictingDemands(
  estate: Estate,
  catalog: Catalog,
  policy: PlanPolicy,
  limits: PlanLimits,
  signal?: AbortSignal,
): ContradictingDemands | undefined {
  const whole: PlanInput = { estate, policy, limits };
  const priceOf = (input: PlanInput) => {
    signal?.throwIfAborted();
    return feasiblePrice(input, catalog, signal);
  };
  if (priceOf(whole) !== undefined) return undefined;
  let input = whole;
  const needed: Demand[] = [];
  for (const demand of demandsOf(whole).slice(0, mostDemands)) {
    const without = demand.without(input);
    if (priceOf(without) === undefined) input = without;
    else needed.push(demand);
  }
  return {
    demands: needed.map(({ demand, without }) => ({ demand, monthlyWithout: priceOf(without(whole)) })),
  };
}

/** Nodes and tiers a month of the cheapest structure; undefined where some demand is not met. */
function feasiblePrice(
  { estate, policy, limits }: PlanInput,
  catalog: Catalog,
  signal?: AbortSignal,
): number | undefined {
  const { clusters, unplanned, hourlyMicros } = planStructure(estate, catalog, { policy, solvers: undefined, signal });
  const monthly = Math.round((hourlyMicros / 1e6) * hoursPerMonth * 100) / 100;
  const readable = new Set(
    estate.workloads.filter(({ opaque, unreadable }) => !opaque && unreadable.length === 0).map(({ id }) => id),
  );
  if (unplanned.some(({ workload }) => readable.has(workload))) return undefined;
  if (limits.clusters !== undefined && clusters.length > limits.clusters) return undefined;
  if (limits.monthlyBudget !== undefined && monthly > limits.monthlyBudget) return undefined;
  return monthly;
}

function demandsOf({ estate, limits }: PlanInput): readonly Demand[] {
  const present = new Set(estate.workloads.map(({ tenant }) => tenant));
  const isolation = estate.tenants.flatMap((tenant): readonly Demand[] => {
    const { choice, because } = demandedIsolation(tenant);
    if (choice === "shared" || !present.has(tenant.name)) return [];
    return [
      {
        demand: `${tenant.name} wants ${because.slice(0, 3).join(", ")} separate`,
        without: (input) => ({
          ...input,
          estate: {
            ...input.estate,
            tenants: input.estate.tenants.map((each) => (each.name === tenant.name ? { ...each, accepts: {} } : each)),
          },
        }),
      },
    ];
  });
  const sandboxes = [...present].toSorted().flatMap((tenant): readonly Demand[] => {
    const isOwn = (workload: Estate["workloads"][number]) =>
      workload.tenant === tenant && workload.runtimeClassName?.startsWith("kata") === true;
    if (!estate.workloads.some(isOwn)) return [];
    return [
      {
        demand: `pods of ${tenant} run in sandboxes`,
        without: (input) => ({
          ...input,
          estate: {
            ...input.estate,
            workloads: input.estate.workloads.map((each) =>
              isOwn(each) ? { ...each, runtimeClassName: undefined } : each,
            ),
          },
        }),
      },
    ];
  });
  const environments = estate.environments.map(
    ({ name, criticality }): Demand => ({
      demand: `environment ${name} is of ${criticality} criticality${criticality === "high" ? ": apart from others, and it stands the loss of a zone" : ""}`,
      without: (input) => ({
        ...input,
        estate: {
          ...input.estate,
          environments: input.estate.environments.map((each) =>
            each.name === name ? { ...each, criticality: "low" as const } : each,
          ),
        },
      }),
    }),
  );
  const { clusters, monthlyBudget } = limits;
  const stated: readonly Demand[] = [
    ...(clusters === undefined
      ? []
      : [
          {
            demand: `at most ${clusters} ${clusters === 1 ? "cluster" : "clusters"}`,
            without: withoutLimit("clusters"),
          },
        ]),
    ...(monthlyBudget === undefined
      ? []
      : [{ demand: `nodes and tiers cost at most ${monthlyBudget} a month`, without: withoutLimit("monthlyBudget") }]),
  ];
  return [...environments, ...sandboxes, ...isolation, ...stated];
}

function withoutLimit(name: keyof PlanLimits): Demand["without"] {
  return (input) => {
    const { [name]: _, ...limits } = input.limits;
    return { ...input, limits };
  };
}
