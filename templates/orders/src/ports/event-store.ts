import type { DomainEvent } from "../domain/events.ts";

export interface RecordedEvent {
  readonly stream: string;
  /** Place in the stream, from 1 without gaps. */
  readonly version: number;
  readonly event: DomainEvent;
}

/** A message that the events come from; the store remembers it in the same transaction. */
export interface HandledMessage {
  readonly consumer: string;
  readonly messageId: string;
}

export type AppendResult =
  | { readonly kind: "appended"; readonly version: number }
  /** Somebody wrote first: reload, decide anew, append again. */
  | { readonly kind: "conflict"; readonly expectedVersion: number; readonly actualVersion: number }
  /** The message was handled before; nothing was written. */
  | { readonly kind: "duplicate" };

/** Streams of events, each with one order of versions. */
export interface EventStore {
  /**
   * Appends all events or none, if the stream stands at `expectedVersion` (0: it does not exist). Each event goes to
   * the outbox in the same transaction, and so does the mark of the handled message.
   *
   * With no events, only the mark is written.
   */
  readonly append: (
    stream: string,
    expectedVersion: number,
    events: readonly DomainEvent[],
    handled?: HandledMessage,
  ) => Promise<AppendResult>;
  /** Committed events of a stream from a version on (1: all), in order. */
  readonly read: (stream: string, fromVersion?: number) => Promise<readonly RecordedEvent[]>;
}
