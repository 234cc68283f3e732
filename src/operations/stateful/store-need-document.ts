import { SCANTLING_API_VERSION } from "../../estate/kinds/document-envelope.ts";
import type { DemandedScope, StoreShape, TransactionSpan } from "../../stateful/advice/store-need.ts";
import type { CosmosLevel } from "../../stateful/timelines/managed/managed-store.ts";

/** A need in a few words, as options of a command line say it. */
export interface StoreNeedInBrief {
  readonly shape?: StoreShape;
  /** In GiB. */
  readonly size?: number;
  /** Operations a second. */
  readonly reads?: number;
  readonly writes?: number;
  readonly consistency?: CosmosLevel;
  readonly transaction?: TransactionSpan;
  /** Go durations. */
  readonly readP99?: string;
  readonly writeP99?: string;
  readonly rto?: string;
  readonly rpo?: string;
  /** What RTO and RPO are asked for; the loss of a zone where nothing is said. */
  readonly scope?: readonly DemandedScope[];
  /** The first writes, all read. */
  readonly region?: readonly string[];
  /** All regions write. */
  readonly multiWrite?: boolean;
}

/** Name of the store that such a need is for. */
const storeName = "need";

/** The need as the text of a DataStore document, so that it is read and checked like any other. */
export function storeNeedDocument(need: StoreNeedInBrief): string {
  const { shape, size, consistency, transaction, readP99, writeP99, rto, rpo, region = [], multiWrite } = need;
  const scopes = need.scope ?? ["zone"];
  const asksForRecovery = rto !== undefined || rpo !== undefined;
  const operations = [
    ...(need.reads === undefined ? [] : [{ type: "read", perSecond: need.reads }]),
    ...(need.writes === undefined ? [] : [{ type: "assign", perSecond: need.writes }]),
  ];
  // Fields without a value vanish when it is written.
  const spec = {
    shape,
    sizeGiB: size,
    transactionSpan: transaction,
    entities: operations.length === 0 ? undefined : [{ name: "data", operations }],
    consistency: consistency === undefined ? undefined : { reads: consistency },
    latency: readP99 === undefined && writeP99 === undefined ? undefined : { readP99, writeP99 },
    regions:
      region.length === 0 ? undefined : { readers: region, writers: multiWrite === true ? region : region.slice(0, 1) },
    recovery: asksForRecovery ? Object.fromEntries(scopes.map((scope) => [scope, { rto, rpo }])) : undefined,
  };
  const document = { apiVersion: SCANTLING_API_VERSION, kind: "DataStore", metadata: { name: storeName }, spec };
  return JSON.stringify(document, undefined, 2);
}
