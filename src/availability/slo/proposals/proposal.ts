/** An SLI that fits a workload, with a target to start from. */
export interface IndicatorProposal {
  readonly kind: "requests" | "latency" | "queue" | "saturation";
  /** Name of the SLO document. */
  readonly name: string;
  /** Application or journey that it is for, as an SLO names it. */
  readonly service: string;
  readonly description: string;
  /** What in the estate it follows from. */
  readonly evidence: string;
  /** Whose names the metrics have. */
  readonly convention: string;
  /** Percentage, exact by its text. */
  readonly targetPercent: string;
  readonly isTargetDeclared: boolean;
  readonly metric:
    | { readonly kind: "ratio"; readonly part: "good" | "bad"; readonly partQuery: string; readonly totalQuery: string }
    | { readonly kind: "threshold"; readonly query: string; readonly operator: "lte"; readonly value: number };
}

/** A key performance indicator that has no objective, such as the cost of a request. */
export interface KeyFigureProposal {
  readonly name: string;
  readonly service: string;
  readonly description: string;
  readonly numerator: string;
  readonly denominator: string;
}
