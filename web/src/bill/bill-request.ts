import type { CostAllocation } from "../../../src/operations/cost/cost-allocation.ts";
import type { Bill } from "../../../src/operations/cost/cost-bill.ts";
import type { CostCommitments } from "../../../src/operations/cost/cost-commit-report.ts";
import type { CostForecast } from "../../../src/operations/cost/cost-forecast-report.ts";
import type { CostRightSizing } from "../../../src/operations/cost/rightsize-report.ts";
import type { ScalingEconomics } from "../../../src/operations/cost/scaling-economics-report.ts";
import type { BillViewPart, ViewState } from "../view-state/view-state.ts";

/** What a part of the bill view asks the engines for. */
export type BillRequest =
  | ({ readonly part: "allocation"; readonly by: string; readonly within: string | undefined } & Pick<
      ViewState,
      "shareIdle" | "sharePlatform" | "period"
    >)
  | ({ readonly part: "invoice" } & Pick<ViewState, "period">)
  | ({ readonly part: "commitments" } & Pick<ViewState, "nodeHours">)
  /** With a workload: its replicas are swept against sizes as well. */
  | { readonly part: "sizing"; readonly workload: string | undefined }
  | { readonly part: "breakEven"; readonly workload: string | undefined }
  | { readonly part: "forecast" };

/** Why there is no report, and what to do about it. */
interface NoAnswer {
  readonly problem: string;
  readonly hint: string | undefined;
}

/** A workload to choose. */
export interface WorkloadChoice {
  readonly id: string;
  readonly label: string;
  readonly application: string | undefined;
  /** `namespace/kind/name`. */
  readonly workload: string;
  /** Whether a LoadProfile says how much it has to do. */
  readonly hasLoad: boolean;
}

/** The answer to each request. */
export interface BillAnswers {
  readonly allocation: NoAnswer | { readonly report: CostAllocation; readonly labels: readonly string[] };
  readonly invoice: Bill;
  readonly commitments: CostCommitments;
  readonly sizing: { readonly report: CostRightSizing; readonly workloads: readonly WorkloadChoice[] };
  readonly breakEven: {
    readonly report: ScalingEconomics | NoAnswer;
    readonly workloads: readonly WorkloadChoice[];
  };
  readonly forecast: CostForecast | NoAnswer;
}

/** The request of one part of the view. */
export type BillRequestOf<Part extends BillViewPart> = Extract<BillRequest, { readonly part: Part }>;

/** What the address asks for; equal addresses ask equal questions. */
export function billRequest<Part extends BillViewPart>(part: Part, view: ViewState): BillRequestOf<Part> {
  const requests: { readonly [Each in BillViewPart]: BillRequestOf<Each> } = {
    allocation: {
      part: "allocation",
      by: view.billBy,
      within: view.billWithin,
      shareIdle: view.shareIdle,
      sharePlatform: view.sharePlatform,
      period: view.period,
    },
    invoice: { part: "invoice", period: view.period },
    commitments: { part: "commitments", nodeHours: view.nodeHours },
    sizing: { part: "sizing", workload: view.billOf?.startsWith("pool/") === true ? undefined : view.billOf },
    breakEven: { part: "breakEven", workload: view.billOf },
    forecast: { part: "forecast" },
  };
  return requests[part] as BillRequestOf<Part>;
}
