import type { StockEvent } from "./stock-events.ts";

/** A pile of stock as its events tell it. */
export interface Stock {
  readonly received: number;
  readonly reserved: number;
  readonly receiptIds: ReadonlySet<string>;
  /** Pieces reserved by order, in the order of reservation; zero where refused or released. */
  readonly byOrder: ReadonlyMap<string, number>;
  readonly settled: boolean;
}

export const noStock: Stock = {
  received: 0,
  reserved: 0,
  receiptIds: new Set(),
  byOrder: new Map(),
  settled: false,
};

/** Copies the two collections once, however many events there are. */
export function foldStock(stock: Stock, events: readonly StockEvent[]): Stock {
  let { received, reserved, settled } = stock;
  const receiptIds = new Set(stock.receiptIds);
  const byOrder = new Map(stock.byOrder);
  for (const event of events) {
    switch (event.type) {
      case "StockReceived":
        received += event.quantity;
        receiptIds.add(event.receiptId);
        break;
      case "StockReserved":
        reserved += event.quantity;
        byOrder.set(event.orderId, event.quantity);
        break;
      case "StockRefused":
        byOrder.set(event.orderId, 0);
        break;
      case "StockReleased":
        reserved -= event.quantity;
        byOrder.set(event.orderId, 0);
        break;
      case "SaleSettled":
        settled = true;
        break;
    }
  }
  return { received, reserved, receiptIds, byOrder, settled };
}
