import { setTimeout } from "node:timers/promises";
import type { ClientOptions } from "./polite-client.ts";

const defaultTimeoutSeconds = 60;
const attempts = 4;
const mostBytes = 256 * 2 ** 20;

/** Asks over the network of this machine and waits by its clock. */
export function networkClient({
  timeoutSeconds = defaultTimeoutSeconds,
}: {
  readonly timeoutSeconds?: number;
} = {}): ClientOptions {
  return {
    fetch: globalThis.fetch,
    sleep: async (seconds, signal) => setTimeout(seconds * 1000, undefined, signal === undefined ? {} : { signal }),
    timeoutSeconds,
    attempts,
    mostBytes,
  };
}
