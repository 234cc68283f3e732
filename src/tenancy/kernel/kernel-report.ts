import type { Figure } from "../../estate/figures/figure.ts";
import type { KernelDimension } from "./kernel-dimensions.ts";

/** How one dimension of a pool's fullest node stands. */
export interface KernelBudget {
  readonly dimension: KernelDimension;
  /** Of one node. */
  readonly capacity: Figure;
  /** Of all pods on the node that has the most of it to bear, by the placement; `0` where the pool is empty. */
  readonly demand: Figure;
  /** That node; undefined where the pool is empty. */
  readonly node: string | undefined;
  /** Demand as a share of capacity. */
  readonly share: number | undefined;
  /** `tight`: above the warning share; `exceeded`: above the capacity. */
  readonly verdict: "within" | "tight" | "exceeded" | "notEvaluable";
  /** True where some of the demand is a rule of thumb, not declared. */
  readonly estimated: boolean;
  /** The workloads on that node that take most of it, at most three. */
  readonly heaviest: readonly { readonly workload: string; readonly pods: number; readonly demand: number }[];
}

/** A tenant that can take from others what their pods need of a node. */
export interface Starvation {
  readonly dimension: KernelDimension;
  readonly by: string;
  readonly of: readonly string[];
  /** What lets it, as a clause. */
  readonly because: string;
  /** False where it hangs on something that is not declared. */
  readonly certain: boolean;
}

interface PoolKernelBudgets {
  readonly cluster: string;
  readonly pool: string;
  readonly vmSize: string;
  readonly nodes: number;
  /** Tenants of which the pool may take a pod, the platform aside; sorted. */
  readonly tenants: readonly string[];
  /** Process ids that one pod may have; undefined: as many as the node has. */
  readonly podMaxPids: number | undefined;
  readonly budgets: readonly KernelBudget[];
  readonly starvation: readonly Starvation[];
}

/** What the kernels of the nodes have to share out, and who takes it. */
export interface KernelReport {
  /** Share of a capacity from which a budget is tight. */
  readonly warningShare: number;
  readonly pools: readonly PoolKernelBudgets[];
}
