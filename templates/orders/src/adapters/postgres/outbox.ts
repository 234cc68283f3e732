import type { DomainEvent } from "../../domain/events.ts";
import type { Outbox, OutboxMessage } from "../../ports/outbox.ts";
import type { Database } from "./database.ts";

interface OutboxRow {
  readonly id: string | number;
  readonly stream: string;
  readonly version: number;
  readonly event: DomainEvent;
  readonly attempts: number;
  readonly trace_parent: string | null;
}

/**
 * The outbox in PostgreSQL. A claim is a short transaction that pushes the due time into the future, so that no
 * transaction stays open while a message is handled: an open one would hold back the projections.
 *
 * @param claimSeconds longer than handling takes; after that a message of a dead process is due again
 */
export function createOutbox(database: Database, claimSeconds: number): Outbox {
  return {
    claim: async (limit) => {
      const { rows } = await database.query<OutboxRow>(
        `update outbox set due_at = now() + make_interval(secs => $2), attempts = attempts + 1
         where id in (
           select id from outbox where parked_at is null and due_at <= now()
           order by due_at, id limit $1 for update skip locked
         )
         returning id, stream, version, event, attempts, trace_parent`,
        [limit, claimSeconds],
      );
      return rows.map(toMessage);
    },
    complete: async ({ id }) => {
      await database.query("delete from outbox where id = $1", [id]);
    },
    retryLater: async ({ id }, delayMilliseconds, error) => {
      await database.query(
        "update outbox set due_at = now() + make_interval(secs => $2), last_error = $3 where id = $1",
        [id, delayMilliseconds / 1000, error],
      );
    },
    park: async ({ id }, error) => {
      await database.query("update outbox set parked_at = now(), last_error = $2 where id = $1", [id, error]);
    },
    backlog: async () => {
      const { rows } = await database.query<{ waiting: number; parked: number; oldest: number }>(
        `select count(*) filter (where parked_at is null)::integer as waiting,
                count(parked_at)::integer as parked,
                coalesce(extract(epoch from now() - min(created_at) filter (where parked_at is null)), 0)::float8 as oldest
         from outbox`,
      );
      const { waiting = 0, parked = 0, oldest = 0 } = rows[0] ?? {};
      return { waiting, parked, oldestSeconds: oldest };
    },
  };
}

function toMessage(row: OutboxRow): OutboxMessage {
  return {
    id: String(row.id),
    stream: row.stream,
    version: row.version,
    event: row.event,
    attempts: row.attempts - 1,
    ...(row.trace_parent === null ? {} : { traceParent: row.trace_parent }),
  };
}
