import type { OrderEvent } from "./order/order-events.ts";
import type { StockEvent } from "./stock/stock-events.ts";

/** Everything that a stream may hold. */
export type DomainEvent = OrderEvent | StockEvent;
