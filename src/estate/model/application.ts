import type { Place } from "../sources/place.ts";

/** A way in: Ingress, Gateway route, LoadBalancer Service, or one that is declared. */
export interface EntryPoint {
  readonly name: string;
  /** Workload ids it leads to, over all clusters of one environment. */
  readonly workloads: readonly string[];
  readonly environment: string;
  readonly hostname: string | undefined;
  readonly exposure: "public" | "internal" | "private";
  /** Names of CloudServices in front, outermost first. */
  readonly through: readonly string[];
  /** `loadBalancer`, `ingress`, `gateway`, or `declared`. */
  readonly origin: string;
  readonly place?: Place;
}

/** What a user does, in one environment; availability is said per journey. */
export interface Journey {
  /** `environment/application/name`. */
  readonly id: string;
  readonly name: string;
  readonly application: string;
  readonly environment: string;
  readonly entryPoint: EntryPoint;
  /** Workload ids that the journey needs besides those behind the entry point, over all clusters. */
  readonly through: readonly string[];
  /** In the estate's currency. */
  readonly downtimeCostPerMinute: number | undefined;
  /** Share of time it may be down (1 - objective), exact from the decimal text. */
  readonly objectiveUnavailability: number | undefined;
  /** Availability objective as written, such as `99.95%`. */
  readonly objective: string | undefined;
  /** What it needs and cannot have, as noun phrases: its availability is not evaluable. */
  readonly broken?: readonly string[];
  readonly place?: Place;
}

export interface RegionMode {
  readonly mode: "single" | "activeActive" | "activePassive";
  readonly primary: string | undefined;
  readonly switchSeconds: number | undefined;
  readonly detectSeconds: number | undefined;
}

export interface RecoveryObjective {
  readonly rtoSeconds: number | undefined;
  readonly rpoSeconds: number | undefined;
}

/** An application, bound to environments and clusters. */
export interface Application {
  readonly name: string;
  readonly tenant: string;
  readonly class: string | undefined;
  readonly environments: readonly string[];
  /** Environment to names of the clusters it runs on there. */
  readonly clusters: ReadonlyMap<string, readonly string[]>;
  readonly namespace: string | undefined;
  readonly regions: RegionMode;
  readonly load: readonly { readonly profile: string; readonly workload: string; readonly perReplica: number }[];
  /** Longest time that one request may take; absent where nobody says. */
  readonly longestRequestSeconds?: number;
  readonly recovery: { readonly [scope: string]: RecoveryObjective };
  readonly delivery: {
    readonly strategy?: string;
    readonly controller?: string;
    readonly steps?: readonly number[];
    readonly perMonth?: number;
    readonly badShare?: number;
  };
  readonly requires: { readonly [name: string]: unknown };
  /** What each of its journeys needs and cannot have, as noun phrases: their availability is not evaluable. */
  readonly broken: readonly string[];
  readonly place?: Place;
}
