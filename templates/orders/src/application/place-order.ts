import { createHash } from "node:crypto";
import type { OrderRefusal } from "../domain/order/decide-order.ts";
import type { OrderLine } from "../domain/order/order-events.ts";
import type { Commands } from "./commands.ts";

export interface OrderRequest {
  readonly customerId: string;
  /** Chosen by the client, the same at every repetition of one request. */
  readonly idempotencyKey: string;
  readonly lines: readonly OrderLine[];
}

export type PlacedOrder =
  | { readonly kind: "placed"; readonly orderId: string }
  | { readonly kind: "refused"; readonly refusal: OrderRefusal };

/**
 * Places an order once, however often the request is repeated and whichever replica gets it: the id of the order is
 * made of customer and key, and a stream begins only once. The same key with another order is refused.
 */
export async function placeOrder(commands: Commands, request: OrderRequest): Promise<PlacedOrder> {
  const { customerId, lines } = request;
  const orderId = orderIdOf(request);
  const outcome = await commands.onOrder(orderId, { type: "place", orderId, customerId, lines });
  return outcome.kind === "refused" ? outcome : { kind: "placed", orderId };
}

function orderIdOf({ customerId, idempotencyKey }: OrderRequest): string {
  return createHash("sha256")
    .update(JSON.stringify([customerId, idempotencyKey]))
    .digest("hex")
    .slice(0, 32);
}
