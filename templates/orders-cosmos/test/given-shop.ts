import { randomUUID } from "node:crypto";
import { ChangeFeedOutbox } from "../src/adapters/cosmos/change-feed-outbox.ts";
import { containerSettings, doubleContainers } from "../src/adapters/cosmos/connect-cosmos.ts";
import { CosmosEventStore } from "../src/adapters/cosmos/cosmos-event-store.ts";
import { CosmosProjections } from "../src/adapters/cosmos/cosmos-projections.ts";
import { createFulfilment, type MessageHandler } from "../src/application/fulfilment.ts";
import { createOptimisticCommands } from "../src/application/optimistic-commands.ts";
import { placeOrder } from "../src/application/place-order.ts";
import { type RelayOptions, relayOnce } from "../src/application/relay.ts";
import { CosmosAccountDouble } from "../src/cosmos-double/account.ts";
import { VirtualClock } from "../src/cosmos-double/clock.ts";
import type { OrderLine } from "../src/domain/order/order-events.ts";
import { type SalePolicy, splitReceipt } from "../src/domain/stock/sale-policy.ts";
import type { Payments } from "../src/ports/payments.ts";
import { givenPayments } from "./given-payments.ts";

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

/** The stores of one process, on an account of its own. */
export function givenCosmos() {
  const clock = new VirtualClock();
  const account = new CosmosAccountDouble({ clock });
  const client = account.client();
  const { events, leases, deliveries, views } = doubleContainers(account, "orders", client);
  const store = new CosmosEventStore(events, { newId: randomUUID });
  const reading = { instance: "test", monitored: events, leases, now: () => clock.now() };
  const outbox = new ChangeFeedOutbox({ ...reading, deliveries });
  const projections = new CosmosProjections({ ...reading, views, store });

  /** Read models in an empty container, beside the ones in use. */
  function projectionsAnew(): CosmosProjections {
    account.createContainer("orders", "views-anew", containerSettings.views);
    const empty = client.container("orders", "views-anew");
    return new CosmosProjections({ ...reading, views: empty, store, processor: "projections-anew" });
  }

  return { clock, account, store, outbox, projections, projectionsAnew };
}

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
  const { clock, store, outbox, projections, projectionsAnew } = givenCosmos();
  const commands = createOptimisticCommands(store);
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
    do clock.advance(20_000);
    while ((await relayOnce(outbox, fulfilment, relayOptions)) > 0);
  }

  async function project(): Promise<void> {
    while ((await projections.catchUp(100)) > 0);
  }

  /** All that the tests ask of a database by hand: to try again what was parked. */
  const database = { query: (_statement: string) => outbox.unpark() };

  return {
    database,
    store,
    commands,
    outbox,
    projections,
    projectionsAnew,
    fulfilment,
    receive,
    order,
    deliverAll,
    project,
  };
}

export function line(sku: string, quantity = 1, unitPriceCents = 1000): OrderLine {
  return { sku, quantity, unitPriceCents };
}
