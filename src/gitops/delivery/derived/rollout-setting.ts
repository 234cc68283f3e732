import type { JsonObject } from "../../../estate/kubernetes/kubernetes-object.ts";
import type { ServiceEndpoint, Workload } from "../../../estate/kubernetes/workload.ts";
import type { Application } from "../../../estate/model/application.ts";
import type { Cluster } from "../../../estate/model/cluster.ts";
import type { PlacedObject } from "../../../estate/model/estate.ts";

/** A Deployment that a controller is to roll out, with what is around it. */
export interface RolloutSetting {
  readonly workload: Workload;
  readonly application: Application;
  readonly cluster: Cluster;
  readonly services: readonly ServiceEndpoint[];
  readonly objects: readonly PlacedObject[];
  /** The autoscaler that is derived for it; undefined where the manifests have one, or none is needed. */
  readonly autoscaler: JsonObject | undefined;
  /** Where the controller can ask for metrics. */
  readonly prometheus: string | undefined;
  /** Share of requests that has to succeed, in percent. */
  readonly success: number;
}

/** What steers a rollout, or why nothing can. */
export type RolloutReading =
  | {
      readonly kind: "written";
      readonly objects: readonly JsonObject[];
      /** Services that the controller makes itself, as `namespace/name`. */
      readonly replaced: readonly string[];
    }
  | { readonly kind: "refused"; readonly reason: string };
