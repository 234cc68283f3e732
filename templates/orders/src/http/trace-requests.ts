import { metrics, SpanKind, trace } from "@opentelemetry/api";
import type { MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import { inSpan } from "../telemetry/spans.ts";

/** A span and a duration for every request, named by route so that ids do not become labels. */
export function traceRequests(): MiddlewareHandler {
  const duration = metrics.getMeter("orders").createHistogram("http.server.request.duration", { unit: "s" });
  return async (context, next) => {
    const started = performance.now();
    const { method } = context.req;
    const traceParent = context.req.header("traceparent");
    await inSpan(method, { kind: SpanKind.SERVER, ...(traceParent === undefined ? {} : { traceParent }) }, async () => {
      await next();
      const attributes = {
        "http.request.method": method,
        "http.route": routePath(context, -1),
        "http.response.status_code": context.res.status,
      };
      trace.getActiveSpan()?.updateName(`${method} ${attributes["http.route"]}`).setAttributes(attributes);
      duration.record((performance.now() - started) / 1000, attributes);
    });
  };
}
