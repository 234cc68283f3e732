import type { DomainEvent } from "../../domain/events.ts";
import type { AppendResult, EventStore, HandledMessage, RecordedEvent } from "../../ports/event-store.ts";
import { activeTraceParent } from "../../telemetry/spans.ts";
import { type Connection, type Database, isUniqueViolation } from "./database.ts";

/** A check in the transaction of an append; throws to forbid it. */
export type AppendGuard = (connection: Connection, stream: string) => Promise<void>;

/** Thrown inside a transaction to roll it back. */
class WrongVersionError extends Error {}

/**
 * Streams in PostgreSQL.
 *
 * An append is one transaction that reads nothing it depends on: what was decided upon had been committed before it
 * began. That is why ids of transactions rise along every stream within a history, on which the projections rely.
 */
export function createEventStore(database: Database, guard?: AppendGuard): EventStore {
  async function append(
    stream: string,
    expectedVersion: number,
    events: readonly DomainEvent[],
    handled?: HandledMessage,
  ): Promise<AppendResult> {
    try {
      return await database.transaction(async (connection) => {
        await guard?.(connection, stream);
        if (handled !== undefined && !(await markHandled(connection, handled))) return { kind: "duplicate" };
        await insertEvents(connection, stream, expectedVersion, events);
        return { kind: "appended", version: expectedVersion + events.length };
      });
    } catch (error) {
      if (!(error instanceof WrongVersionError) && !isUniqueViolation(error)) throw error;
      return { kind: "conflict", expectedVersion, actualVersion: await versionOf(database, stream) };
    }
  }

  async function read(stream: string, fromVersion = 1): Promise<readonly RecordedEvent[]> {
    const { rows } = await database.query<{ version: number; event: DomainEvent }>(
      "select version, event from events where stream = $1 and version >= $2 order by version",
      [stream, fromVersion],
    );
    return rows.map(({ version, event }) => ({ stream, version, event }));
  }

  return { append, read };
}

/** False when the message was handled before. Waits for whoever is handling it right now. */
async function markHandled(connection: Connection, { consumer, messageId }: HandledMessage): Promise<boolean> {
  const { rowCount } = await connection.query(
    "insert into inbox (consumer, message_id) values ($1, $2) on conflict do nothing",
    [consumer, messageId],
  );
  return rowCount === 1;
}

/** The condition refuses versions that would leave a gap; two writers of the same version meet at the unique constraint. */
async function insertEvents(
  connection: Connection,
  stream: string,
  expectedVersion: number,
  events: readonly DomainEvent[],
): Promise<void> {
  if (events.length === 0) return;
  const { rowCount } = await connection.query(
    `with appended as (
       insert into events (history, stream, version, event)
       select (select max(history) from histories), $1, $2::integer + row_number() over (order by item.index)::integer, item.event
       from jsonb_array_elements($3::jsonb) with ordinality as item (event, index)
       where $2 = coalesce((select max(version) from events where stream = $1), 0)
       order by item.index
       returning stream, version, event
     )
     insert into outbox (stream, version, event, trace_parent)
     select stream, version, event, $4 from appended`,
    [stream, expectedVersion, JSON.stringify(events), activeTraceParent() ?? null],
  );
  if (rowCount !== events.length) throw new WrongVersionError();
}

async function versionOf(connection: Connection, stream: string): Promise<number> {
  const { rows } = await connection.query<{ version: number }>(
    "select coalesce(max(version), 0) as version from events where stream = $1",
    [stream],
  );
  return rows[0]?.version ?? 0;
}
