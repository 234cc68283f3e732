import {
  type BatchOperation,
  type ConsistencyLevel,
  CosmosError,
  type Item,
  type Stored,
} from "../adapters/cosmos/item-container.ts";
import type { ItemVersion } from "./item-versions.ts";
import { checkId, checkItemSize, partitionKeyOf } from "./limits.ts";
import { patched } from "./patch.ts";
import type { WrittenItem } from "./physical-partition.ts";
import { insertCharge, readCharge, replaceCharge } from "./request-charge.ts";
import { checkTimeToLive } from "./time-to-live.ts";

export interface OperationOutcome {
  readonly statusCode: number;
  readonly id: string;
  /** What a read inside the batch found; what a write left is known after the commit. */
  readonly found?: Stored<Item> | undefined;
}

interface Draft {
  readonly body: Item | undefined;
  readonly bytes: number;
}

/**
 * Operations on one logical partition, each seeing what the ones before it did; nothing is visible until `written`
 * is committed. Refusals: 404 missing, 409 exists, 412 another version (Transactions and optimistic concurrency
 * control, 2025-07-07).
 */
export class Transaction {
  readonly #partitionKey: string;
  readonly #partitionKeyPath: string;
  readonly #level: ConsistencyLevel;
  readonly #current: (id: string) => ItemVersion | undefined;
  readonly #drafts = new Map<string, Draft>();
  #charge = 0;

  constructor(
    scope: { partitionKey: string; partitionKeyPath: string; level: ConsistencyLevel },
    current: (id: string) => ItemVersion | undefined,
  ) {
    this.#partitionKey = scope.partitionKey;
    this.#partitionKeyPath = scope.partitionKeyPath;
    this.#level = scope.level;
    this.#current = current;
  }

  /** Request units of all operations so far. */
  get charge(): number {
    return this.#charge;
  }

  get written(): readonly WrittenItem[] {
    return [...this.#drafts].map(([id, draft]) => ({ partitionKey: this.#partitionKey, id, ...draft }));
  }

  apply(operation: BatchOperation): OperationOutcome {
    switch (operation.kind) {
      case "create":
        return this.#create(operation.item);
      case "upsert":
        return this.#exists(idOf(operation.item))
          ? this.#replace(operation.item, operation.ifMatch)
          : this.#create(operation.item);
      case "replace":
        return this.#replace(operation.item, operation.ifMatch);
      case "patch": {
        const body = this.#required(operation.id, operation.ifMatch);
        return this.#replace(patched(body, operation.operations), undefined);
      }
      case "delete":
        return this.#delete(operation.id, operation.ifMatch);
      case "read":
        return this.#read(operation.id);
    }
  }

  #create(item: object): OperationOutcome {
    const id = idOf(item);
    if (this.#exists(id)) throw new CosmosError(409, `the partition ${this.#partitionKey} has an item ${id}`);
    const draft = this.#draft(item);
    this.#charge += insertCharge(draft.bytes);
    return { statusCode: 201, id };
  }

  #replace(item: object, ifMatch: string | undefined): OperationOutcome {
    const id = idOf(item);
    this.#required(id, ifMatch);
    const draft = this.#draft(item);
    this.#charge += replaceCharge(draft.bytes);
    return { statusCode: 200, id };
  }

  #delete(id: string, ifMatch: string | undefined): OperationOutcome {
    const body = this.#required(id, ifMatch);
    this.#charge += insertCharge(Buffer.byteLength(JSON.stringify(body)));
    this.#drafts.set(id, { body: undefined, bytes: 0 });
    return { statusCode: 204, id };
  }

  #read(id: string): OperationOutcome {
    const version = this.#required(id, undefined);
    this.#charge += readCharge(Buffer.byteLength(JSON.stringify(version)), this.#level);
    return { statusCode: 200, id, found: this.#drafts.has(id) ? undefined : this.#current(id)?.document };
  }

  #exists(id: string): boolean {
    const draft = this.#drafts.get(id);
    return (draft ? draft.body : this.#current(id)?.document) !== undefined;
  }

  #required(id: string, ifMatch: string | undefined): Item {
    const draft = this.#drafts.get(id);
    const current = this.#current(id);
    const body = draft ? draft.body : current?.document;
    if (body === undefined) throw new CosmosError(404, `the partition ${this.#partitionKey} has no item ${id}`);
    if (ifMatch !== undefined && (draft !== undefined || ifMatch !== current?.etag)) {
      throw new CosmosError(412, `the item ${id} has another version than ${ifMatch}`);
    }
    return body;
  }

  #draft(item: object): Draft {
    const { _etag, _ts, _lsn, ...content }: Record<string, unknown> = { ...item };
    const text = JSON.stringify(content);
    const bytes = Buffer.byteLength(text);
    checkItemSize(bytes);
    const body = asItem(deeplyFrozen(JSON.parse(text)));
    if (partitionKeyOf(body, this.#partitionKeyPath) !== this.#partitionKey) {
      throw new CosmosError(400, `the item ${body.id} belongs to another partition key than ${this.#partitionKey}`);
    }
    checkTimeToLive(body);
    this.#drafts.set(body.id, { body, bytes });
    return { body, bytes };
  }
}

function idOf(item: object): string {
  const id: unknown = "id" in item ? item.id : undefined;
  checkId(id);
  return id;
}

function asItem(value: object): Item {
  return { ...value, id: idOf(value) };
}

/** What readers get is shared between them. */
function deeplyFrozen<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const member of Object.values(value)) deeplyFrozen(member);
  return Object.freeze(value);
}
