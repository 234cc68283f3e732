import type { DomainEvent } from "../../domain/events.ts";
import type { AppendResult, EventStore, HandledMessage, RecordedEvent } from "../../ports/event-store.ts";
import {
  type EventDocument,
  type HandledDocument,
  type HeadDocument,
  handledDocument,
  handledId,
  headId,
} from "./documents.ts";
import {
  type BatchOperation,
  type BatchResponse,
  CosmosError,
  type ItemContainer,
  isCosmosError,
  type Stored,
} from "./item-container.ts";
import { currentSession } from "./request-session.ts";

/** A batch takes 100 operations; the head and the mark of the handled message need two. */
const maxEvents = 98;

export interface EventStoreOptions {
  /** A new id for every call. */
  readonly newId: () => string;
  /** Trace of the request that appends, as a W3C `traceparent`. */
  readonly traceParent?: () => string | undefined;
}

/**
 * Streams as logical partitions. An append is one transactional batch: the mark of the handled message, the head under
 * its etag, and the events with their versions as ids. Whoever loses a race gets 409 or 412 and nothing is written.
 */
export class CosmosEventStore implements EventStore {
  readonly #events: ItemContainer;
  readonly #options: EventStoreOptions;

  constructor(events: ItemContainer, options: EventStoreOptions) {
    this.#events = events;
    this.#options = options;
  }

  async append(
    stream: string,
    expectedVersion: number,
    events: readonly DomainEvent[],
    handled?: HandledMessage,
  ): Promise<AppendResult> {
    if (events.length > maxEvents) throw new RangeError(`an append takes at most ${maxEvents} events`);
    const appendId = this.#options.newId();
    const marks = handled ? [handledDocument(stream, handled, appendId)] : [];
    if (events.length === 0) return this.#mark(stream, expectedVersion, marks);
    const head = await this.#head(stream);
    if ((head?.version ?? 0) !== expectedVersion) return this.#refusal(stream, expectedVersion, handled);
    const version = expectedVersion + events.length;
    const operations = [
      ...marks.map((item): BatchOperation => ({ kind: "create", item })),
      headOperation({ id: headId, kind: "head", stream, version, appendId }, head),
      ...this.#documents(stream, expectedVersion, events, appendId).map(
        (item): BatchOperation => ({ kind: "create", item }),
      ),
    ];
    const committed = await this.#commit(stream, operations, { firstVersion: expectedVersion + 1, appendId });
    return committed ? { kind: "appended", version } : this.#refusal(stream, expectedVersion, handled);
  }

  read(stream: string, fromVersion = 1): Promise<readonly RecordedEvent[]> {
    return this.readSince(stream, fromVersion, currentSession()?.token);
  }

  /** Reads what the session token has seen at least. */
  async readSince(stream: string, fromVersion: number, sessionToken?: string): Promise<readonly RecordedEvent[]> {
    const recorded: RecordedEvent[] = [];
    let continuationToken: string | undefined;
    do {
      const page = await this.#events.query<EventDocument>(
        {
          query: "SELECT * FROM c WHERE c.kind = 'event' AND c.version >= @from ORDER BY c.version",
          parameters: [{ name: "@from", value: fromVersion }],
        },
        { partitionKey: stream, continuationToken, sessionToken },
      );
      currentSession()?.observe(page.sessionToken);
      recorded.push(...page.items.map(({ version, event }) => ({ stream, version, event })));
      continuationToken = page.continuationToken;
    } while (continuationToken !== undefined);
    return recorded;
  }

  #documents(stream: string, expectedVersion: number, events: readonly DomainEvent[], appendId: string) {
    const traceParent = this.#options.traceParent?.();
    return events.map((event, index): EventDocument => {
      const version = expectedVersion + index + 1;
      const trace = traceParent === undefined ? {} : { traceParent };
      return { id: `${version}`, kind: "event", stream, version, event, appendId, ...trace };
    });
  }

  /** Without events there is only a mark to set. */
  async #mark(stream: string, version: number, marks: readonly HandledDocument[]): Promise<AppendResult> {
    for (const mark of marks) {
      try {
        const { sessionToken } = await this.#events.create(mark);
        currentSession()?.observe(sessionToken);
      } catch (error) {
        if (isCosmosError(error, 409)) return { kind: "duplicate" };
        const written = await this.#writtenAnyway<HandledDocument>(error, mark.id, stream);
        if (written?.appendId !== mark.appendId) throw error;
      }
    }
    return { kind: "appended", version };
  }

  /** False when somebody else wrote first, or the message was handled before. */
  async #commit(
    stream: string,
    operations: readonly BatchOperation[],
    own: { firstVersion: number; appendId: string },
  ): Promise<boolean> {
    let response: BatchResponse;
    try {
      response = await this.#events.batch(stream, operations);
    } catch (error) {
      const written = await this.#writtenAnyway<EventDocument>(error, `${own.firstVersion}`, stream);
      if (written?.appendId === own.appendId) return true;
      throw error;
    }
    currentSession()?.observe(response.sessionToken);
    if (response.committed) return true;
    const culprit = response.results.find(({ statusCode }) => statusCode >= 400 && statusCode !== 424);
    if (culprit?.statusCode === 409 || culprit?.statusCode === 412) return false;
    throw new CosmosError(culprit?.statusCode ?? 500, `the batch on ${stream} was refused`);
  }

  /** After a timeout only the store knows whether the write was applied. */
  async #writtenAnyway<T extends EventDocument | HandledDocument>(error: unknown, id: string, stream: string) {
    if (!isCosmosError(error, 408) && !isCosmosError(error, 503)) throw error;
    return (await this.#events.read<T>(id, stream)).item;
  }

  async #refusal(stream: string, expectedVersion: number, handled: HandledMessage | undefined): Promise<AppendResult> {
    if (handled !== undefined && (await this.#events.read(handledId(handled), stream)).item)
      return { kind: "duplicate" };
    const head = await this.#head(stream);
    return { kind: "conflict", expectedVersion, actualVersion: head?.version ?? 0 };
  }

  async #head(stream: string): Promise<Stored<HeadDocument> | undefined> {
    const { item, sessionToken } = await this.#events.read<HeadDocument>(headId, stream, {
      sessionToken: currentSession()?.token,
    });
    currentSession()?.observe(sessionToken);
    return item;
  }
}

function headOperation(item: HeadDocument, current: Stored<HeadDocument> | undefined): BatchOperation {
  return current === undefined ? { kind: "create", item } : { kind: "replace", item, ifMatch: current._etag };
}
