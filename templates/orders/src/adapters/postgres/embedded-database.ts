import { PGlite, type Transaction } from "@electric-sql/pglite";
import type { Connection, Database } from "./database.ts";

/**
 * PostgreSQL inside this process, for development and tests: one connection, so nothing here runs at the same time.
 *
 * @param folder where the data are kept; in memory when left out
 */
export async function openEmbeddedDatabase(folder?: string): Promise<Database> {
  const database = await PGlite.create(folder === undefined ? {} : { dataDir: folder });
  return {
    query: (text, values) => queryOn(database, text, values),
    transaction: (work) => database.transaction((transaction) => work(connectionTo(transaction))),
    execute: async (script) => {
      await database.exec(script);
    },
    close: () => database.close(),
  };
}

function connectionTo(transaction: Transaction): Connection {
  return { query: (text, values) => queryOn(transaction, text, values) };
}

async function queryOn<Row>(
  connection: Pick<PGlite | Transaction, "query">,
  text: string,
  values: readonly unknown[] = [],
): Promise<{ readonly rows: readonly Row[]; readonly rowCount: number }> {
  const { rows, affectedRows } = await connection.query<Row>(text, [...values]);
  return { rows, rowCount: affectedRows ?? rows.length };
}
