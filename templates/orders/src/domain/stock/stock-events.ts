/** What happened to one pile of stock: a SKU, or one bucket of it under the escrow policy. */
export type StockEvent =
  | { readonly type: "StockReceived"; readonly receiptId: string; readonly quantity: number }
  | { readonly type: "StockReserved"; readonly orderId: string; readonly quantity: number }
  /** Remembered, so that whoever asks again for the same order gets the same answer. */
  | { readonly type: "StockRefused"; readonly orderId: string; readonly quantity: number }
  /** `quantity` is zero when nothing had been reserved: from here on a late reservation of that order is refused. */
  | { readonly type: "StockReleased"; readonly orderId: string; readonly quantity: number }
  /** The sale ended; these orders, latest first, were accepted beyond the stock and get an apology instead. */
  | { readonly type: "SaleSettled"; readonly bumpedOrderIds: readonly string[] };
