import { readFile } from "node:fs/promises";
import type { Database } from "./database.ts";

const migrationLock = 4_711_001;

/**
 * Begins a new history where an event claims a transaction that this server has not begun: its data come from another
 * server, by dump and restore. A running replica never meets the condition, since what it sees lies below the snapshot's end.
 */
const newHistoryAfterRestore = `
  insert into histories (history)
  select max(history) + 1 from histories
  having exists (
    select from events
    where history = (select max(history) from histories)
      and transaction_id >= pg_snapshot_xmax(pg_current_snapshot())
  );`;

/**
 * Creates what is missing. Replicas that start together wait for each other: `create ... if not exists` alone can collide.
 * Every replica comes by here before it writes, so that no event of a restored database is written into the old history.
 */
export async function migrate(database: Database): Promise<void> {
  const schema = await readFile(new URL("./schema.sql", import.meta.url), "utf8");
  await database.execute(
    `begin; select pg_advisory_xact_lock(${migrationLock}); ${schema} ${newHistoryAfterRestore} commit;`,
  );
}
