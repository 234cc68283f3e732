import type { ConsistencySimulation } from "../../../src/operations/stateful/consistency/consistency-report.ts";
import type { RecoveryTimelinesReport } from "../../../src/operations/stateful/recovery-timelines-report.ts";
import type { StoreAdviceReport } from "../../../src/operations/stateful/store-advice-report.ts";

/** What is played on a store; what is absent is as its document says. */
export interface RunRequest {
  readonly store: string;
  readonly level?: string;
  readonly keepsToken?: boolean;
}

/** Parts of the view that the engines answer apart. */
export type StatefulRequest =
  | { readonly part: "advice" }
  | { readonly part: "timelines" }
  | { readonly part: "run"; readonly run: RunRequest };

export interface StatefulAnswers {
  readonly advice: StoreAdviceReport;
  readonly timelines: RecoveryTimelinesReport;
  readonly run: ConsistencySimulation;
}
