import {
  type BatchOperation,
  type BatchResponse,
  CosmosError,
  type ResponseHeaders,
} from "../adapters/cosmos/item-container.ts";
import type { AccountState } from "./account-state.ts";
import { refusedBatch } from "./batch.ts";
import type { ContainerBudget } from "./container-budget.ts";
import type { ContainerSettings } from "./container-settings.ts";
import type { ItemVersion } from "./item-versions.ts";
import { maxLogicalPartitionBytes } from "./limits.ts";
import type { PhysicalPartition } from "./physical-partition.ts";
import { refusedCharge } from "./request-charge.ts";
import { formatSessionToken } from "./session-token.ts";
import { aliveVersion } from "./time-to-live.ts";
import { type OperationOutcome, Transaction } from "./transaction.ts";

/** Where a write goes. */
export interface WriteTarget {
  readonly region: number;
  readonly partition: PhysicalPartition;
  readonly partitionKey: string;
}

interface Committed extends ResponseHeaders {
  readonly versions: readonly ItemVersion[];
}

/** Single writes and batches in a writing region: both are transactions on one logical partition. */
export class ContainerWriter {
  readonly #settings: ContainerSettings;
  readonly #account: AccountState;
  readonly #budget: ContainerBudget;

  constructor(settings: ContainerSettings, account: AccountState, budget: ContainerBudget) {
    this.#settings = settings;
    this.#account = account;
    this.#budget = budget;
  }

  write(
    target: WriteTarget,
    operation: BatchOperation,
  ): ResponseHeaders & { readonly statusCode: number; readonly version: ItemVersion | undefined } {
    const transaction = this.#begin(target);
    try {
      const { statusCode } = transaction.apply(operation);
      const { versions, ...headers } = this.#commit(target, transaction);
      return { statusCode, version: versions[0], ...headers };
    } catch (error) {
      if (!(error instanceof CosmosError)) throw error;
      const { statusCode, subStatus, reason } = error;
      throw new CosmosError(statusCode, reason, { subStatus, sessionToken: this.#refused(target).sessionToken });
    }
  }

  batch(target: WriteTarget, operations: readonly BatchOperation[]): BatchResponse {
    const transaction = this.#begin(target);
    const outcomes: OperationOutcome[] = [];
    for (const operation of operations) {
      try {
        outcomes.push(transaction.apply(operation));
      } catch (error) {
        if (!(error instanceof CosmosError)) throw error;
        const culprit = { index: outcomes.length, statusCode: error.statusCode };
        return refusedBatch(operations.length, culprit, this.#refused(target));
      }
    }
    const { versions, ...headers } = this.#commit(target, transaction);
    const written = new Map(transaction.written.map(({ id }, index) => [id, versions[index]?.document]));
    const results = outcomes.map(({ statusCode, id, found }) => ({ statusCode, item: found ?? written.get(id) }));
    return { committed: true, results, ...headers };
  }

  #begin({ region, partition, partitionKey }: WriteTarget): Transaction {
    this.#account.checkWrite(partition, region);
    const { partitionKeyPath, defaultTimeToLive } = this.#settings;
    const view = partition.regionView(region, this.#account.clock.now());
    const clockMs = this.#account.clockOf(region);
    return new Transaction({ partitionKey, partitionKeyPath, level: this.#account.level }, (id) =>
      aliveVersion(partition.version({ partitionKey, id }, view), defaultTimeToLive, clockMs),
    );
  }

  #commit({ region, partition, partitionKey }: WriteTarget, transaction: Transaction): Committed {
    const items = transaction.written;
    this.#checkRoom(
      partition,
      partitionKey,
      items.reduce((sum, { bytes }) => sum + bytes, 0),
    );
    const now = this.#account.clock.now();
    const writer = { region, clockMs: this.#account.clockOf(region) };
    const reach = this.#account.reach(partition, region);
    const versions = items.length === 0 ? [] : partition.commit(writer, items, now, reach);
    // Create Azure Cosmos DB containers and databases with autoscale throughput (2024-09-25): replicated writes use
    // request units of the other regions too.
    for (const other of this.#account.topology.regions.keys()) {
      this.#budget.spend(other, partition.range, transaction.charge);
    }
    return { versions, sessionToken: this.#token(region, partition), requestCharge: transaction.charge };
  }

  /** A full logical partition: 403; 1014 in the sub-status list of the SDKs. */
  #checkRoom(partition: PhysicalPartition, partitionKey: string, added: number): void {
    const limit = this.#settings.maxLogicalPartitionBytes ?? maxLogicalPartitionBytes;
    if (added > 0 && partition.logicalBytes(partitionKey) + added > limit) {
      throw new CosmosError(403, `the logical partition ${partitionKey} is full`, { subStatus: 1014 });
    }
  }

  #refused({ region, partition }: WriteTarget): ResponseHeaders {
    this.#budget.spend(region, partition.range, refusedCharge);
    return { sessionToken: this.#token(region, partition), requestCharge: refusedCharge };
  }

  #token(region: number, partition: PhysicalPartition): string {
    return formatSessionToken(partition.token(partition.regionView(region, this.#account.clock.now())));
  }
}
