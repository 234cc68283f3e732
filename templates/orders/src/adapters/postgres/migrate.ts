import { readFile } from "node:fs/promises";
import type { Database } from "./database.ts";

const migrationLock = 4_711_001;

/** Creates what is missing. Replicas that start together wait for each other: `create ... if not exists` alone can collide. */
export async function migrate(database: Database): Promise<void> {
  const schema = await readFile(new URL("./schema.sql", import.meta.url), "utf8");
  await database.execute(`begin; select pg_advisory_xact_lock(${migrationLock}); ${schema} commit;`);
}
