import { randomUUID } from "node:crypto";
import type { SalePolicy } from "./domain/stock/sale-policy.ts";

/** Everything that may differ between two environments. */
export interface Config {
  readonly port: number;
  /** Account of Azure Cosmos DB; the contract double in this process when absent, whose data end with it. */
  readonly cosmosEndpoint: string | undefined;
  readonly cosmosDatabase: string;
  /** Where to read first, then second, ...: the region of this cluster and its neighbours. */
  readonly cosmosRegions: readonly string[];
  /** Different for every replica. */
  readonly instance: string;
  /** Address of the payment provider; the sandbox when absent. */
  readonly paymentsUrl: string | undefined;
  readonly policy: SalePolicy;
  /** After how many seconds the messages of a dead process are taken by another. */
  readonly claimSeconds: number;
  /** How long requests in flight may take after SIGTERM. */
  readonly drainSeconds: number;
  /** How long to stay reachable after SIGTERM, until no load balancer sends new requests. */
  readonly lingerSeconds: number;
}

type Environment = { readonly [name: string]: string | undefined };

/** @throws with the name of the variable that cannot be read */
export function readConfig(environment: Environment): Config {
  return {
    port: readCount(environment, "PORT", 8080),
    cosmosEndpoint: environment["COSMOS_ENDPOINT"],
    cosmosDatabase: environment["COSMOS_DATABASE"] ?? "orders",
    cosmosRegions: (environment["COSMOS_REGIONS"] ?? "").split(",").filter((region) => region !== ""),
    instance: environment["POD_NAME"] ?? randomUUID(),
    paymentsUrl: environment["PAYMENTS_URL"],
    policy: readPolicy(environment),
    claimSeconds: readCount(environment, "CLAIM_SECONDS", 30),
    drainSeconds: readCount(environment, "DRAIN_SECONDS", 15),
    lingerSeconds: readCount(environment, "LINGER_SECONDS", 0),
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
