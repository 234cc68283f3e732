import type { Catalog } from "../../catalog/catalog.ts";
import { compareAssumptions } from "../../estate/assumptions/catalogue.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import {
  demandsContradict,
  nothingToPlan,
  planNotCompared,
  planNotHeld,
  podsLeftOut,
} from "../../estate/diagnostics/planning-diagnostics.ts";
import { likelyValue } from "../../estate/figures/figure.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { priceEstate } from "../../finops/compute-cost.ts";
import { invoiceOf } from "../../finops/invoice/invoice.ts";
import { packEstate } from "../../finops/right-sizing/nodes/packed-cluster.ts";
import { contradictingDemands, type PlanLimits } from "../../planning/demands.ts";
import { defaultPolicy } from "../../planning/plan-policy.ts";
import type { PlanSolvers } from "../../planning/pools/bound-pools.ts";
import { PoolChoices } from "../../planning/pools/pool-choices.ts";
import { responsibilitySplit } from "../../planning/product/responsibility.ts";
import { differenceSteps } from "../../planning/steps/difference-steps.ts";
import type { Structure } from "../../planning/structure-plan.ts";
import type { VerifiedStructure } from "../../planning/verification/verify-structure.ts";
import { placeWorkloads } from "../../scheduling/place-workloads.ts";
import { describeSharing } from "../../tenancy/tenancy-report.ts";
import { budgetDiagnostics, tenantBudgets } from "../onboarding/tenant-budgets.ts";
import type { Progress } from "../ports.ts";
import { movingCost } from "./moving-cost.ts";
import { planAssumptions } from "./plan-assumptions.ts";
import { outcomeOf, type PlanOutcome } from "./plan-comparison.ts";
import { planDecisions } from "./plan-decisions.ts";
import { planFront } from "./plan-front.ts";
import { journeyDecisions } from "./plan-journeys.ts";
import type { PlannedJourney, StructurePlan } from "./plan-report.ts";
import { planSensitivity } from "./plan-sensitivity.ts";
import { type RecommendedStructure, recommendStructure } from "./recommend-structure.ts";
import { recommendedClusters } from "./recommended-clusters.ts";
import { subnetDiagnostics } from "./subnet-diagnostics.ts";
import type { StructureValue } from "./value-structure.ts";

export interface PlanOptions {
  /** `YYYY-MM-DD` in UTC. */
  readonly today: string;
  readonly solvers: PlanSolvers;
  readonly limits?: PlanLimits;
  /** False: only the recommended structure and its steps; other ways take most of the time. */
  readonly alternatives: boolean;
  readonly onProgress?: Progress;
  readonly signal?: AbortSignal;
}

const hoursPerMonth = 730;
/** Alternatives are planned anew one by one, which for more workloads takes longer than anybody waits. */
const mostComparedWorkloads = 300;

/** The report with the structure that it tells of, in the form in which it can be written. */
export interface PlannedEstate {
  readonly plan: StructurePlan;
  readonly recommended: RecommendedStructure;
}

/** The structure that the estate should have, proven, scheduled, priced, and set against what is declared. */
export function planEstate(estate: Estate, catalog: Catalog, options: PlanOptions): StructurePlan {
  return planWithStructure(estate, catalog, options).plan;
}

/** The same with the structure itself, which is planned and scheduled once for everything that is made of it. */
export function planWithStructure(estate: Estate, catalog: Catalog, options: PlanOptions): PlannedEstate {
  const choices = new PoolChoices();
  const recommended = recommendStructure(estate, catalog, { ...options, choices });
  return { plan: reportOf(estate, catalog, recommended, { ...options, choices }), recommended };
}

