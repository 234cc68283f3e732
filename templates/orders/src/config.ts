import type { SalePolicy } from "./domain/stock/sale-policy.ts";

/** Everything that may differ between two environments. */
export interface Config {
  readonly port: number;
  /** Address of a PostgreSQL server; an embedded one when absent. */
  readonly databaseUrl: string | undefined;
  readonly databaseConnections: number;
  /** Folder of the embedded database; in memory when absent. */
  readonly dataFolder: string | undefined;
  /** Address of the payment provider; the sandbox when absent. */
  readonly paymentsUrl: string | undefined;
  readonly policy: SalePolicy;
  /** After how many seconds the messages of a dead process are taken by another. */
  readonly claimSeconds: number;
  /** How long requests in flight may take after SIGTERM. */
  readonly drainSeconds: number;
  /** Only in the single-writer form: where other replicas reach this one, and for how long a shard is leased. */
  readonly peerPort: number;
  readonly peerAddress: string;
  readonly leaseSeconds: number;
}

type Environment = { readonly [name: string]: string | undefined };

/** @throws with the name of the variable that cannot be read */
export function readConfig(environment: Environment): Config {
  const port = readCount(environment, "PORT", 8080);
  const peerPort = readCount(environment, "PEER_PORT", 8081);
  return {
    port,
    databaseUrl: environment["DATABASE_URL"],
    databaseConnections: readCount(environment, "DATABASE_CONNECTIONS", 10),
    dataFolder: environment["DATA_FOLDER"],
    paymentsUrl: environment["PAYMENTS_URL"],
    policy: readPolicy(environment),
    claimSeconds: readCount(environment, "CLAIM_SECONDS", 30),
    drainSeconds: readCount(environment, "DRAIN_SECONDS", 15),
    peerPort,
    peerAddress: `http://${environment["POD_IP"] ?? "127.0.0.1"}:${peerPort}`,
    leaseSeconds: readCount(environment, "LEASE_SECONDS", 10),
  };
}

function readPolicy(environment: Environment): SalePolicy {
  const kind = environment["SALE_POLICY"] ?? "strict";
  switch (kind) {
    case "strict":
      return { kind };
    case "escrow":
      return { kind, buckets: Math.max(1, readCount(environment, "ESCROW_BUCKETS", 8)) };
    case "overbook":
      return {
        kind,
        allowance: readCount(environment, "OVERBOOK_ALLOWANCE", 0),
        apologyCents: readCount(environment, "APOLOGY_CENTS", 1000),
      };
    default:
      throw new Error(`SALE_POLICY is "${kind}"; it may be strict, escrow or overbook.`);
  }
}

function readCount(environment: Environment, name: string, fallback: number): number {
  const text = environment[name];
  if (text === undefined || text === "") return fallback;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`${name} is "${text}"; it has to be a whole number.`);
  return value;
}
