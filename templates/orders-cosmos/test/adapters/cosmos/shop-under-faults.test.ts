import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createSandboxPayments } from "../../../src/adapters/payments/sandbox-payments.ts";
import { createFulfilment } from "../../../src/application/fulfilment.ts";
import { createOptimisticCommands } from "../../../src/application/optimistic-commands.ts";
import { placeOrder } from "../../../src/application/place-order.ts";
import { relayOnce } from "../../../src/application/relay.ts";
import type { Fault } from "../../../src/cosmos-double/faults.ts";
import { SeededRandom } from "../../../src/cosmos-double/random.ts";
import type { Order } from "../../../src/domain/order/order.ts";
import { type SalePolicy, splitReceipt, stockStreams } from "../../../src/domain/stock/sale-policy.ts";
import { orderStream } from "../../../src/domain/stream-names.ts";
import { givenStores } from "./given-stores.ts";

const pieces = 6;
const customers = 10;

const faults: readonly Fault[] = [
  { kind: "timeout", on: "write", applied: true },
  { kind: "timeout", on: "write", applied: false },
  { kind: "unavailable", on: "write" },
  { kind: "unavailable", on: "read" },
  { kind: "redelivery", on: "feed" },
];

const relayOptions = {
  batchSize: 4,
  idleMilliseconds: 0,
  maximumAttempts: 1000,
  onMessageError: () => {},
  onError: () => {},
};

/** One process of the application, as long as nobody kills it. */
function createProcess(stores: ReturnType<ReturnType<typeof givenStores>["process"]>, shop: Shop) {
  const commands = createOptimisticCommands(stores.store);
  const handle = createFulfilment({ commands, payments: shop.payments, policy: shop.policy });
  return { ...stores, commands, relay: () => relayOnce(stores.outbox, handle, relayOptions) };
}

interface Shop {
  readonly policy: SalePolicy;
  readonly payments: ReturnType<typeof createSandboxPayments>;
}

async function untilDone<Result>(work: () => Promise<Result>, wait: () => void): Promise<Result> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const result = await work().catch(() => undefined);
    if (result !== undefined) return result;
    wait();
  }
  throw new Error("a hundred attempts failed");
}

/** Sells six pieces to ten customers while requests fail and processes are killed; the shop once all is quiet. */
async function runShop(policy: SalePolicy, seed: number) {
  const { account, clock, process } = givenStores({ seed, regions: ["westeurope", "northeurope"] });
  const random = new SeededRandom(seed);
  const shop: Shop = { policy, payments: createSandboxPayments() };
  let started = 0;
  const begin = () => {
    started += 1;
    return createProcess(process(`process-${started}`), shop);
  };
  let processes = [begin(), begin()];
  const wait = () => clock.advance(random.between(0, 500));
  account.faults.disturb(0.05, faults);
  const any = () => processes[random.between(0, 1)] ?? begin();
  for (const [stream, quantity] of splitReceipt(policy, "ticket", pieces)) {
    await untilDone(() => any().commands.onStock(stream, { type: "receive", receiptId: "r", quantity }), wait);
  }
  const orderIds: string[] = [];
  for (let customer = 0; customer < customers; customer += 1) {
    const request = {
      customerId: `customer-${customer}`,
      idempotencyKey: "1",
      lines: [{ sku: "ticket", quantity: 1, unitPriceCents: customer % 5 === 4 ? 1513 : 1500 }],
    };
    const placed = await untilDone(() => placeOrder(any().commands, request), wait);
    if (placed.kind === "placed") orderIds.push(placed.orderId);
    await any()
      .relay()
      .catch(() => 0);
  }
  for (let round = 0; round < 400; round += 1) {
    if (random.next() < 0.03) processes = [begin(), begin()];
    await any()
      .relay()
      .catch(() => 0);
    await any()
      .projections.catchUp(20)
      .catch(() => 0);
    clock.advance(random.between(0, 3000));
    if (round === 200 && policy.kind === "overbook") {
      for (const stream of stockStreams(policy, "ticket")) {
        await untilDone(() => any().commands.onStock(stream, { type: "settle" }), wait);
      }
    }
    if (round === 300) account.faults.disturb(0, []);
  }
  const { store, projections, outbox, commands } = begin();
  clock.advance(60_000);
  while ((await projections.catchUp(100)) > 0);
  const orders = await Promise.all(orderIds.map((orderId) => commands.loadOrder(orderId)));
  return { orders, store, projections, backlog: await outbox.backlog() };
}

const statusesOf = (orders: readonly Order[]) => orders.map(({ status }) => status);

describe("the shop under faults", () => {
  for (const policy of [
    { kind: "strict" },
    { kind: "escrow", buckets: 3 },
    { kind: "overbook", allowance: 3, apologyCents: 500 },
  ] as const satisfies readonly SalePolicy[]) {
    it(`${policy.kind}: no order is lost, none is charged twice, and the stock fits the policy`, async () => {
      for (let seed = 1; seed <= 3; seed += 1) {
        const { orders, store, projections, backlog } = await runShop(policy, seed);
        assert.equal(orders.length, customers);
        assert.deepEqual(
          statusesOf(orders).filter((status) => status !== "confirmed" && status !== "closed"),
          [],
          `seed ${seed}: every order ends`,
        );
        assert.equal(backlog.waiting + backlog.parked, 0, `seed ${seed}: nothing is left to deliver`);
        const confirmed = orders.filter(({ status }) => status === "confirmed").length;
        assert.ok(confirmed > 0 && confirmed <= pieces, `seed ${seed}: ${confirmed} confirmed`);
        assert.deepEqual(await projections.stockLevel("ticket"), {
          sku: "ticket",
          received: pieces,
          reserved: confirmed,
        });
        for (const { orderId, status, payment } of orders) {
          const events = (await store.read(orderStream(orderId))).map(({ event }) => event.type);
          assert.ok(events.filter((type) => type === "PaymentCharged").length <= 1, `seed ${seed}: ${events.join()}`);
          assert.equal(payment === "charged", status === "confirmed", `seed ${seed}: ${events.join()}`);
        }
      }
    });
  }
});
