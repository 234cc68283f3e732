import { serve } from "@hono/node-server";
import { Hono } from "hono";
import type { CommandOutcome } from "../application/commands.ts";
import type { OrderCommand, OrderRefusal } from "../domain/order/decide-order.ts";
import type { StockCommand, StockRefusal } from "../domain/stock/decide-stock.ts";
import type { HandledMessage } from "../ports/event-store.ts";

/** A command with the stream that it is meant for. */
export type Envelope = { readonly stream: string; readonly handled?: HandledMessage } & (
  | { readonly kind: "order"; readonly command: OrderCommand }
  | { readonly kind: "stock"; readonly command: StockCommand }
);

export type EnvelopeOutcome = CommandOutcome<OrderRefusal | StockRefusal>;

const misdirected = 421;
const timeoutMilliseconds = 5_000;

/** Executes a command here; undefined when another replica owns the stream. */
export type LocalExecution = (envelope: Envelope) => Promise<EnvelopeOutcome | undefined>;

/** Sends a command to the replica that owns its stream; undefined when that replica says that it does not. */
export async function sendToPeer(address: string, envelope: Envelope): Promise<EnvelopeOutcome | undefined> {
  const response = await fetch(`${address}/commands`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(envelope),
    signal: AbortSignal.timeout(timeoutMilliseconds),
  });
  if (response.status === misdirected) return undefined;
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return (await response.json()) as EnvelopeOutcome;
}

/**
 * Takes commands from other replicas, on a port of its own that only they can reach (see the network policy).
 *
 * @returns stops listening
 */
export function listenToPeers(port: number, execute: LocalExecution): () => Promise<void> {
  const app = new Hono();
  app.post("/commands", async (context) => {
    const outcome = await execute((await context.req.json()) as Envelope);
    return outcome === undefined ? context.body(null, misdirected) : context.json(outcome);
  });
  const server = serve({ fetch: app.fetch, port });
  return () => new Promise((resolve) => server.close(() => resolve()));
}
