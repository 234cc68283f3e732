import type { Database } from "../adapters/postgres/database.ts";
import { createEventStore } from "../adapters/postgres/event-store.ts";
import { type OrderCommand, type OrderRefusal, orderDecider } from "../domain/order/decide-order.ts";
import { type StockCommand, type StockRefusal, stockDecider } from "../domain/stock/decide-stock.ts";
import type { Envelope, EnvelopeOutcome } from "./peer.ts";
import { fence, type Lease } from "./shard-leases.ts";
import { createStreamActor, type StreamActor } from "./stream-actor.ts";

/** The actors of one shard under one lease. */
export interface ShardActors {
  readonly execute: (envelope: Envelope) => Promise<EnvelopeOutcome>;
}

const actorsPerKind = 1000;

/** Whatever these actors append is fenced by the token of the lease. */
export function createShardActors(database: Database, lease: Lease): ShardActors {
  const store = createEventStore(database, fence(lease));
  const orders = new Map<string, StreamActor<OrderCommand, OrderRefusal>>();
  const stocks = new Map<string, StreamActor<StockCommand, StockRefusal>>();
  return {
    execute: (envelope) => {
      const { stream, handled } = envelope;
      switch (envelope.kind) {
        case "order":
          return actorOf(orders, stream, () => createStreamActor(stream, orderDecider, store)).execute(
            envelope.command,
            handled,
          );
        case "stock":
          return actorOf(stocks, stream, () => createStreamActor(stream, stockDecider, store)).execute(
            envelope.command,
            handled,
          );
      }
    },
  };
}

/** Forgets the actor that was asked longest ago; a forgotten one that still works is caught by the version of its stream. */
function actorOf<Actor>(actors: Map<string, Actor>, stream: string, create: () => Actor): Actor {
  const actor = actors.get(stream) ?? create();
  actors.delete(stream);
  actors.set(stream, actor);
  const [oldest] = actors.keys();
  if (actors.size > actorsPerKind && oldest !== undefined) actors.delete(oldest);
  return actor;
}
