import { accepted, type Decider, type Decision, refused } from "../decider.ts";
import { foldOrder, noOrder, type Order, totalCents } from "./order.ts";
import type { ClosingReason, OrderEvent, OrderLine } from "./order-events.ts";

/** What may be asked of one order. All but `place` and `fail` come from the fulfilment process. */
export type OrderCommand =
  | {
      readonly type: "place";
      readonly orderId: string;
      readonly customerId: string;
      readonly lines: readonly OrderLine[];
    }
  | { readonly type: "record-reservation"; readonly sku: string; readonly stockStream: string }
  | { readonly type: "request-payment" }
  | { readonly type: "record-charge"; readonly chargeId: string }
  | { readonly type: "confirm" }
  | { readonly type: "fail"; readonly reason: ClosingReason }
  | { readonly type: "record-stock-return" }
  | { readonly type: "record-refund" }
  | { readonly type: "close"; readonly apologyCents: number };

/**
 * `order-differs`: the order exists with other content. `too-late`: the order is on a way that excludes the command.
 */
export type OrderRefusal = "invalid-order" | "no-such-order" | "order-differs" | "too-late";

type OrderDecision = Decision<OrderEvent, OrderRefusal>;

export const orderDecider: Decider<OrderCommand, OrderEvent, Order, OrderRefusal> = {
  initialState: noOrder,
  decide: decideOrder,
  fold: foldOrder,
};

function decideOrder(command: OrderCommand, order: Order): OrderDecision {
  if (command.type === "place") return decidePlacing(command, order);
  if (order.status === "none") return refused("no-such-order");
  switch (command.type) {
    case "record-reservation":
      if (order.reservations.has(command.sku)) return accepted();
      return whileOpen(order, { type: "LineReserved", sku: command.sku, stockStream: command.stockStream });
    case "request-payment":
      if (order.payment !== "none") return accepted();
      return whileOpen(order, { type: "PaymentRequested", amountCents: totalCents(order.lines) });
    case "record-charge":
      if (order.payment === "charged") return accepted();
      return whileOpen(order, { type: "PaymentCharged", chargeId: command.chargeId });
    case "confirm":
      if (order.status === "confirmed") return accepted();
      return order.payment === "charged" ? whileOpen(order, { type: "OrderConfirmed" }) : refused("too-late");
    case "fail":
      return decideFailing(command.reason, order);
    case "record-stock-return":
      if (order.stockReturned) return accepted();
      return whileFailed(order, { type: "StockReturned" });
    case "record-refund":
      if (order.payment === "refunded") return accepted();
      return whileFailed(order, { type: "PaymentRefunded" });
    case "close":
      if (order.status === "closed") return accepted();
      return whileFailed(order, {
        type: "OrderClosed",
        reason: order.reason ?? "cancelled-by-customer",
        apologyCents: command.apologyCents,
      });
  }
}

function decidePlacing(command: Extract<OrderCommand, { type: "place" }>, order: Order): OrderDecision {
  const { orderId, customerId, lines } = command;
  if (order.status !== "none") {
    return order.customerId === customerId && sameLines(order.lines, lines) ? accepted() : refused("order-differs");
  }
  return areValid(lines) ? accepted({ type: "OrderPlaced", orderId, customerId, lines }) : refused("invalid-order");
}

/** A confirmed order is a promise: only the shop may break it, by bumping. */
function decideFailing(reason: ClosingReason, order: Order): OrderDecision {
  if (order.status === "failed" || order.status === "closed") return accepted();
  if (order.status === "confirmed" && reason !== "bumped") return refused("too-late");
  return accepted({ type: "OrderFailed", reason });
}

function whileOpen(order: Order, event: OrderEvent): OrderDecision {
  return order.status === "open" ? accepted(event) : refused("too-late");
}

function whileFailed(order: Order, event: OrderEvent): OrderDecision {
  return order.status === "failed" ? accepted(event) : refused("too-late");
}

function areValid(lines: readonly OrderLine[]): boolean {
  const skus = new Set(lines.map(({ sku }) => sku));
  return (
    lines.length > 0 &&
    skus.size === lines.length &&
    lines.every(
      ({ sku, quantity, unitPriceCents }) =>
        /^[\w.-]+$/.test(sku) &&
        Number.isSafeInteger(quantity) &&
        quantity > 0 &&
        Number.isSafeInteger(unitPriceCents) &&
        unitPriceCents >= 0,
    ) &&
    Number.isSafeInteger(totalCents(lines))
  );
}

function sameLines(left: readonly OrderLine[], right: readonly OrderLine[]): boolean {
  return (
    left.length === right.length &&
    left.every((line, index) => {
      const other = right[index];
      return (
        line.sku === other?.sku && line.quantity === other.quantity && line.unitPriceCents === other.unitPriceCents
      );
    })
  );
}
