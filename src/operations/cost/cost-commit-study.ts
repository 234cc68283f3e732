import type { Assumption } from "../../estate/assumptions/assumption.ts";
import { assume } from "../../estate/assumptions/assumption-rule.ts";
import { compareAssumptions } from "../../estate/assumptions/catalogue.ts";
import {
  demandMayFall,
  demandStaysAsNow,
  ownedCommitmentsGoOn,
  stopsOutsideHoursAssumed,
  unusedSharedByUse,
} from "../../estate/assumptions/commitment-rules.ts";
import { mixNotProven } from "../../estate/diagnostics/commitment-diagnostics.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import { diagnose } from "../../estate/diagnostics/diagnostic-rule.ts";
import { exactFigure, type Figure, type Reason } from "../../estate/figures/figure.ts";
import type { PricingContext } from "../../finops/bill/pricing-context.ts";
import { type declaredCommitments, planRate } from "../../finops/commitments/declared-commitments.ts";
import type { DeclaredDemand } from "../../finops/commitments/demand/declared-demand.ts";
import type { MixBill } from "../../finops/commitments/mix/bill-mix.ts";
import type { ChosenMix } from "../../finops/commitments/mix/choose-mix.ts";
import { usageOf } from "../../finops/commitments/mix/commitment-mix.ts";
import type { MixedIntegerSolver } from "../../finops/commitments/mix/mixed-integer-solver.ts";
import type { PricedOffers } from "../../finops/commitments/offers/commitment-offers.ts";
import type { SpotCandidate } from "../../finops/commitments/offers/spot-candidates.ts";
import type { ChoiceBasis } from "../../finops/commitments/risk/rate-sensitivity.ts";
import type { Progress } from "../ports.ts";
import type { DemandInput, DemandPattern } from "./cost-commit-demand.ts";
import type { BillParts, CommitmentPurchase, CostCommitments, OwnedCommitment } from "./cost-commit-report.ts";
import { exchangeAdvice } from "./exchange-advice.ts";

export interface CommitmentOptions {
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly solver: MixedIntegerSolver;
  /** Terms that may be bought. */
  readonly terms: readonly (1 | 3)[];
  readonly reservations: boolean;
  readonly savingsPlans: boolean;
  readonly spot: boolean;
  /** 1 to 36; undefined: as long as the longest term. */
  readonly months?: number;
  /** Percent a month; negative shrinks. */
  readonly growthPercent: number;
  /** Percent; falls of demand up to it are played. */
  readonly mostFallPercent: number;
  /** Clusters whose environments have hours count as stopped outside them. */
  readonly stopOutsideHours: boolean;
  /** Undefined: the declared nodes. */
  readonly demand?: DemandInput;
  readonly onProgress?: Progress;
  readonly signal?: AbortSignal;
}

/** One choice of commitments: what it was made from, and what came out. */
export interface Study {
  readonly context: PricingContext;
  readonly options: CommitmentOptions;
  readonly declared: DeclaredDemand;
  readonly pattern: DemandPattern;
  readonly owned: ReturnType<typeof declaredCommitments>;
  readonly priced: PricedOffers;
  readonly candidates: readonly SpotCandidate[];
  readonly choice: ChoiceBasis;
  readonly exact: ChosenMix;
  readonly chosen: ChosenMix;
  readonly months: number;
}

/** Pools that have nodes at some time. */
export function usedPools({ pools }: DeclaredDemand, { pattern }: DemandPattern): DeclaredDemand["pools"] {
  return pools.filter((_, index) => pattern.some(({ nodes }) => (nodes[index] ?? 0) > 0));
}

/** Whether a missing price is one of something that was asked for. */
export function isAsked(id: string, { terms, reservations, savingsPlans }: CommitmentOptions): boolean {
  const term = /\/([13])y(?:\/|$)/.exec(id)?.[1];
  if (term === undefined) return true;
  const isKindAsked = id.startsWith("commit/savings-plan/") ? savingsPlans : reservations;
  return isKindAsked && terms.some((each) => String(each) === term);
}

