import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "../adapters/postgres/database.ts";
import { createEventStore } from "../adapters/postgres/event-store.ts";
import type { CommandOutcome, Commands } from "../application/commands.ts";
import { fullJitter } from "../application/full-jitter.ts";
import { createStreamStates } from "../application/stream-state.ts";
import { type OrderRefusal, orderDecider } from "../domain/order/decide-order.ts";
import type { StockRefusal } from "../domain/stock/decide-stock.ts";
import { hash } from "../domain/stock/sale-policy.ts";
import { orderStream } from "../domain/stream-names.ts";
import { type Envelope, type EnvelopeOutcome, type LocalExecution, sendToPeer } from "./peer.ts";
import { createShardActors, type ShardActors } from "./shard-actors.ts";
import { acquire, type Lease, LostLeaseError, type Replica } from "./shard-leases.ts";

/** More than there will be replicas, so that they can be spread. The same in all replicas, for ever. */
const shardCount = 64;
const maximumAttempts = 60;

export interface ActorCommands {
  readonly commands: Commands;
  /** For the commands that peers send here. */
  readonly executeLocally: LocalExecution;
}

/** Each stream has one writer: an actor in the replica that leases the shard of the stream. Others send it their commands. */
export function createActorCommands(
  database: Database,
  replica: Replica,
  send: typeof sendToPeer = sendToPeer,
): ActorCommands {
  const held = new Map<number, { readonly lease: Lease; readonly actors: ShardActors }>();
  const orders = createStreamStates(createEventStore(database), orderDecider);

  async function leaseOf(stream: string): Promise<Lease> {
    const shard = hash(stream) % shardCount;
    return held.get(shard)?.lease ?? (await acquire(database, shard, replica));
  }

  /** Actors of an older token are forgotten: another replica may have written since. */
  function actorsUnder(lease: Lease): ShardActors {
    const known = held.get(lease.shard);
    if (known?.lease.token === lease.token) return known.actors;
    const actors = createShardActors(database, lease);
    held.set(lease.shard, { lease, actors });
    return actors;
  }

  async function executeUnder(lease: Lease, envelope: Envelope): Promise<EnvelopeOutcome> {
    try {
      return await actorsUnder(lease).execute(envelope);
    } catch (error) {
      if (error instanceof LostLeaseError) held.delete(lease.shard);
      throw error;
    }
  }

  const executeLocally: LocalExecution = async (envelope) => {
    const lease = await leaseOf(envelope.stream);
    return lease.owner === replica.id ? executeUnder(lease, envelope) : undefined;
  };

  /** Repeats while the owner changes or cannot be reached; commands bear repetition. */
  async function execute(envelope: Envelope): Promise<EnvelopeOutcome> {
    let lastError: unknown;
    for (let attempt = 0; attempt < maximumAttempts; attempt += 1) {
      try {
        const lease = await leaseOf(envelope.stream);
        const outcome =
          lease.owner === replica.id ? await executeUnder(lease, envelope) : await send(lease.address, envelope);
        if (outcome !== undefined) return outcome;
      } catch (error) {
        lastError = error;
      }
      await sleep(fullJitter(attempt, 10, 1_000));
    }
    throw new Error(`no writer found for ${envelope.stream}`, { cause: lastError });
  }

  return {
    executeLocally,
    commands: {
      onOrder: (orderId, command, handled) =>
        execute({
          kind: "order",
          stream: orderStream(orderId),
          command,
          ...(handled === undefined ? {} : { handled }),
        }) as Promise<CommandOutcome<OrderRefusal>>,
      onStock: (stream, command) =>
        execute({ kind: "stock", stream, command }) as Promise<CommandOutcome<StockRefusal>>,
      loadOrder: async (orderId) => (await orders.load(orderStream(orderId))).state,
    },
  };
}
