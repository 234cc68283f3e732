import type { ClosingReason, OrderEvent, OrderLine } from "./order-events.ts";

/** An order as its events tell it. */
export interface Order {
  /** `none` before the first event; `failed` while what was done is undone; `closed` once nothing is left to undo. */
  readonly status: "none" | "open" | "confirmed" | "failed" | "closed";
  readonly orderId: string;
  readonly customerId: string;
  readonly lines: readonly OrderLine[];
  /** Stock stream by SKU of every line that is known to be reserved. */
  readonly reservations: ReadonlyMap<string, string>;
  readonly payment: "none" | "requested" | "charged" | "refunded";
  readonly stockReturned: boolean;
  readonly reason?: ClosingReason;
}

export const noOrder: Order = {
  status: "none",
  orderId: "",
  customerId: "",
  lines: [],
  reservations: new Map(),
  payment: "none",
  stockReturned: false,
};

export function foldOrder(order: Order, events: readonly OrderEvent[]): Order {
  return events.reduce(evolve, order);
}

/** Sum of the lines in cents. */
export function totalCents(lines: readonly OrderLine[]): number {
  return lines.reduce((sum, { quantity, unitPriceCents }) => sum + quantity * unitPriceCents, 0);
}

function evolve(order: Order, event: OrderEvent): Order {
  switch (event.type) {
    case "OrderPlaced":
      return {
        ...order,
        status: "open",
        orderId: event.orderId,
        customerId: event.customerId,
        lines: event.lines,
      };
    case "LineReserved":
      return { ...order, reservations: new Map([...order.reservations, [event.sku, event.stockStream]]) };
    case "PaymentRequested":
      return { ...order, payment: "requested" };
    case "PaymentCharged":
      return { ...order, payment: "charged" };
    case "OrderConfirmed":
      return { ...order, status: "confirmed" };
    case "OrderFailed":
      return { ...order, status: "failed", reason: event.reason };
    case "StockReturned":
      return { ...order, stockReturned: true };
    case "PaymentRefunded":
      return { ...order, payment: "refunded" };
    case "OrderClosed":
      return { ...order, status: "closed", reason: event.reason };
  }
}
