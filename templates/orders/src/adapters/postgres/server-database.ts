import { Pool, type PoolClient } from "pg";
import type { Connection, Database } from "./database.ts";

export interface ServerOptions {
  readonly url: string;
  readonly connections: number;
  /** Called when an idle connection breaks; the pool replaces it. */
  readonly onError: (error: Error) => void;
}

/** PostgreSQL on a server, through a pool of connections. */
export function openServerDatabase({ url, connections, onError }: ServerOptions): Database {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 5_000,
    // A forgotten transaction would hold back every reader of the feed.
    idle_in_transaction_session_timeout: 10_000,
    statement_timeout: 10_000,
  });
  pool.on("error", onError);
  return {
    query: (text, values) => queryOn(pool, text, values),
    transaction: async (work) => {
      const client = await pool.connect();
      try {
        return await inTransaction(client, work);
      } finally {
        client.release();
      }
    },
    execute: async (script) => {
      await pool.query(script);
    },
    close: () => pool.end(),
  };
}

async function inTransaction<Result>(
  client: PoolClient,
  work: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  await client.query("begin");
  try {
    const result = await work({ query: (text, values) => queryOn(client, text, values) });
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch(() => {});
    throw error;
  }
}

async function queryOn<Row>(
  connection: Pick<PoolClient, "query">,
  text: string,
  values: readonly unknown[] = [],
): Promise<{ readonly rows: readonly Row[]; readonly rowCount: number }> {
  const { rows, rowCount } = await connection.query(text, [...values]);
  return { rows: rows as readonly Row[], rowCount: rowCount ?? 0 };
}
