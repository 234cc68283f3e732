import { Hono } from "hono";
import type { Readiness } from "../health/readiness.ts";

export function healthRoutes(readiness: Readiness): Hono {
  const routes = new Hono();
  routes.get("/health/live", (context) => context.text("alive"));
  routes.get("/health/ready", async (context) =>
    (await readiness.isReady()) ? context.text("ready") : context.text("not ready", 503),
  );
  return routes;
}
