import type { VaryingDuration } from "../lognormal.ts";
import type { ScalingBehavior } from "../replica-scaling/scaling-behavior.ts";

/** How a serverless platform scales, as far as it says. */
export interface ServerlessPlatform {
  readonly name: "containerApps" | "functions";
  /** How often it decides on the number of instances. */
  readonly decisionSeconds: number;
  /** How soon it notices the first demand after none. */
  readonly activationSeconds: number;
  readonly cooldownSeconds: number;
  readonly mostInstances: number;
  readonly behavior: ScalingBehavior;
  /** From the decision to an instance that serves. */
  readonly start: VaryingDuration;
}

/** What one instance is billed by. */
export interface InstanceSize {
  readonly vcpu: number;
  readonly memoryGiB: number;
}

/** Money for each unit, in the currency of the caller. */
export interface ServerlessPrices {
  readonly vcpuSecond: number;
  readonly gibSecond: number;
  readonly request: number;
}
