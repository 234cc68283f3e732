import type { Place } from "../../estate/sources/place.ts";
import type { CosmosLevel } from "../timelines/managed/managed-store.ts";

/** How the data is asked for. */
export type StoreShape = "relational" | "keyValue" | "blob" | "file" | "stream" | "queue" | "cache";

export const storeShapes: readonly StoreShape[] = [
  "relational",
  "keyValue",
  "blob",
  "file",
  "stream",
  "queue",
  "cache",
];

/** How far one transaction reaches, in rising order. */
export type TransactionSpan = "item" | "partition" | "database" | "crossService";

export const transactionSpans: readonly TransactionSpan[] = ["item", "partition", "database", "crossService"];

export type InvariantType = "unique" | "foreignKey" | "atLeast" | "atMost" | "sum" | "none";
export type OperationType = "insert" | "increment" | "decrement" | "assign" | "delete" | "read";

export interface EntityNeed {
  readonly name: string;
  readonly invariants: readonly { readonly type: InvariantType; readonly value?: number }[];
  readonly operations: readonly { readonly type: OperationType; readonly perSecond: number }[];
  /** Share of the writes that go to its hottest key. */
  readonly hotKeyShare?: number;
}

/** Scopes that recovery may be demanded for. */
export type DemandedScope = "node" | "zone" | "region" | "operatorError";

export const demandedScopes: readonly DemandedScope[] = ["node", "zone", "region", "operatorError"];

export interface RecoveryDemand {
  readonly rtoSeconds?: number;
  readonly rpoSeconds?: number;
}

/** What a store must hold to: everything that the advice is computed from. */
export interface StoreNeed {
  readonly name: string;
  readonly shape: StoreShape;
  readonly entities: readonly EntityNeed[];
  readonly reads: CosmosLevel | undefined;
  readonly clientsMoveRegions: boolean;
  readonly sessionTokenTravels: boolean;
  readonly readP99Milliseconds: number | undefined;
  readonly writeP99Milliseconds: number | undefined;
  readonly readers: readonly string[];
  readonly writers: readonly string[];
  /** Regions of the estate that could hold another copy. */
  readonly otherRegions: readonly string[];
  readonly recovery: { readonly [Scope in DemandedScope]?: RecoveryDemand };
  readonly transactionSpan: TransactionSpan;
  readonly sizeGiB: number | undefined;
  readonly isImmutable: boolean;
  readonly retentionYears: number | undefined;
  /** Cores of a server, for options that are servers. */
  readonly cores: number;
  readonly place?: Place;
}

/** Writes and reads a second over all entities. */
export function ratesOf({ entities }: StoreNeed): { readonly writes: number; readonly reads: number } {
  const operations = entities.flatMap((entity) => entity.operations);
  const sum = (isRead: boolean) =>
    operations
      .filter(({ type }) => (type === "read") === isRead)
      .reduce((total, { perSecond }) => total + perSecond, 0);
  return { writes: sum(false), reads: sum(true) };
}

/** Regions that read or write, writers first. */
export function regionsOf({ readers, writers }: StoreNeed): readonly string[] {
  return [...new Set([...writers, ...readers])];
}
