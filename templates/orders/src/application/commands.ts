import type { OrderCommand, OrderRefusal } from "../domain/order/decide-order.ts";
import type { Order } from "../domain/order/order.ts";
import type { StockCommand, StockRefusal } from "../domain/stock/decide-stock.ts";
import type { HandledMessage } from "../ports/event-store.ts";

/** What became of a command. */
export type CommandOutcome<Refusal> =
  | { readonly kind: "done" }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  /** The message that the command came from was handled before. */
  | { readonly kind: "duplicate" };

/** The application service: takes a command to its stream and back. The two forms of this application differ here. */
export interface Commands {
  readonly onOrder: (
    orderId: string,
    command: OrderCommand,
    handled?: HandledMessage,
  ) => Promise<CommandOutcome<OrderRefusal>>;
  readonly onStock: (stream: string, command: StockCommand) => Promise<CommandOutcome<StockRefusal>>;
  /** The order as committed now. */
  readonly loadOrder: (orderId: string) => Promise<Order>;
}
