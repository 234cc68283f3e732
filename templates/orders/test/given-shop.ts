import { randomUUID } from "node:crypto";
import type { Database } from "../src/adapters/postgres/database.ts";
import { openEmbeddedDatabase } from "../src/adapters/postgres/embedded-database.ts";
import { createEventStore } from "../src/adapters/postgres/event-store.ts";
import { migrate } from "../src/adapters/postgres/migrate.ts";
import { createOutbox } from "../src/adapters/postgres/outbox.ts";
import { createProjections } from "../src/adapters/postgres/projections.ts";
import { createFulfilment, type MessageHandler } from "../src/application/fulfilment.ts";
import { placeOrder } from "../src/application/place-order.ts";
import { type RelayOptions, relayOnce } from "../src/application/relay.ts";
import type { OrderLine } from "../src/domain/order/order-events.ts";
import { type SalePolicy, splitReceipt } from "../src/domain/stock/sale-policy.ts";
import type { Payments } from "../src/ports/payments.ts";
import { givenCommands } from "./given-commands.ts";
import { givenPayments } from "./given-payments.ts";

let opened: Promise<Database> | undefined;

/** One embedded database for all tests; they keep apart by ids. It ends with the process. */
export async function givenDatabase(): Promise<Database> {
  opened ??= openEmbeddedDatabase().then(async (database) => {
    await migrate(database);
    return database;
  });
  return opened;
}

/** An id that no other test has. */
export function fresh(prefix: string): string {
  return `${prefix}-${randomUUID().slice(0, 8)}`;
}

export const relayOptions: RelayOptions = {
  batchSize: 8,
  idleMilliseconds: 1,
  maximumAttempts: 3,
  onMessageError: () => {},
  onError: () => {},
};

/** The application without its HTTP interface and loops, with its messages delivered by hand. */
export async function givenShop({
  policy = { kind: "strict" },
  payments = givenPayments(),
  around = (handler) => handler,
}: {
  readonly policy?: SalePolicy;
  readonly payments?: Payments;
  /** Wraps the fulfilment process, to make it fail. */
  readonly around?: (handler: MessageHandler) => MessageHandler;
} = {}) {
  const database = await givenDatabase();
  await database.query("delete from outbox");
  const store = createEventStore(database);
  const commands = givenCommands(database);
  const outbox = createOutbox(database, 30);
  const projections = createProjections(database);
  const fulfilment = around(createFulfilment({ commands, payments, policy }));

  async function receive(sku: string, quantity: number): Promise<void> {
    for (const [stream, pieces] of splitReceipt(policy, sku, quantity)) {
      await commands.onStock(stream, { type: "receive", receiptId: "first", quantity: pieces });
    }
  }

  async function order(...lines: readonly OrderLine[]): Promise<string> {
    const placed = await placeOrder(commands, { customerId: fresh("customer"), idempotencyKey: "once", lines });
    if (placed.kind === "refused") throw new Error(placed.refusal);
    return placed.orderId;
  }

  /** Delivers until nothing waits; what was to be tried later is tried now. */
  async function deliverAll(): Promise<void> {
    for (;;) {
      await database.query("update outbox set due_at = now() where due_at < now() + interval '20 seconds'");
      if ((await relayOnce(outbox, fulfilment, relayOptions)) === 0) return;
    }
  }

  async function project(): Promise<void> {
    while ((await projections.catchUp(100)) > 0);
  }

  return { database, store, commands, outbox, projections, fulfilment, receive, order, deliverAll, project };
}

export function line(sku: string, quantity = 1, unitPriceCents = 1000): OrderLine {
  return { sku, quantity, unitPriceCents };
}
