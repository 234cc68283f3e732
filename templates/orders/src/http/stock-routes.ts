import { Hono } from "hono";
import type { Commands } from "../application/commands.ts";
import { type SalePolicy, splitReceipt, stockStreams } from "../domain/stock/sale-policy.ts";
import type { Projections } from "../ports/projections.ts";
import { readReceipt } from "./request-body.ts";

export function stockRoutes(commands: Commands, projections: Projections, policy: SalePolicy): Hono {
  const routes = new Hono();

  routes.get("/stock/:sku", async (context) => {
    const level = await projections.stockLevel(context.req.param("sku"));
    return level === undefined ? context.json({ error: "no-such-sku" }, 404) : context.json(level);
  });

  /** Counted once per `receiptId`, also when it is repeated after half of the buckets were filled. */
  routes.post("/stock/:sku/receipts", async (context) => {
    const receipt = readReceipt(await context.req.json().catch(() => undefined));
    if (receipt === undefined) return context.json({ error: "receiptId and a positive quantity are needed" }, 400);
    for (const [stream, quantity] of splitReceipt(policy, context.req.param("sku"), receipt.quantity)) {
      await commands.onStock(stream, { type: "receive", receiptId: receipt.receiptId, quantity });
    }
    return context.body(null, 204);
  });

  /** Ends the sale: who was accepted beyond the stock is refunded and gets an apology. */
  routes.post("/stock/:sku/settlement", async (context) => {
    for (const stream of stockStreams(policy, context.req.param("sku"))) {
      await commands.onStock(stream, { type: "settle" });
    }
    return context.body(null, 202);
  });

  return routes;
}
