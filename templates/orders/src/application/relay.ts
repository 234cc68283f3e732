import { setTimeout as sleep } from "node:timers/promises";
import { SpanKind } from "@opentelemetry/api";
import type { Outbox, OutboxMessage } from "../ports/outbox.ts";
import { inSpan } from "../telemetry/spans.ts";
import type { MessageHandler } from "./fulfilment.ts";
import { fullJitter } from "./full-jitter.ts";

export interface RelayOptions {
  /** Messages handled at the same time. */
  readonly batchSize: number;
  /** How long to wait when nothing is due. */
  readonly idleMilliseconds: number;
  /** Deliveries after which a message is parked. */
  readonly maximumAttempts: number;
  readonly onMessageError: (message: OutboxMessage, error: unknown) => void;
  /** The outbox itself cannot be reached. */
  readonly onError: (error: unknown) => void;
}

/** Delivers the messages that are due; returns how many there were. */
export async function relayOnce(outbox: Outbox, handle: MessageHandler, options: RelayOptions): Promise<number> {
  const messages = await outbox.claim(options.batchSize);
  await Promise.all(messages.map((message) => deliver(outbox, message, handle, options)));
  return messages.length;
}

/** Delivers until the signal says stop; a batch that was begun is finished. */
export async function runRelay(
  outbox: Outbox,
  handle: MessageHandler,
  options: RelayOptions,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const delivered = await relayOnce(outbox, handle, options).catch((error: unknown) => {
      options.onError(error);
      return 0;
    });
    if (delivered === 0) await sleep(options.idleMilliseconds, undefined, { signal }).catch(() => {});
  }
}

async function deliver(
  outbox: Outbox,
  message: OutboxMessage,
  handle: MessageHandler,
  { maximumAttempts, onMessageError }: RelayOptions,
): Promise<void> {
  try {
    await inSpan(
      `handle ${message.event.type}`,
      {
        kind: SpanKind.CONSUMER,
        ...(message.traceParent === undefined ? {} : { traceParent: message.traceParent }),
        attributes: { "messaging.message.id": message.id },
      },
      () => handle(message),
    );
    await outbox.complete(message);
  } catch (error) {
    onMessageError(message, error);
    const reason = error instanceof Error ? error.message : String(error);
    if (message.attempts + 1 >= maximumAttempts) await outbox.park(message, reason);
    else await outbox.retryLater(message, fullJitter(message.attempts, 200, 60_000), reason);
  }
}
