import type { MiddlewareHandler } from "hono";
import { inSession, RequestSession, sessionHeader } from "../adapters/cosmos/request-session.ts";

/**
 * Takes the caller's session token from the request and gives the newest one back. A caller who sends it along reads
 * its own writes, whichever replica and region it is sent to next.
 */
export function carrySession(): MiddlewareHandler {
  return async (context, next) => {
    const session = new RequestSession(context.req.header(sessionHeader));
    await inSession(session, next);
    if (session.token !== undefined) context.header(sessionHeader, session.token);
  };
}
