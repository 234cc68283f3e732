/** Streams are named by their kind and key: `order-<order id>`, `stock-<sku>`, `stock-<sku>#<bucket>`. */
export function orderStream(orderId: string): string {
  return `order-${orderId}`;
}

/** The order that a stream belongs to; undefined for other streams. */
export function orderOfStream(stream: string): string | undefined {
  return stream.startsWith("order-") ? stream.slice("order-".length) : undefined;
}
