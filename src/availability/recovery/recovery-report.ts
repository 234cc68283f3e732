import type { Figure } from "../../estate/figures/figure.ts";

/** What fails. */
export type FailureScope = "pod" | "node" | "zone" | "region";

/** How long a journey is out of service after one failure of a scope, and how much data that costs. */
export interface ScopeRecovery {
  readonly scope: FailureScope;
  /** The worst over the single failures of this scope, in seconds; 0 where none of them stops the journey. */
  readonly rtoSeconds: Figure;
  /** The failure that sets it, in words. */
  readonly rtoSetBy?: string;
  /** Span of writes that may be lost, in seconds: the worst over the stores that the journey needs. */
  readonly rpoSeconds: Figure;
  /** The store that sets it. */
  readonly rpoSetBy?: string;
  /** What the application asks for, in seconds; absent where it says nothing. */
  readonly rtoObjectiveSeconds?: number;
  readonly rtoMet?: boolean | "notEvaluable";
  readonly rpoObjectiveSeconds?: number;
  readonly rpoMet?: boolean | "notEvaluable";
}
