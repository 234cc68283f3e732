import type { DomainEvent } from "../domain/events.ts";

/** An event on its way to the consumers. */
export interface OutboxMessage {
  /** The same at every delivery. */
  readonly id: string;
  readonly stream: string;
  readonly version: number;
  readonly event: DomainEvent;
  /** Deliveries before this one. */
  readonly attempts: number;
  /** Trace that the event was written in, as a W3C `traceparent`. */
  readonly traceParent?: string;
}

/** @public What waits in the outbox. */
export interface OutboxBacklog {
  readonly waiting: number;
  /** Messages that failed too often: somebody has to look. */
  readonly parked: number;
  readonly oldestSeconds: number;
}

/** Messages written together with events, delivered at least once. */
export interface Outbox {
  /** Takes up to `limit` due messages for this process alone; they come back by themselves if it dies. */
  readonly claim: (limit: number) => Promise<readonly OutboxMessage[]>;
  /** Delivered: never again. */
  readonly complete: (message: OutboxMessage) => Promise<void>;
  /** Not delivered: again after the delay. */
  readonly retryLater: (message: OutboxMessage, delayMilliseconds: number, error: string) => Promise<void>;
  /** Not delivered and not tried again until an operator says so. */
  readonly park: (message: OutboxMessage, error: string) => Promise<void>;
  readonly backlog: () => Promise<OutboxBacklog>;
}
