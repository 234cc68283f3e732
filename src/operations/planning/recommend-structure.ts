import type { Catalog } from "../../catalog/catalog.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { withDeclaredPoolNames } from "../../planning/estate/declared-pool-names.ts";
import { plannedEstate } from "../../planning/estate/planned-estate.ts";
import { readSpreadDemands } from "../../planning/journeys/read-spread-demands.ts";
import { defaultPolicy, type PlanPolicy } from "../../planning/plan-policy.ts";
import { planStructure } from "../../planning/plan-structure.ts";
import type { PlanSolvers } from "../../planning/pools/bound-pools.ts";
import type { PoolChoices } from "../../planning/pools/pool-choices.ts";
import type { Structure } from "../../planning/structure-plan.ts";
import { type VerifiedStructure, verifyStructure } from "../../planning/verification/verify-structure.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import type { Progress } from "../ports.ts";
import { type StructureValue, valueStructure } from "./value-structure.ts";
import { worseJourneys } from "./worse-journeys.ts";

export interface RecommendOptions {
  /** `YYYY-MM-DD` in UTC. */
  readonly today: string;
  readonly solvers: PlanSolvers;
  readonly choices?: PoolChoices | undefined;
  readonly onProgress?: Progress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The structure that is recommended: proven, scheduled, priced and solved. */
export interface RecommendedStructure {
  /** As it was packed, before the scheduler had its say. */
  readonly packed: Structure;
  readonly verified: VerifiedStructure;
  /** What the estate comes to as it is declared, and with the structure. */
  readonly before: StructureValue;
  readonly after: StructureValue;
}

/**
 * The cheapest structure that no journey with an objective pays for: replicas that survive the loss of a node do so in the
 * plan as well. Where a journey that misses its objective would still be down longer than today, its replicas are kept on
 * as many nodes as today, and its environment keeps zones and an SLA; what is better for these journeys stays.
 */
export function recommendStructure(estate: Estate, catalog: Catalog, options: RecommendOptions): RecommendedStructure {
  const { today } = options;
  const placement = placeWorkloads(estate, catalog);
  const before = valueStructure(estate, catalog, today);
  const policy: PlanPolicy = { ...defaultPolicy, spread: readSpreadDemands(estate, placement, catalog) };
  const first = structureOf(estate, catalog, policy, options);
  const worse = worseJourneys(estate, before, first.after);
  if (worse.length === 0) return { ...first, before };
  options.onProgress?.(`keeping ${worse.length} journeys as available as today`);
  const second = structureOf(
    estate,
    catalog,
    {
      ...policy,
      spread: readSpreadDemands(estate, placement, catalog, new Set(worse.map(({ id }) => id))),
      guarded: new Set(worse.map(({ environment }) => environment)),
    },
    options,
  );
  const isBetter = second.verified.holds && worseJourneys(estate, before, second.after).length < worse.length;
  return { ...(isBetter ? second : first), before };
}

/** One policy planned, scheduled and valued. */
export function structureOf(
  estate: Estate,
  catalog: Catalog,
  policy: PlanPolicy,
  {
    today,
    onProgress,
    signal,
    solvers,
    choices,
  }: Omit<RecommendOptions, "solvers"> & { readonly solvers?: PlanSolvers },
): Omit<RecommendedStructure, "before"> {
  const packed = planStructure(estate, catalog, { policy, solvers, choices, onProgress, signal });
  const scheduled = verifyStructure(estate, packed, { catalog, onProgress, signal });
  const clusters = withDeclaredPoolNames(scheduled.structure.clusters);
  const verified: VerifiedStructure = {
    ...scheduled,
    structure: { ...scheduled.structure, clusters },
    estate: plannedEstate(estate, { clusters }),
  };
  return { packed, verified, after: valueStructure(verified.estate, catalog, today) };
}
