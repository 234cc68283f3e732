import { Hono } from "hono";
import type { Commands } from "../application/commands.ts";
import { placeOrder } from "../application/place-order.ts";
import type { OrderRefusal } from "../domain/order/decide-order.ts";
import { type Order, totalCents } from "../domain/order/order.ts";
import type { Projections } from "../ports/projections.ts";
import { readLines } from "./request-body.ts";

const statusOfRefusal = {
  "invalid-order": 400,
  "no-such-order": 404,
  "order-differs": 422,
  "too-late": 409,
} as const satisfies { readonly [refusal in OrderRefusal]: number };

/** Orders are accepted with 202: what becomes of them is decided by the fulfilment process. */
export function orderRoutes(commands: Commands, projections: Projections): Hono {
  const routes = new Hono();

  routes.post("/orders", async (context) => {
    const idempotencyKey = context.req.header("idempotency-key");
    if (idempotencyKey === undefined || idempotencyKey === "") {
      return context.json({ error: "header Idempotency-Key is missing" }, 400);
    }
    const body: unknown = await context.req.json().catch(() => undefined);
    const request = readLines(body);
    if (request === undefined) return context.json({ error: "customerId and lines are needed" }, 400);
    const placed = await placeOrder(commands, { ...request, idempotencyKey });
    if (placed.kind === "refused") return context.json({ error: placed.refusal }, statusOfRefusal[placed.refusal]);
    return context.json({ orderId: placed.orderId }, 202, { location: `/orders/${placed.orderId}` });
  });

  /** Read from the stream, so that customers see what they just did. */
  routes.get("/orders/:id", async (context) => {
    const order = await commands.loadOrder(context.req.param("id"));
    return order.status === "none" ? context.json({ error: "no-such-order" }, 404) : context.json(present(order));
  });

  routes.post("/orders/:id/cancellation", async (context) => {
    const outcome = await commands.onOrder(context.req.param("id"), { type: "fail", reason: "cancelled-by-customer" });
    if (outcome.kind === "refused") return context.json({ error: outcome.refusal }, statusOfRefusal[outcome.refusal]);
    return context.body(null, 202);
  });

  /** Read from the projection: may be behind by its lag. */
  routes.get("/customers/:id/orders", async (context) =>
    context.json({ orders: await projections.ordersOfCustomer(context.req.param("id")) }),
  );

  return routes;
}

function present(order: Order): object {
  const { orderId, customerId, status, lines, payment, reason } = order;
  return { orderId, customerId, status, lines, payment, totalCents: totalCents(lines), reason: reason ?? null };
}
