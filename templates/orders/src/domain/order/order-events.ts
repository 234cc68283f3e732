/** One position of an order. */
export interface OrderLine {
  readonly sku: string;
  /** Pieces, a whole number of at least one. */
  readonly quantity: number;
  /** Price of one piece in cents. */
  readonly unitPriceCents: number;
}

/** Why an order ends without delivery. */
export type ClosingReason = "out-of-stock" | "payment-declined" | "cancelled-by-customer" | "bumped";

/** What happened to one order; the stream `order-<id>` holds nothing else. */
export type OrderEvent =
  | {
      readonly type: "OrderPlaced";
      readonly orderId: string;
      readonly customerId: string;
      readonly lines: readonly OrderLine[];
    }
  /** `stockStream` is where the pieces were taken from: under the escrow policy one SKU has several. */
  | { readonly type: "LineReserved"; readonly sku: string; readonly stockStream: string }
  /** Recorded before the provider is called, so that a refund is owed from here on, whatever becomes of the call. */
  | { readonly type: "PaymentRequested"; readonly amountCents: number }
  | { readonly type: "PaymentCharged"; readonly chargeId: string }
  | { readonly type: "OrderConfirmed" }
  /** From here on the order is unwound. */
  | { readonly type: "OrderFailed"; readonly reason: ClosingReason }
  | { readonly type: "StockReturned" }
  | { readonly type: "PaymentRefunded" }
  /** `apologyCents` is paid on top of the refund to a customer whose confirmed order cannot be served. */
  | { readonly type: "OrderClosed"; readonly reason: ClosingReason; readonly apologyCents: number };
