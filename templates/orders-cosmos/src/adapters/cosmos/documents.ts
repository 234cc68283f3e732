import type { DomainEvent } from "../../domain/events.ts";
import type { HandledMessage } from "../../ports/event-store.ts";
import type { Item } from "./item-container.ts";

// The container `events`, partition key `/stream`: everything that one append writes is in one logical partition, and
// so in one transactional batch.

/** An event; the id is its version, so that a version can be taken once only. */
export interface EventDocument extends Item {
  readonly kind: "event";
  readonly stream: string;
  readonly version: number;
  readonly event: DomainEvent;
  /** The append that wrote it: tells one's own write from another's after a timeout. */
  readonly appendId: string;
  readonly traceParent?: string;
}

/** Where a stream stands. Replaced under its etag by every append. */
export interface HeadDocument extends Item {
  readonly kind: "head";
  readonly stream: string;
  readonly version: number;
  readonly appendId: string;
}

/** The mark of a handled message, in the partition of the stream that it changed. */
export interface HandledDocument extends Item {
  readonly kind: "handled";
  readonly stream: string;
  readonly appendId: string;
  /** Seconds. A message that comes again after this long is handled again; deciders accept that. */
  readonly ttl: number;
}

export type StreamDocument = EventDocument | HeadDocument | HandledDocument;

export const headId = "head";

const handledForSeconds = 30 * 24 * 3600;

export function handledDocument(stream: string, handled: HandledMessage, appendId: string): HandledDocument {
  return { id: handledId(handled), kind: "handled", stream, appendId, ttl: handledForSeconds };
}

export function handledId({ consumer, messageId }: HandledMessage): string {
  return documentId(`handled ${consumer} ${messageId}`);
}

/** Ids may hold none of / \ ? #, names of streams may. */
export function documentId(name: string): string {
  return encodeURIComponent(name);
}
