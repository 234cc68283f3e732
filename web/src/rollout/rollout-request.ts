import type { RolloutPolicyReport, RolloutSimulation } from "../../../src/operations/delivery/rollout-report.ts";
import type { RolloutStage } from "./rollout-stages.ts";

/** What is asked of a policy. */
export interface RolloutRequest {
  /** Key of the policy. */
  readonly policy: string;
  /** Of the whole service. */
  readonly requestsPerSecond: number;
  /** Share of the requests that the regressed version fails. */
  readonly errorRate: number;
}

/** A policy that can be looked at. */
export interface RolloutChoice {
  /** `file#subject`, as the address writes it. */
  readonly key: string;
  readonly subject: string;
  readonly tool: RolloutPolicyReport["tool"];
  readonly strategy: RolloutPolicyReport["strategy"];
  readonly from: "input" | "sample";
}

export interface RolloutChoices {
  /** Those that judge a new version first, then samples, then updates of Deployments. */
  readonly choices: readonly RolloutChoice[];
  /** Policies of the input that cannot be read, with why. */
  readonly problems: readonly string[];
}

/** What a policy does; without policy in the report where it is not evaluable. */
export interface RolloutAnswer {
  readonly report: RolloutSimulation;
  readonly stages: readonly RolloutStage[];
}
