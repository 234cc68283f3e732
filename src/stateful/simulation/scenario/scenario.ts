import type { LatencyDistribution } from "../../latency/latency-distribution.ts";

/** The five levels of Azure Cosmos DB, strongest first. */
export const consistencyLevels = ["strong", "boundedStaleness", "session", "consistentPrefix", "eventual"] as const;
export type ConsistencyLevel = (typeof consistencyLevels)[number];

/** How data is replicated and who answers. */
export type StoreModel =
  | {
      readonly kind: "cosmos";
      readonly level: ConsistencyLevel;
      /** Every region takes writes; conflicts are settled by the newest timestamp. */
      readonly multiWrite: boolean;
      /** Bounded staleness: writes are refused while a region lags by more. */
      readonly bound: { readonly versions: number; readonly seconds: number };
    }
  | {
      readonly kind: "quorum";
      /** N, R and W. */
      readonly replicas: number;
      readonly read: number;
      readonly write: number;
    }
  | {
      readonly kind: "primaryReplica";
      readonly replicas: number;
      /** Replicas beside the primary that confirm before a write is acknowledged; 0: asynchronous. */
      readonly synchronous: number;
      readonly readFrom: "primary" | "nearest";
    };

export const workloads = ["counter", "cart", "stock", "transfer", "append", "outbox", "saga"] as const;
export type Workload = (typeof workloads)[number];

/** How an application uses the store. */
export interface WorkloadPlan {
  readonly kind: Workload;
  /** Partitions: counters, carts, articles, pairs of accounts, streams. */
  readonly keys: number;
  readonly clients: number;
  readonly operationsPerClient: number;
  /** Share of the operations that only read. */
  readonly readShare: number;
  /** Mean pause of a client between two operations, seconds. */
  readonly thinkSeconds: number;
  /** Stock of an article, or balance of an account, at the start. */
  readonly initialValue: number;
  /** Write only what has not changed since it was read (etag, expected version). */
  readonly expectedVersion: boolean;
  /** Retries carry a key by which they are recognised, and consumers remember what they did. */
  readonly idempotent: boolean;
  /** Outbox and saga: what comes next is written with the change, so that a crash does not forget it. */
  readonly durable: boolean;
}

/** Whether clients change regions, and what they carry. */
interface ClientMovement {
  /** Chance to come in through another region, at each operation. */
  readonly moveShare: number;
  readonly keepsToken: boolean;
}

/** Chances per message or step. */
export interface Mishaps {
  readonly loss: number;
  readonly duplicate: number;
  readonly reorder: number;
  /** That a process dies between a write and what follows it. */
  readonly crash: number;
}

/** A fault that begins and ends. Times in seconds of virtual time. */
export interface Fault {
  readonly kind: "node" | "zone" | "region" | "partition" | "gray";
  /** Index of the region. */
  readonly region: number;
  /** Partition: the region it is cut off from; all others when absent. */
  readonly otherRegion?: number;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

interface Timers {
  /** A client gives up on a request after so many seconds. */
  readonly requestSeconds: number;
  /** Until the loss of a leader or region is acted upon. */
  readonly detectionSeconds: number;
  /** Mean extra delay of asynchronous replication between regions. */
  readonly replicationLagSeconds: number;
}

/** Everything that decides a run beside its seed. Plain data. */
export interface Scenario {
  readonly store: StoreModel;
  /** The first one writes, unless all do. */
  readonly regions: readonly string[];
  /** One-way delay from region i to region j at `i * regions + j`. */
  readonly links: readonly LatencyDistribution[];
  /** How far the clock of each region is ahead, in seconds. */
  readonly clockSkewSeconds: readonly number[];
  readonly workload: WorkloadPlan;
  readonly movement: ClientMovement;
  readonly mishaps: Mishaps;
  readonly faults: readonly Fault[];
  readonly timers: Timers;
}
