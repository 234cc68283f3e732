import type { Assumption } from "../../estate/assumptions/assumption.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import type { Figure } from "../../estate/figures/figure.ts";
import type { DemandConflict } from "../../stateful/advice/conflicts.ts";
import type { ConfluenceVerdict } from "../../stateful/advice/confluence.ts";
import type { CoordinationStyle } from "../../stateful/advice/contention.ts";
import type { Flip } from "../../stateful/advice/flips.ts";
import type { OperationTradeOff } from "../../stateful/advice/operation-trade-offs.ts";
import type { PatternAdvice } from "../../stateful/advice/patterns.ts";
import type { Relief } from "../../stateful/advice/relief.ts";
import type { RuleVerdict } from "../../stateful/advice/rule-verdict.ts";
import type { StoreShape } from "../../stateful/advice/store-need.ts";
import type { CosmosLevel } from "../../stateful/timelines/managed/managed-store.ts";

/** An option that no rule rejects. */
export interface AdvisedOption {
  readonly id: string;
  readonly label: string;
  readonly standing: "fits" | "open";
  readonly isManaged: boolean;
  readonly sku: string;
  readonly regions: readonly string[];
  readonly monthlyCost: Figure;
  readonly availability: Figure;
  readonly operatorHours: number;
  /** Service, operators and downtime a month. */
  readonly totalCost: Figure;
  /** Without a price: the price below which it would lead. */
  readonly leadsBelow?: number;
  /** Rules that hold only as a rule, or that nobody can answer. */
  readonly caveats: readonly RuleVerdict[];
  /** Rules that hold, with their facts. */
  readonly passes: readonly RuleVerdict[];
}

interface RejectedOption {
  readonly id: string;
  readonly label: string;
  readonly failures: readonly RuleVerdict[];
}

/** What is there now, judged like every other option; `matches` is absent where it is none of the options. */
export interface CurrentStore {
  readonly service: string;
  readonly matches?: string;
  readonly standing: "fits" | "open" | "rejected" | "unknown";
  readonly failures: readonly RuleVerdict[];
}

export interface AdvisedStore {
  readonly store: string;
  readonly shape: StoreShape;
  /** What readers need to see; absent where nobody says. */
  readonly reads?: CosmosLevel;
  readonly now: CurrentStore;
  /**
   * `keep` what is there; `mayChange`: it fits, and another is better by the ranking; `change`: a rule rejects it or
   * nobody vouches for it; `choose`: nothing is there yet; `impossible`: nothing meets the demands together.
   */
  readonly verdict: "keep" | "mayChange" | "change" | "choose" | "impossible";
  readonly answer?: string;
  /** Why the answer stands first, half a sentence. */
  readonly because?: string;
  readonly options: readonly AdvisedOption[];
  readonly rejected: readonly RejectedOption[];
  /** Options that are made for other shapes of data. */
  readonly otherShapes: number;
  readonly conflict?: DemandConflict;
  readonly flip?: Flip;
  /** Where nothing fits and no single change mends it: the fewest changes that do. */
  readonly relief?: Relief;
  readonly invariants: readonly ConfluenceVerdict[];
  readonly tradeOffs: readonly OperationTradeOff[];
  readonly styles: readonly CoordinationStyle[];
  readonly patterns: readonly PatternAdvice[];
}

/** A store that is not judged, because a document that says what it needs could not be used in full. */
export interface UnjudgedStore {
  readonly store: string;
  /** The errors that stand in the way, as code and sentence. */
  readonly because: readonly string[];
}

/** What `scantling stateful advise -o json` prints. */
export interface StoreAdviceReport {
  readonly apiVersion: "scantling/v1alpha1";
  readonly kind: "StoreAdvice";
  readonly currency: string;
  readonly stores: readonly AdvisedStore[];
  readonly notEvaluable: readonly UnjudgedStore[];
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}
