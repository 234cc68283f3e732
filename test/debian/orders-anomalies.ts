import { Client } from "pg";

export const isolationLevels = ["read committed", "repeatable read", "serializable"] as const;
export type IsolationLevel = (typeof isolationLevels)[number];

/** Either what was seen, or the SQLSTATE with which the server prevented it. */
export type Outcome = "observed" | "prevented" | "40001";

/** Two sessions that take turns as a script says. */
interface Sessions {
  readonly first: Client;
  readonly second: Client;
  readonly balance: (session: Client, id: number) => Promise<number>;
  /** Waits until the session is blocked by a lock, or is not busy any more. */
  readonly untilBlocked: (session: Client) => Promise<void>;
}

type Script = (sessions: Sessions) => Promise<"observed" | "prevented">;

/** Tries an anomaly at a level on a table that begins with two accounts of 100 each. */
export async function probe(address: string, level: IsolationLevel, script: Script): Promise<Outcome> {
  const [first, second, watcher] = [new Client(address), new Client(address), new Client(address)];
  await Promise.all([first.connect(), second.connect(), watcher.connect()]);
  try {
    await watcher.query(
      "drop table if exists accounts; create table accounts (id integer primary key, balance integer)",
    );
    await watcher.query("insert into accounts values (1, 100), (2, 100)");
    for (const session of [first, second]) await session.query(`begin isolation level ${level}`);
    return await script({ first, second, balance, untilBlocked: (session) => untilBlocked(watcher, session) });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "40001") return "40001";
    throw error;
  } finally {
    await Promise.all([first, second, watcher].map((session) => session.end()));
  }
}

/** P4: both read, both write; the first write is overwritten unseen. */
export const lostUpdate: Script = async ({ first, second, balance, untilBlocked }) => {
  const [readByFirst, readBySecond] = [await balance(first, 1), await balance(second, 1)];
  await first.query("update accounts set balance = $1 where id = 1", [readByFirst + 10]);
  const blocked = second.query("update accounts set balance = $1 where id = 1", [readBySecond + 20]);
  blocked.catch(() => {});
  await untilBlocked(second);
  await first.query("commit");
  await blocked;
  await second.query("commit");
  return (await balance(first, 1)) === 130 ? "prevented" : "observed";
};

/** G-single: one account before and one after the transfer of another transaction. */
export const readSkew: Script = async ({ first, second, balance }) => {
  const before = await balance(first, 1);
  await second.query("update accounts set balance = balance - 50 where id = 1");
  await second.query("update accounts set balance = balance + 50 where id = 2");
  await second.query("commit");
  return before + (await balance(first, 2)) === 200 ? "prevented" : "observed";
};

/** G2-item: each checks the sum of both accounts and takes from another one. */
export const writeSkew: Script = async ({ first, second, balance }) => {
  for (const session of [first, second])
    await Promise.resolve((await balance(session, 1)) + (await balance(session, 2)));
  await first.query("update accounts set balance = balance - 150 where id = 1");
  await second.query("update accounts set balance = balance - 150 where id = 2");
  await first.query("commit");
  await second.query("commit");
  return (await balance(first, 1)) + (await balance(first, 2)) >= 0 ? "prevented" : "observed";
};

/** PMP: a predicate that is evaluated twice sees a row that came in between. */
export const phantom: Script = async ({ first, second }) => {
  const count = async () => (await first.query("select 1 from accounts where balance >= 100")).rows.length;
  const before = await count();
  await second.query("insert into accounts values (3, 500)");
  await second.query("commit");
  return (await count()) === before ? "prevented" : "observed";
};

async function balance(session: Client, id: number): Promise<number> {
  const { rows } = await session.query<{ balance: number }>("select balance from accounts where id = $1", [id]);
  return rows[0]?.balance ?? Number.NaN;
}

async function untilBlocked(watcher: Client, session: Client): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    const { rows } = await watcher.query<{ blocked: boolean }>(
      "select cardinality(pg_blocking_pids($1)) > 0 as blocked",
      // The type of the client leaves out the id of its server process.
      [(session as unknown as { readonly processID: number }).processID],
    );
    if (rows[0]?.blocked === true) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("the second writer was never blocked");
}
