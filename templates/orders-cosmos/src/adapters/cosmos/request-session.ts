import { AsyncLocalStorage } from "node:async_hooks";

/**
 * The session tokens of one caller: what the caller has seen before, and what this request has seen and written since.
 *
 * A session token names a state of one physical partition (`range:...`). The SDK remembers the tokens of its own
 * process; a caller who is moved to another pod or region takes them along in an HTTP header, and reads there what was
 * written here. Tokens are passed on as they came; only the latest of each range is kept.
 */
export class RequestSession {
  readonly #tokens = new Map<string, string>();

  constructor(header: string | undefined) {
    if (header !== undefined && header.length <= maxHeaderLength && headerPattern.test(header)) this.observe(header);
  }

  /** Undefined while the caller has seen nothing. */
  get token(): string | undefined {
    return this.#tokens.size === 0 ? undefined : [...this.#tokens.values()].join(",");
  }

  observe(sessionToken: string): void {
    for (const token of sessionToken.split(",")) {
      const [range] = token.split(":");
      if (range && token.length > range.length) this.#tokens.set(range, token);
    }
  }
}

export const sessionHeader = "x-session-token";

const maxHeaderLength = 8192;
/** What tokens are made of. Anything else a caller sends is ignored. */
const headerPattern = /^[\w:#=,-]+$/;

const sessions = new AsyncLocalStorage<RequestSession>();

export function inSession<R>(session: RequestSession, work: () => R): R {
  return sessions.run(session, work);
}

/** The session of the request that is being served; undefined in background work. */
export function currentSession(): RequestSession | undefined {
  return sessions.getStore();
}
