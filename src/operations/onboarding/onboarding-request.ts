import type { Trust } from "../../estate/model/tenant.ts";

/** A tenant that joins. */
export interface NewTenant {
  readonly kind: "addTenant";
  readonly name: string;
  /** Entra groups, or mail addresses. */
  readonly owners: readonly string[];
  readonly classification: string;
  readonly trust: Trust;
  /** `layer=value`. */
  readonly accepts: readonly string[];
  /** `cpu=24`, `memory=96Gi`. */
  readonly quota: readonly string[];
  readonly monthlyBudget: number | undefined;
  readonly namespaces: readonly string[];
}

/** An application that joins. */
export interface NewApplication {
  readonly kind: "addApplication";
  readonly name: string;
  readonly tenant: string;
  readonly class: string;
  readonly environments: readonly string[];
  /** A path for all environments, or `environment=path`; as seen from where the command runs. */
  readonly manifests: readonly string[];
  readonly namespace: string | undefined;
  /** `99.9%`, or `entry-point=99.9%` where there are several. */
  readonly objectives: readonly string[];
}

/** An application that goes to another tenant, or to other clusters in one environment. */
export type MovedApplication =
  | { readonly kind: "moveToTenant"; readonly application: string; readonly tenant: string }
  | {
      readonly kind: "moveToClusters";
      readonly application: string;
      readonly clusters: readonly string[];
      readonly environment: string;
    };

export type OnboardingRequest = NewTenant | NewApplication | MovedApplication;
