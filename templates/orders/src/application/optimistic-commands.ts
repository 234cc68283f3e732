import { setTimeout as sleep } from "node:timers/promises";
import type { Decider } from "../domain/decider.ts";
import type { DomainEvent } from "../domain/events.ts";
import { orderDecider } from "../domain/order/decide-order.ts";
import { stockDecider } from "../domain/stock/decide-stock.ts";
import { orderStream } from "../domain/stream-names.ts";
import type { EventStore, HandledMessage } from "../ports/event-store.ts";
import type { CommandOutcome, Commands } from "./commands.ts";
import { fullJitter } from "./full-jitter.ts";
import { createStreamStates, type StreamStates } from "./stream-state.ts";

const maximumAttempts = 50;

/** Too many writers on one stream. The caller may try again later; nothing was written. */
class ContentionError extends Error {
  override readonly name = "ContentionError";
}

/** Any replica decides on any stream; the expected version of the append finds out who was second. */
export function createOptimisticCommands(store: EventStore, onConflict: () => void = () => {}): Commands {
  const orders = createStreamStates(store, orderDecider);
  const stocks = createStreamStates(store, stockDecider);
  const context = { store, onConflict };
  return {
    onOrder: (orderId, command, handled) =>
      execute(context, orderDecider, orders, orderStream(orderId), command, handled),
    onStock: (stream, command) => execute(context, stockDecider, stocks, stream, command),
    loadOrder: async (orderId) => (await orders.load(orderStream(orderId))).state,
  };
}

/** After a conflict the decision is made anew on what the other writer left: appending the old one again would be wrong. */
async function execute<Command, Event extends DomainEvent, State, Refusal>(
  { store, onConflict }: { readonly store: EventStore; readonly onConflict: () => void },
  decider: Decider<Command, Event, State, Refusal>,
  states: StreamStates<State>,
  stream: string,
  command: Command,
  handled?: HandledMessage,
): Promise<CommandOutcome<Refusal>> {
  for (let attempt = 0; attempt < maximumAttempts; attempt += 1) {
    const { version, state } = await states.load(stream);
    const decision = decider.decide(command, state);
    const nothingToWrite = decision.events.length === 0 && handled === undefined;
    const result = nothingToWrite ? undefined : await store.append(stream, version, decision.events, handled);
    if (result?.kind === "duplicate") return result;
    if (result?.kind !== "conflict") {
      return decision.kind === "accepted" ? { kind: "done" } : { kind: "refused", refusal: decision.refusal };
    }
    onConflict();
    await sleep(fullJitter(attempt, 2, 250));
  }
  throw new ContentionError(`${stream}: ${maximumAttempts} conflicts in a row`);
}
