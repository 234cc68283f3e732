import type { OrderLine } from "../domain/order/order-events.ts";

/** An order as a client sends it; undefined when the shape is wrong. Whether the values make sense, the domain decides. */
export function readLines(
  body: unknown,
): { readonly customerId: string; readonly lines: readonly OrderLine[] } | undefined {
  if (!isObject(body)) return undefined;
  const { customerId, lines } = body;
  if (typeof customerId !== "string" || customerId === "" || !Array.isArray(lines)) return undefined;
  const read = lines.map(readLine);
  return read.every((line) => line !== undefined) ? { customerId, lines: read } : undefined;
}

/** A delivery of stock; undefined when the shape is wrong. */
export function readReceipt(body: unknown): { readonly receiptId: string; readonly quantity: number } | undefined {
  if (!isObject(body)) return undefined;
  const { receiptId, quantity } = body;
  if (typeof receiptId !== "string" || receiptId === "") return undefined;
  return typeof quantity === "number" && Number.isSafeInteger(quantity) && quantity > 0
    ? { receiptId, quantity }
    : undefined;
}

function readLine(line: unknown): OrderLine | undefined {
  if (!isObject(line)) return undefined;
  const { sku, quantity, unitPriceCents } = line;
  if (typeof sku !== "string" || typeof quantity !== "number" || typeof unitPriceCents !== "number") return undefined;
  return { sku, quantity, unitPriceCents };
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null;
}
