import type { Database } from "../adapters/postgres/database.ts";
import type { AppendGuard } from "../adapters/postgres/event-store.ts";

/** Who may write the streams of a shard. */
export interface Lease {
  readonly shard: number;
  readonly owner: string;
  /** Where the owner takes commands from other replicas. */
  readonly address: string;
  /** The fencing token: a number that rises with every change of owner. */
  readonly token: string;
}

export interface Replica {
  /** Of this process alone: a restarted process is another owner. */
  readonly id: string;
  readonly address: string;
  readonly leaseSeconds: number;
}

/** The writer lost its shard to another replica; nothing was written. */
export class LostLeaseError extends Error {
  override readonly name = "LostLeaseError";
}

/** Takes the shard if it is free, expired or ours already; returns the lease that holds now. */
export async function acquire(database: Database, shard: number, replica: Replica): Promise<Lease> {
  const taken = await database.query<Lease>(
    `insert into shard_leases as lease (shard, owner, address, token, expires_at)
     values ($1, $2, $3, 1, now() + make_interval(secs => $4))
     on conflict (shard) do update
       set owner = excluded.owner, address = excluded.address, expires_at = excluded.expires_at,
           token = lease.token + case when lease.owner = excluded.owner then 0 else 1 end
       where lease.owner = excluded.owner or lease.expires_at < now()
     returning shard, owner, address, token::text`,
    [shard, replica.id, replica.address, replica.leaseSeconds],
  );
  const lease = taken.rows[0] ?? (await current(database, shard));
  if (lease === undefined) throw new LostLeaseError(`shard ${shard} was given back just now`);
  return lease;
}

async function current(database: Database, shard: number): Promise<Lease | undefined> {
  const { rows } = await database.query<Lease>(
    "select shard, owner, address, token::text from shard_leases where shard = $1",
    [shard],
  );
  return rows[0];
}

/** Prolongs everything that the replica holds. */
export async function renewAll(database: Database, replica: Replica): Promise<void> {
  await database.query(
    "update shard_leases set expires_at = now() + make_interval(secs => $2) where owner = $1 and expires_at >= now()",
    [replica.id, replica.leaseSeconds],
  );
}

/** Lets others take over at once. The rows stay, so that the tokens go on rising. */
export async function giveBackAll(database: Database, replica: Replica): Promise<void> {
  await database.query("update shard_leases set expires_at = '-infinity' where owner = $1", [replica.id]);
}

/**
 * Refuses an append under an old token. A process may be paused longer than its lease without noticing, so the lease
 * alone proves nothing; the row lock keeps the owner from changing until the append is committed.
 */
export function fence({ shard, owner, token }: Lease): AppendGuard {
  return async (connection) => {
    const { rows } = await connection.query(
      "select 1 from shard_leases where shard = $1 and owner = $2 and token = $3::bigint for share",
      [shard, owner, token],
    );
    if (rows.length === 0)
      throw new LostLeaseError(`shard ${shard} has another owner than ${owner} with token ${token}`);
  };
}
