/**
 * What the shop does when many want the same stock.
 *
 * - `strict`: one stream per SKU and a check on every reservation: never oversells; a hot SKU is one queue.
 * - `escrow`: the stock is split over buckets, each a stream of its own: never oversells and spreads the load, at the
 *   price of stranded pieces (an order is not split over buckets).
 * - `overbook`: sells `allowance` pieces more than there are, because some orders fall away; when the sale is settled,
 *   whoever does not fit is refunded and gets `apologyCents` on top.
 */
export type SalePolicy =
  | { readonly kind: "strict" }
  | { readonly kind: "escrow"; readonly buckets: number }
  | { readonly kind: "overbook"; readonly allowance: number; readonly apologyCents: number };

export function stockStreams(policy: SalePolicy, sku: string): readonly string[] {
  if (policy.kind !== "escrow") return [`stock-${sku}`];
  return Array.from({ length: policy.buckets }, (_, bucket) => `stock-${sku}#${bucket}`);
}

/** The streams of a SKU in the order in which an order tries them: orders start at different buckets. */
export function stockStreamsFor(policy: SalePolicy, sku: string, orderId: string): readonly string[] {
  const streams = stockStreams(policy, sku);
  const first = hash(orderId) % streams.length;
  return [...streams.slice(first), ...streams.slice(0, first)];
}

/** A delivery of stock as the pieces that each stream gets; streams that get none are left out. */
export function splitReceipt(policy: SalePolicy, sku: string, quantity: number): ReadonlyMap<string, number> {
  const streams = stockStreams(policy, sku);
  const share = Math.floor(quantity / streams.length);
  const rest = quantity % streams.length;
  return new Map(
    streams
      .map((stream, index): readonly [string, number] => [stream, share + (index < rest ? 1 : 0)])
      .filter(([, pieces]) => pieces > 0),
  );
}

export function allowanceOf(policy: SalePolicy): number {
  return policy.kind === "overbook" ? policy.allowance : 0;
}

/** SKU of a stock stream; undefined for other streams. */
export function skuOfStream(stream: string): string | undefined {
  return /^stock-([^#]+)/.exec(stream)?.[1];
}

/** FNV-1a, 32 bits: spreads ids evenly and is the same everywhere. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return value >>> 0;
}
