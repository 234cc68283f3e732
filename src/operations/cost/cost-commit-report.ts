import type { Assumption } from "../../estate/assumptions/assumption.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import type { Figure } from "../../estate/figures/figure.ts";
import type { BreakEven } from "../../finops/commitments/offers/break-even.ts";
import type { UnpricedItem } from "../../finops/cost-report.ts";

/** Something to buy, with what it does and how sure that is. Money of the report's currency. */
export interface CommitmentPurchase {
  /** Also the id of the figure. */
  readonly id: string;
  readonly kind: "reservation" | "savingsPlan";
  readonly label: string;
  readonly termYears: 1 | 3;
  readonly region: string | undefined;
  readonly group: string | undefined;
  readonly vmSize: string | undefined;
  /** Instances of a reservation. */
  readonly instances: number | undefined;
  /** Price of an instance and hour, or money of a plan in an hour. */
  readonly unitPrice: number;
  /** False: the price is derived, recalled or of other regions. */
  readonly priceVerified: boolean;
  /** `0` for what is bought now, years from now otherwise. */
  readonly afterYears: number;
  readonly monthly: Figure;
  /** Against pay as you go for what it covers, a month. */
  readonly saves: Figure;
  readonly unused: number;
  readonly utilisation: number;
  /** All that is committed over the term. */
  readonly termTotal: number;
  /** Share of it that must be used so that it costs no more than pay as you go. */
  readonly breakEvenUtilisation: number | undefined;
  /** The same in hours a day: 24 times the share. */
  readonly breakEvenHoursPerDay: number | undefined;
  /** Percent by which its price may rise before less of it is better; undefined for later years. */
  readonly priceMayRisePercent: number | undefined;
  /** Percent by which its price must fall before more of it is better; undefined where more has no use. */
  readonly priceMayFallPercent: number | undefined;
  /** Last day on which it is paid. */
  readonly lockedUntil: string;
}

export interface OwnedCommitment {
  readonly id: string;
  readonly kind: "reservation" | "savingsPlan";
  readonly termYears: 1 | 3;
  readonly label: string;
  readonly until: string | undefined;
  readonly monthly: number;
  readonly unused: number;
  readonly utilisation: number;
  /** What to do with what lies unused; undefined where it is used. */
  readonly advice: string | undefined;
}

/** A way to pay for the same hours. */
export interface WayToPay {
  readonly way: "asNow" | "payAsYouGo" | "reservations" | "savingsPlan" | "best";
  readonly termYears: 1 | 3 | undefined;
  readonly label: string;
  readonly monthly: number;
  /** Against now; negative is cheaper. */
  readonly difference: number;
  readonly unused: number;
  /** Share of the nodes' pay-as-you-go value that commitments cover. */
  readonly coverage: number;
}

/** The load-duration curve of a group with what is committed to it: plain data to draw. */
export interface CommitmentCurve {
  readonly region: string;
  readonly group: string;
  readonly vmSizes: readonly string[];
  /** Levels in units of the group, from the one always there up, with the hours a day that demand reaches them. */
  readonly steps: readonly { readonly units: number; readonly hoursPerDay: number }[];
  readonly meanUnits: number;
  readonly peakUnits: number;
  readonly ownedUnits: number;
  readonly boughtUnits: number;
  /** Hours a day above which a unit is worth a commitment: 24 times its share of the pay-as-you-go price. */
  readonly breakEvens: readonly { readonly termYears: 1 | 3; readonly hoursPerDay: number }[];
  /** Units to reserve for each term when nothing else is on offer: where the curve crosses the break-even. */
  readonly unitsByQuantile: readonly { readonly termYears: 1 | 3; readonly units: number }[];
}

export interface SpotChoice {
  readonly pool: string;
  readonly vmSize: string;
  readonly spot: number | undefined;
  readonly payAsYouGo: number | undefined;
  readonly chosen: boolean;
  /** Why not; undefined when it is chosen. */
  readonly reason: string | undefined;
}

export interface TenantCommitments {
  readonly part: "tenant" | "sharedPlatform" | "systemOverhead" | "idle" | "nobody";
  readonly tenant: string | undefined;
  /** Nodes at pay as you go, a month. */
  readonly list: number;
  readonly cost: number;
  readonly unused: number;
  readonly coverage: number;
}

interface FallenDemandCost {
  readonly fallPercent: number;
  readonly withPurchases: number;
  readonly without: number;
  readonly unused: number;
}

/** Which commitments to buy for the nodes of an estate, and how sure it is. Money a month unless it says otherwise. */
export interface CostCommitments {
  readonly apiVersion: "scantling/v1alpha1";
  readonly kind: "CostCommitments";
  readonly estate: string;
  readonly currency: string;
  readonly pricesAsOf: string;
  readonly demand: {
    readonly source: "declared" | "simulated" | "measured";
    readonly description: string;
    readonly months: number;
    readonly growthPercentPerMonth: number;
    /** Clusters that stop outside the hours of their environments. */
    readonly stopped: readonly string[];
  };
  /** The nodes' bill with what is owned, at these hours. */
  readonly now: Figure;
  /** The nodes' bill with the purchases. */
  readonly best: Figure;
  readonly saving: Figure;
  /** No mix of the same offers can cost less. */
  readonly leastPossible: number;
  readonly parts: {
    readonly now: BillParts;
    readonly best: BillParts;
  };
  readonly purchases: readonly CommitmentPurchase[];
  /** What the mix buys in years to come, when demand is no longer the same. */
  readonly later: readonly CommitmentPurchase[];
  readonly owned: readonly OwnedCommitment[];
  readonly ways: readonly WayToPay[];
  readonly curves: readonly CommitmentCurve[];
  readonly ruleOfThumbHoursPerDay: number;
  readonly breakEvens: readonly BreakEven[];
  readonly risk: {
    readonly mostFallPercent: number;
    /** Smallest fall of demand at which buying nothing would have been cheaper. */
    readonly breakEvenFallPercent: number | undefined;
    readonly chanceOfLoss: number;
    readonly expectedUnused: number;
    readonly expectedSaving: number;
    readonly falls: readonly FallenDemandCost[];
  };
  readonly spot: readonly SpotChoice[];
  readonly tenants: readonly TenantCommitments[];
  /** True when a node or a commitment that would be a choice has no price. */
  readonly partial: boolean;
  readonly unpriced: readonly UnpricedItem[];
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What the nodes' bill is made of; adds up to it, to the cent. */
export interface BillParts {
  readonly payAsYouGo: number;
  readonly spot: number;
  readonly ownedCommitments: number;
  readonly purchases: number;
  readonly total: number;
  /** Of the commitments. */
  readonly unused: number;
  readonly coverage: number;
}
