import type { Assumption } from "../../estate/assumptions/assumption.ts";
import type { Diagnostic } from "../../estate/diagnostics/diagnostic.ts";
import type { Figure } from "../../estate/figures/figure.ts";
import type { UnpricedItem } from "../../finops/cost-report.ts";
import type { IdleThing } from "../../finops/right-sizing/idle/idle-things.ts";
import type { SizedPool } from "../../finops/right-sizing/nodes/size-nodes.ts";
import type { ReplicaSweep } from "../../finops/right-sizing/replicas/sweep-replicas.ts";
import type { RequestBasis, RequestStrategy } from "../../finops/right-sizing/requests/propose-requests.ts";
import type { ContainerSizing } from "../../finops/right-sizing/requests/resize-workload.ts";
import type { SizingRisk } from "../../finops/right-sizing/requests/risk.ts";

/** One step on the way to the smaller bill, each on top of those before; what they save adds up to the total. */
export interface SavingStep {
  readonly step: "idle" | "requests" | "nodeCounts" | "nodeSizes";
  readonly label: string;
  /** Off the bill of a month, to the cent; negative where it costs more. */
  readonly saved: number;
  /** The bill after it. */
  readonly billAfter: number;
}

/** Requests of a workload before and after: CPU in millicores, memory in bytes, of one pod. */
export interface RequestRow {
  readonly workload: string;
  readonly label: string;
  readonly tenant: string;
  readonly environment: string;
  readonly cluster: string;
  readonly pods: number;
  readonly cpu: ResourceRow;
  readonly memory: ResourceRow;
  readonly containers: readonly ContainerSizing[];
  /** Worth of the difference a month at the prices of its pools; undefined where one has no price. */
  readonly saved: number | undefined;
  readonly risk: SizingRisk;
  readonly confidence: number;
  readonly samples: number;
  readonly javaHeap: "fixed" | "followsLimit" | undefined;
  readonly figure: Figure;
}

interface ResourceRow {
  readonly current: number;
  readonly proposed: number;
  readonly lower: number;
  readonly upper: number;
  readonly because: RequestBasis;
}

/** What the usage said of requests. */
export interface RequestSection {
  readonly strategy: RequestStrategy;
  readonly source: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** Samples and lines that did not count, by what is wrong with them. */
  readonly problems: { readonly [problem: string]: number };
  /** The largest saving first. */
  readonly rows: readonly RequestRow[];
  /** Sum over all pods. */
  readonly totals: {
    readonly cpuCoresBefore: number;
    readonly cpuCoresAfter: number;
    readonly memoryGiBBefore: number;
    readonly memoryGiBAfter: number;
    /** Sum of the rows. */
    readonly allocated: number;
  };
  readonly notEvaluable: readonly { readonly workload: string; readonly label: string; readonly reason: string }[];
}

/** Where an estate pays for more than it uses, and what to do about it. */
export interface CostRightSizing {
  readonly apiVersion: "scantling/v1alpha1";
  readonly kind: "CostRightSizing";
  readonly estate: string;
  readonly currency: string;
  readonly pricesAsOf: string;
  readonly bill: Figure;
  /** Off the bill of a month when every step is taken: the sum of the steps. */
  readonly saving: Figure;
  readonly steps: readonly SavingStep[];
  /** Why nothing is said of requests; undefined when `requests` is there. */
  readonly requestsMissing: { readonly reason: string; readonly hint: string } | undefined;
  readonly requests: RequestSection | undefined;
  /** The dearest first. */
  readonly idle: readonly IdleThing[];
  /** The largest saving first. */
  readonly nodePools: readonly SizedPool[];
  readonly replicas: ReplicaSweep | undefined;
  readonly partial: boolean;
  readonly unpriced: readonly UnpricedItem[];
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}