function reportOf(
  estate: Estate,
  catalog: Catalog,
  recommended: RecommendedStructure,
  options: PlanOptions & { readonly choices: PoolChoices },
): StructurePlan {
  const { today, solvers, choices, onProgress, signal, limits = {} } = options;
  const { packed: structure, verified, before, after } = recommended;
  onProgress?.("pricing the planned estate");
  const packedBefore = packEstate(estate, catalog, today);
  const packedAfter = packEstate(verified.estate, catalog, today);
  const placement = placeWorkloads(verified.estate, catalog);
  const planned = priceEstate(verified.estate, placement, catalog, { today });
  const declared = priceEstate(estate, placeWorkloads(estate, catalog), catalog, { today });
  const bills = { declared: invoiceOf(declared, "month").total, planned: invoiceOf(planned, "month").total };
  const commitments = { catalog, today, solver: solvers.mixedInteger, signal };
  onProgress?.("choosing commitments");
  const comparison = {
    declared: outcomeOf(estate, declared, before, commitments),
    planned: outcomeOf(verified.estate, planned, after, commitments),
  };
  const steps = differenceSteps(estate, verified.structure.clusters, {
    before: packedBefore.byPool,
    after: packedAfter.byPool,
  });
  const isCompared = options.alternatives && estate.workloads.length <= mostComparedWorkloads;
  const contradiction = contradictionOf(estate, catalog, structure, limits, signal);
  const budgets = estate.tenants.some(({ budgetMonthly }) => budgetMonthly !== undefined)
    ? tenantBudgets(verified.estate, catalog, today)
    : [];
  return {
    apiVersion: "scantling/v1alpha1",
    kind: "StructurePlan",
    estate: estate.name,
    currency: planned.context.currency.code,
    clusters: recommendedClusters(verified, packedAfter),
    bill: { ...bills, difference: cents((likelyValue(bills.planned) ?? 0) - (likelyValue(bills.declared) ?? 0)) },
    comparison,
    moving: movingCost(
      steps,
      lossOf(comparison.declared) - lossOf(comparison.planned),
      estate.commercial.operatorHourCost,
    ),
    proof: proofOf(structure, verified.structure),
    journeys: journeysOf(estate, before, after),
    verification: verified.clusters,
    holds: verified.holds && structure.unplanned.length === 0,
    isolation: {
      pairsShortBefore: pairsShort(estate, catalog),
      pairsShortAfter: pairsShort(verified.estate, catalog),
    },
    decisions: isCompared
      ? [
          ...journeyDecisions({ estate, catalog, today, recommended, choices, onProgress, signal }),
          ...planDecisions({
            estate,
            catalog,
            structure,
            choices,
            planned: verified.estate,
            today,
            onProgress,
            signal,
          }),
        ]
      : [],
    front: isCompared
      ? planFront({
          estate,
          catalog,
          today,
          choices,
          value: after,
          billCommitted: comparison.planned.billCommitted,
          onProgress,
          signal,
        })
      : [],
    sensitivity: isCompared ? planSensitivity({ estate, catalog, structure, choices, signal }) : [],
    steps,
    contradiction,
    responsibility: responsibilitySplit(verified.structure.clusters.length, estate),
    budgets,
    assumptions: [
      ...planAssumptions(verified.structure, steps),
      ...planned.assumptions,
      ...placement.assumptions,
    ].toSorted(compareAssumptions),
    diagnostics: [
      ...(structure.clusters.length === 0 ? [diagnose(nothingToPlan, undefined)] : []),
      ...structure.unplanned.map(({ workload, reason }) => diagnose(podsLeftOut, { workload, reason })),
      ...(contradiction === undefined
        ? []
        : [diagnose(demandsContradict, { demands: contradiction.demands.map(({ demand }) => demand) })]),
      ...notHeld(verified),
      ...(options.alternatives && !isCompared
        ? [diagnose(planNotCompared, { workloads: estate.workloads.length, most: mostComparedWorkloads })]
        : []),
      ...subnetDiagnostics(verified),
      ...budgetDiagnostics(budgets, planned.context.currency.code),
    ],
  };
}

/** The bill and what downtime costs. */
function lossOf({ bill, downtimeCost }: PlanOutcome): number {
  return bill + downtimeCost;
}

function contradictionOf(
  estate: Estate,
  catalog: Catalog,
  { clusters, unplanned, hourlyMicros }: Structure,
  limits: PlanLimits,
  signal: AbortSignal | undefined,
) {
  const monthly = monthlyOf(hourlyMicros);
  const isMet =
    unplanned.length === 0 &&
    clusters.length <= (limits.clusters ?? clusters.length) &&
    monthly <= (limits.monthlyBudget ?? monthly);
  if (isMet || clusters.length + unplanned.length === 0) return undefined;
  return contradictingDemands(estate, catalog, defaultPolicy, limits, signal);
}

/** Held to docs/explanation/planning.md: what no bound of the pools can speak for. */
const outsideTheBound: readonly string[] = [
  "sandboxes in the place of pools for tenants that want only kernels apart",
  "other values of maxPods",
  "sizes chosen for the commitments that are there",
];

function proofOf(packed: Structure, scheduled: Structure): StructurePlan["proof"] {
  const bound = packed.lowerBoundMicros;
  const gap = (micros: number) => (bound > 0 ? Math.max(0, micros / bound - 1) : 0);
  return {
    monthly: monthlyOf(scheduled.hourlyMicros),
    lowerBound: monthlyOf(bound),
    gap: gap(scheduled.hourlyMicros),
    // The search may find what the first packing did not.
    packingGap: gap(Math.min(packed.hourlyMicros, scheduled.hourlyMicros)),
    notCovered: outsideTheBound,
  };
}

function journeysOf({ journeys }: Estate, before: StructureValue, after: StructureValue): readonly PlannedJourney[] {
  return journeys.map(({ id, objective, objectiveUnavailability }) => {
    const minutesAfter = after.minutes.get(id);
    const allowed = objectiveUnavailability === undefined ? undefined : objectiveUnavailability * (365.25 / 12) * 1440;
    const met = allowed === undefined || minutesAfter === undefined ? undefined : minutesAfter <= allowed;
    return { journey: id, objective, minutesBefore: before.minutes.get(id), minutesAfter, met };
  });
}

/** Layers that a structure decides about; the others are a matter of policies and settings. */
const structuralLayers: ReadonlySet<string> = new Set([
  "cluster",
  "controlPlane",
  "clusterScopedApi",
  "nodePool",
  "node",
  "kernel",
]);

/** Pairs of tenants with a structural layer that is shared beyond what one of them accepts. */
function pairsShort(estate: Estate, catalog: Catalog): number {
  return describeSharing(estate, catalog).pairs.filter(({ layers }) =>
    layers.some(({ layer, met }) => met === false && structuralLayers.has(layer)),
  ).length;
}

function notHeld({ clusters }: VerifiedStructure): readonly Diagnostic[] {
  return clusters.flatMap(({ cluster, pending }) => {
    const pods = pending.reduce((sum, each) => sum + each.pods, 0);
    return pods === 0 ? [] : [diagnose(planNotHeld, { cluster, pods, when: "with every node there" })];
  });
}

function monthlyOf(hourlyMicros: number): number {
  return cents((hourlyMicros / 1e6) * hoursPerMonth);
}

function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}
