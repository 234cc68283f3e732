import type { CloudTargetName } from "../cloud-target-name.ts";

/** Who brings the cloud side to Azure, and why it is so for a target. */
export interface DeliveryChoice {
  /** `pull`: a controller in a cluster reads the repository; `push`: a pipeline does what was approved. */
  readonly mode: "pull" | "push";
  readonly reason: string;
}

const choices: { readonly [target in CloudTargetName]: DeliveryChoice } = {
  bicep: {
    mode: "push",
    reason:
      "Azure keeps the state, so what-if on the pull request shows the change and the pipeline deploys what was approved",
  },
  terraform: {
    mode: "push",
    reason: "a plan is saved, approved and applied as it was approved; no controller could show it before it happens",
  },
  pulumi: {
    mode: "push",
    reason: "a program has to be run, and its preview is the only place that tells what would be replaced",
  },
  serviceOperator: {
    mode: "pull",
    reason: "the objects are read by the same agent as the applications, and the operator corrects drift by itself",
  },
  crossplane: {
    mode: "pull",
    reason: "the objects are read by the same agent as the applications, and the provider corrects drift by itself",
  },
};

export function deliveryChoice(target: CloudTargetName): DeliveryChoice {
  return choices[target];
}
