/** From a second on, so many replicas at least, and no more than so many. */
export interface PlanStep {
  readonly seconds: number;
  readonly minimum: number;
  /** 0 stops the workload. */
  readonly maximum: number;
}

/** What a schedule asks for, over and above the autoscaler: pre-scaling raises the minimum, off-hours stop everything. */
export class ReplicaPlan {
  private readonly steps: readonly PlanStep[];
  private position = -1;

  /** Steps in the order of their seconds. */
  constructor(steps: readonly PlanStep[]) {
    this.steps = steps;
  }

  /** The step in force; times must not go back. */
  at(seconds: number): Pick<PlanStep, "minimum" | "maximum"> {
    while ((this.steps[this.position + 1]?.seconds ?? Number.POSITIVE_INFINITY) <= seconds) this.position += 1;
    return this.steps[this.position] ?? { minimum: 0, maximum: Number.POSITIVE_INFINITY };
  }
}
