import { type Order, totalCents } from "../order/order.ts";
import type { OrderLine } from "../order/order-events.ts";

/** What the fulfilment process has to do next for an order. Every step may be repeated. */
export type FulfilmentStep =
  | { readonly kind: "reserve"; readonly line: OrderLine }
  /** Recorded before the charge, so that the refund is registered before the action it compensates. */
  | { readonly kind: "request-payment" }
  | { readonly kind: "charge"; readonly amountCents: number }
  | { readonly kind: "confirm" }
  | { readonly kind: "release-stock" }
  | { readonly kind: "refund" }
  | { readonly kind: "close" }
  | { readonly kind: "wait" };

/**
 * The saga as a function of the order: reserve every line, charge, confirm; after a failure release, refund, close.
 *
 * It is recomputed from the stream before each step. A process that died anywhere leaves nothing behind but events, and
 * whoever goes on sees the same next step.
 */
export function nextStep(order: Order): FulfilmentStep {
  switch (order.status) {
    case "open":
      return nextOfOpen(order);
    case "failed":
      return nextOfFailed(order);
    case "none":
    case "confirmed":
    case "closed":
      return { kind: "wait" };
  }
}

function nextOfOpen(order: Order): FulfilmentStep {
  const line = order.lines.find(({ sku }) => !order.reservations.has(sku));
  if (line !== undefined) return { kind: "reserve", line };
  if (order.payment === "none") return { kind: "request-payment" };
  if (order.payment === "requested") return { kind: "charge", amountCents: totalCents(order.lines) };
  return { kind: "confirm" };
}

function nextOfFailed(order: Order): FulfilmentStep {
  if (!order.stockReturned) return { kind: "release-stock" };
  if (order.payment === "requested" || order.payment === "charged") return { kind: "refund" };
  return { kind: "close" };
}
