import type { SlaSelector } from "../../../catalog/catalog.ts";
import type { ClusterStore } from "../../timelines/cluster/cluster-store.ts";
import type { CosmosLevel, ManagedStore } from "../../timelines/managed/managed-store.ts";
import type { StoreShape, TransactionSpan } from "../store-need.ts";

/** What runs the store: the cloud, or the cluster. */
export type OptionHost =
  | { readonly kind: "managed"; readonly store: ManagedStore; readonly sla: SlaSelector }
  | {
      readonly kind: "cluster";
      readonly store: ClusterStore;
      readonly diskClass: "premiumLrs" | "premiumZrs" | "sharedZrs" | "files" | "localNvme" | "netApp";
    };

/** One way to keep the data, with everything that the rules ask. */
export interface StoreOption {
  readonly id: string;
  /** At most some 40 columns. */
  readonly label: string;
  /** Catalog name of the service; `statefulSet` in the cluster. */
  readonly service: string;
  /** As prices are asked for. */
  readonly sku: string;
  readonly host: OptionHost;
  readonly regions: readonly string[];
  readonly writeRegions: readonly string[];
  readonly zoneRedundant: boolean;
  readonly shapes: readonly StoreShape[];
  /** Widest transaction that the store writes whole. */
  readonly span: Exclude<TransactionSpan, "crossService">;
  /** How it can hold what needs coordination: by a transaction, by a condition on one item, or not. */
  readonly guard: "transaction" | "condition" | "none";
  /** What a reader in any region is promised. */
  readonly level: CosmosLevel;
  /** Milliseconds at the 99th percentile beside the way to the region, where the provider promises one. */
  readonly promisedMilliseconds: number | undefined;
  /** Every write waits for the farthest region so many times before it is acknowledged. */
  readonly writeRoundTrips: number;
  /** Whether what was written can be locked for a time. */
  readonly immutability: "policy" | "ledger" | "none";
  readonly isEphemeral: boolean;
  /** Hours a month that it takes from people. */
  readonly operatorHours: number;
}
