import { type FulfilmentStep, nextStep } from "../domain/fulfilment/next-step.ts";
import type { Order } from "../domain/order/order.ts";
import type { OrderLine } from "../domain/order/order-events.ts";
import { allowanceOf, type SalePolicy, stockStreamsFor } from "../domain/stock/sale-policy.ts";
import { orderOfStream } from "../domain/stream-names.ts";
import type { HandledMessage } from "../ports/event-store.ts";
import type { OutboxMessage } from "../ports/outbox.ts";
import type { Payments } from "../ports/payments.ts";
import type { Commands } from "./commands.ts";

export interface FulfilmentParts {
  readonly commands: Commands;
  readonly payments: Payments;
  readonly policy: SalePolicy;
}

/** Handles one message; throws when it could not, and is then called again with the same message. */
export type MessageHandler = (message: OutboxMessage) => Promise<void>;

/**
 * The saga. Each event of an order is a message; each message makes one step; each step ends with an event of the order.
 *
 * Only answers of the business (out of stock, declined) lead to compensation. What fails otherwise is thrown, and the
 * relay tries again, so that an outage of the provider does not cancel orders.
 */
export function createFulfilment(parts: FulfilmentParts): MessageHandler {
  return async (message) => {
    const handled = { consumer: "fulfilment", messageId: message.id };
    if (message.event.type === "SaleSettled") {
      for (const orderId of message.event.bumpedOrderIds) {
        await parts.commands.onOrder(orderId, { type: "fail", reason: "bumped" });
      }
      return;
    }
    const orderId = orderOfStream(message.stream);
    if (orderId === undefined) return;
    const order = await parts.commands.loadOrder(orderId);
    await takeStep(parts, nextStep(order), order, handled);
  };
}

async function takeStep(
  parts: FulfilmentParts,
  step: FulfilmentStep,
  order: Order,
  handled: HandledMessage,
): Promise<void> {
  const { commands, payments, policy } = parts;
  switch (step.kind) {
    case "reserve":
      return reserve(parts, step.line, order, handled);
    case "request-payment":
      await commands.onOrder(order.orderId, { type: "request-payment" }, handled);
      return;
    case "charge":
      return charge(parts, step.amountCents, order, handled);
    case "confirm":
      await commands.onOrder(order.orderId, { type: "confirm" }, handled);
      return;
    case "release-stock":
      await releaseStock(parts, order);
      await commands.onOrder(order.orderId, { type: "record-stock-return" }, handled);
      return;
    case "refund":
      await payments.refund(order.orderId);
      await commands.onOrder(order.orderId, { type: "record-refund" }, handled);
      return;
    case "close": {
      const apologyCents = order.reason === "bumped" && policy.kind === "overbook" ? policy.apologyCents : 0;
      await commands.onOrder(order.orderId, { type: "close", apologyCents }, handled);
      return;
    }
    case "wait":
      return;
  }
}

/** Asks the streams of the SKU in turn. Each remembers its answer, so a repetition ends at the same stream. */
async function reserve(
  { commands, policy }: FulfilmentParts,
  line: OrderLine,
  { orderId }: Order,
  handled: HandledMessage,
): Promise<void> {
  const command = { type: "reserve", orderId, quantity: line.quantity, allowance: allowanceOf(policy) } as const;
  for (const stockStream of stockStreamsFor(policy, line.sku, orderId)) {
    const outcome = await commands.onStock(stockStream, command);
    if (outcome.kind === "refused") continue;
    await commands.onOrder(orderId, { type: "record-reservation", sku: line.sku, stockStream }, handled);
    return;
  }
  await commands.onOrder(orderId, { type: "fail", reason: "out-of-stock" }, handled);
}

async function charge(
  { commands, payments }: FulfilmentParts,
  amountCents: number,
  { orderId }: Order,
  handled: HandledMessage,
): Promise<void> {
  const result = await payments.charge(orderId, amountCents);
  if (result.kind === "charged") {
    await commands.onOrder(orderId, { type: "record-charge", chargeId: result.chargeId }, handled);
  } else {
    await commands.onOrder(orderId, { type: "fail", reason: "payment-declined" }, handled);
  }
}

/** Where the stream of a line is not known yet, a reservation may still be on its way to any of them. */
async function releaseStock({ commands, policy }: FulfilmentParts, order: Order): Promise<void> {
  for (const { sku } of order.lines) {
    const known = order.reservations.get(sku);
    const streams = known === undefined ? stockStreamsFor(policy, sku, order.orderId) : [known];
    for (const stream of streams) await commands.onStock(stream, { type: "release", orderId: order.orderId });
  }
}
