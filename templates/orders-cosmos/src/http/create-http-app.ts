import { Hono } from "hono";
import { CosmosError } from "../adapters/cosmos/item-container.ts";
import type { Commands } from "../application/commands.ts";
import type { SalePolicy } from "../domain/stock/sale-policy.ts";
import type { Readiness } from "../health/readiness.ts";
import type { Projections } from "../ports/projections.ts";
import { carrySession } from "./carry-session.ts";
import { healthRoutes } from "./health-routes.ts";
import { orderRoutes } from "./order-routes.ts";
import { stockRoutes } from "./stock-routes.ts";
import { traceRequests } from "./trace-requests.ts";

export interface HttpParts {
  readonly commands: Commands;
  readonly projections: Projections;
  readonly policy: SalePolicy;
  readonly readiness: Readiness;
  /** Called with what no route expected; the client is told nothing but 500. */
  readonly onError: (error: Error) => void;
}

/** The whole HTTP interface. */
export function createHttpApp({ commands, projections, policy, readiness, onError }: HttpParts): Hono {
  const app = new Hono();
  app.route("/", healthRoutes(readiness));
  app.use(traceRequests());
  app.use(carrySession());
  app.route("/", orderRoutes(commands, projections));
  app.route("/", stockRoutes(commands, projections, policy));
  app.onError((error, context) => {
    onError(error);
    if (!(error instanceof CosmosError)) return context.json({ error: "internal" }, 500);
    // Throttled, timed out, or no region can serve the session yet: worth another try with the same idempotency key.
    const seconds = Math.max(1, Math.ceil((error.retryAfterMs ?? 0) / 1000));
    return context.json({ error: "store-unavailable" }, 503, { "retry-after": String(seconds) });
  });
  return app;
}
