import type { MiddlewareHandler } from "hono";
import { answerProblem, foreignHost, foreignOrigin } from "./problem.ts";

const loopbackNames = new Set(["127.0.0.1", "localhost", "[::1]"]);

/**
 * Refuses requests under other names, which is how a page of another site would reach a loopback server (DNS
 * rebinding), and requests that another site's page sends.
 */
export const loopbackOnly: MiddlewareHandler = async (context, next) => {
  if (!isLoopback(`http://${context.req.header("host") ?? new URL(context.req.url).host}`)) {
    return answerProblem(context, foreignHost);
  }
  const origin = context.req.header("origin");
  const isForeign = origin !== undefined && !isLoopback(origin);
  if (isForeign || context.req.header("sec-fetch-site") === "cross-site") return answerProblem(context, foreignOrigin);
  return next();
};

function isLoopback(address: string): boolean {
  return URL.canParse(address) && loopbackNames.has(new URL(address).hostname);
}