export function totals(
  { context, months, chosen, choice }: Study,
  now: BillParts,
  best: BillParts,
  purchases: readonly CommitmentPurchase[],
): Pick<CostCommitments, "now" | "best" | "saving"> {
  const unit = `${context.currency.code}/month`;
  const partsText = ({ payAsYouGo, spot, ownedCommitments, purchases: bought }: BillParts) =>
    `pay as you go ${payAsYouGo} + spot ${spot} + owned commitments ${ownedCommitments} + purchases ${bought}, averaged over ${months} months`;
  const how: Reason = {
    kind: "formula",
    text: "every hour billed in Azure's order: reservations, then savings plans by largest discount, the rest pay as you go",
    source: "savings-plan discount-application, 2025-01; understand-vm-reservation-charges, 2023-07",
  };
  const hours = choice.demand.years.reduce((sum, { states }) => sum + states.length, 0);
  const chosenBy: Reason = {
    kind: "formula",
    text: `least cost over all mixes by a mixed-integer program of ${hours} different ${hours === 1 ? "hour" : "hours"}; no mix costs less than ${Number((chosen.bound / months).toFixed(2))} a month`,
  };
  const nowFigure: Figure = exactFigure("commit/now", "Nodes as they are paid now", unit, now.total, [
    { kind: "formula", text: partsText(now) },
    how,
  ]);
  const bestFigure: Figure = exactFigure("commit/best", "Nodes with the best mix", unit, best.total, [
    { kind: "formula", text: partsText(best) },
    how,
    chosenBy,
    ...purchases.map(({ monthly }): Reason => ({ kind: "figure", figure: monthly })),
  ]);
  const saved = Number((now.total - best.total).toFixed(2));
  return {
    now: nowFigure,
    best: bestFigure,
    saving: exactFigure("commit/saving", "Saved by the best mix", unit, saved, [
      { kind: "formula", text: `${now.total} − ${best.total}` },
      { kind: "figure", figure: nowFigure },
      { kind: "figure", figure: bestFigure },
    ]),
  };
}

export function ownedRows(
  { context, options, owned, months }: Study,
  bill: MixBill,
  purchases: readonly CommitmentPurchase[],
): readonly OwnedCommitment[] {
  const { reservations, savingsPlans } = context.estate.commercial;
  const basis = { today: options.today, currency: context.currency.code, purchases };
  const row = (
    kind: OwnedCommitment["kind"],
    { id, label }: { readonly id: string; readonly label: string },
    use = { cost: 0, unused: 0 },
  ): OwnedCommitment => {
    const number = Number(id.slice(id.lastIndexOf("-") + 1));
    const declared = (kind === "reservation" ? reservations : savingsPlans)[number - 1];
    const own = {
      id,
      kind,
      termYears: declared?.termYears ?? 1,
      label,
      until: declared?.until,
      monthly: Number((use.cost / months).toFixed(2)),
      unused: Number((use.unused / months).toFixed(2)),
      utilisation: use.cost > 0 ? Number((1 - use.unused / use.cost).toFixed(4)) : 0,
    };
    return { ...own, advice: exchangeAdvice(own, basis) };
  };
  return [
    ...owned.reservations.map((each, index) => row("reservation", each, bill.ownedReservations[index])),
    ...owned.plans.map((each, index) => row("savingsPlan", each, bill.ownedPlans[index])),
  ];
}

export function planReasonsOf({ context, declared, pattern, chosen }: Study): readonly Reason[] {
  const reasons = chosen.mix.plans.flatMap(({ offer }) =>
    usedPools(declared, pattern).flatMap((pool) => planRate(context, usageOf(pool, 0), offer.termYears)?.reasons ?? []),
  );
  return [...new Map(reasons.map((reason) => [JSON.stringify(reason), reason])).values()];
}

export function gapsOf({ context, options, declared, pattern, owned, priced, chosen, months }: Study): {
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const { estate } = context;
  const subject = `Estate/${estate.name}`;
  const ownedCount = owned.reservations.length + owned.plans.length;
  const asked = declared.stopped.filter(
    (name) => estate.clusters.find((cluster) => cluster.name === name)?.stopsOutsideHours !== true,
  );
  const growthPercent = options.growthPercent;
  const assumptions = [
    ...context.currency.assumptions,
    ...context.placement.assumptions,
    ...pattern.assumptions,
    ...owned.assumptions,
    ...priced.assumptions.filter(({ subject: id }) => isAsked(id, options)),
    assume(demandStaysAsNow, subject, { months, growthPercent }),
    assume(demandMayFall, subject, { mostPercent: options.mostFallPercent }),
    assume(unusedSharedByUse, subject, undefined),
    ...(ownedCount > 0 ? [assume(ownedCommitmentsGoOn, subject, { owned: ownedCount })] : []),
    ...(asked.length > 0 ? [assume(stopsOutsideHoursAssumed, subject, { clusters: asked })] : []),
  ];
  const distinct = [...new Map(assumptions.map((each) => [`${each.id} ${each.subject} ${each.text}`, each])).values()];
  const open = chosen.bill.total > 0 ? 1 - chosen.bound / chosen.bill.total : 0;
  const unproven = open > provenShare ? [diagnose(mixNotProven, { percent: Math.ceil(open * 10_000) / 100 })] : [];
  return { assumptions: distinct.toSorted(compareAssumptions), diagnostics: [...pattern.diagnostics, ...unproven] };
}

/** Plans that save less than this share of the bill are not worth being locked in for. */
export const trifle = 0.001;

/** A gap below it is rounding: of money, and of plans to thousandths; beside trifles that are left out. */
const provenShare = 0.0005;
