/** Settings of node auto-provisioning, under the names of Karpenter; durations in seconds. */
export interface NodeProvisioningProfile {
  /** Names of the simulated pools that stand for the sizes it may launch; each begins empty. */
  readonly sizes: ReadonlySet<string>;
  /** Pending pods are collected until none came for so long ... */
  readonly batchIdleSeconds: number;
  /** ... and no longer than this. */
  readonly batchMostSeconds: number;
  readonly disruptionPollSeconds: number;
  /** A command of consolidation is looked at again after this time. */
  readonly validationSeconds: number;
  /** Share of its nodes that may be disrupted at once. */
  readonly budgetRatio: number;
}
