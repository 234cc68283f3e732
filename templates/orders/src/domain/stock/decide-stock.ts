import { accepted, type Decider, type Decision, refused } from "../decider.ts";
import { foldStock, noStock, type Stock } from "./stock.ts";
import type { StockEvent } from "./stock-events.ts";

export type StockCommand =
  | { readonly type: "receive"; readonly receiptId: string; readonly quantity: number }
  /** `allowance` is how many pieces may be sold beyond what is there: zero unless the policy overbooks. */
  | { readonly type: "reserve"; readonly orderId: string; readonly quantity: number; readonly allowance: number }
  | { readonly type: "release"; readonly orderId: string }
  | { readonly type: "settle" };

/** `unavailable`: not enough pieces, or the order was refused or gave its pieces back before. */
export type StockRefusal = "invalid-quantity" | "unavailable";

type StockDecision = Decision<StockEvent, StockRefusal>;

export const stockDecider: Decider<StockCommand, StockEvent, Stock, StockRefusal> = {
  initialState: noStock,
  decide: decideStock,
  fold: foldStock,
};

function decideStock(command: StockCommand, stock: Stock): StockDecision {
  switch (command.type) {
    case "receive":
      if (stock.receiptIds.has(command.receiptId)) return accepted();
      if (!isCount(command.quantity)) return refused("invalid-quantity");
      return accepted({ type: "StockReceived", receiptId: command.receiptId, quantity: command.quantity });
    case "reserve":
      return decideReservation(command, stock);
    case "release":
      return decideRelease(command.orderId, stock);
    case "settle":
      return stock.settled ? accepted() : accepted({ type: "SaleSettled", bumpedOrderIds: ordersBeyondStock(stock) });
  }
}

function decideReservation(command: Extract<StockCommand, { type: "reserve" }>, stock: Stock): StockDecision {
  const { orderId, quantity, allowance } = command;
  const before = stock.byOrder.get(orderId);
  if (before !== undefined) return before > 0 ? accepted() : refused("unavailable");
  if (!isCount(quantity)) return refused("invalid-quantity");
  if (stock.settled || stock.reserved + quantity > stock.received + allowance) {
    return refused("unavailable", { type: "StockRefused", orderId, quantity });
  }
  return accepted({ type: "StockReserved", orderId, quantity });
}

function decideRelease(orderId: string, stock: Stock): StockDecision {
  const quantity = stock.byOrder.get(orderId);
  return quantity === 0 ? accepted() : accepted({ type: "StockReleased", orderId, quantity: quantity ?? 0 });
}

/** The latest reservations go first until the rest fits: first come, first served. */
function ordersBeyondStock(stock: Stock): readonly string[] {
  const bumped: string[] = [];
  let excess = stock.reserved - stock.received;
  for (const [orderId, quantity] of [...stock.byOrder].reverse()) {
    if (excess <= 0) break;
    if (quantity === 0) continue;
    bumped.push(orderId);
    excess -= quantity;
  }
  return bumped;
}

function isCount(quantity: number): boolean {
  return Number.isSafeInteger(quantity) && quantity > 0;
}
