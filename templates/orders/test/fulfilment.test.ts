import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { MessageHandler } from "../src/application/fulfilment.ts";
import { createStreamStates } from "../src/application/stream-state.ts";
import { stockDecider } from "../src/domain/stock/decide-stock.ts";
import { stockStreams } from "../src/domain/stock/sale-policy.ts";
import { givenPayments } from "./given-payments.ts";
import { fresh, givenShop, line } from "./given-shop.ts";

async function stockOf(shop: Awaited<ReturnType<typeof givenShop>>, stream: string) {
  return (await createStreamStates(shop.store, stockDecider).load(stream)).state;
}

describe("an order", () => {
  test("is reserved, charged and confirmed", async () => {
    const payments = givenPayments();
    const shop = await givenShop({ payments });
    const [cup, tea] = [fresh("cup"), fresh("tea")];
    await shop.receive(cup, 5);
    await shop.receive(tea, 5);
    const orderId = await shop.order(line(cup, 2), line(tea, 1));
    await shop.deliverAll();
    assert.equal((await shop.commands.loadOrder(orderId)).status, "confirmed");
    assert.equal(payments.held(orderId), 3000);
    assert.equal((await stockOf(shop, `stock-${cup}`)).reserved, 2);
  });

  test("gives back what it had reserved when another line is out of stock", async () => {
    const payments = givenPayments();
    const shop = await givenShop({ payments });
    const [cup, tea] = [fresh("cup"), fresh("tea")];
    await shop.receive(cup, 5);
    const orderId = await shop.order(line(cup, 2), line(tea, 1));
    await shop.deliverAll();
    const order = await shop.commands.loadOrder(orderId);
    assert.deepEqual([order.status, order.reason], ["closed", "out-of-stock"]);
    assert.equal((await stockOf(shop, `stock-${cup}`)).reserved, 0);
    assert.equal(payments.movements(orderId), 0);
  });

  test("gives its stock back when the payment is declined", async () => {
    const shop = await givenShop({ payments: givenPayments({ declines: () => true }) });
    const cup = fresh("cup");
    await shop.receive(cup, 5);
    const orderId = await shop.order(line(cup));
    await shop.deliverAll();
    const order = await shop.commands.loadOrder(orderId);
    assert.deepEqual([order.status, order.reason], ["closed", "payment-declined"]);
    assert.equal((await stockOf(shop, `stock-${cup}`)).reserved, 0);
  });

  test("is refunded when it is cancelled while the provider charges", async () => {
    let cancel: (orderId: string) => Promise<unknown> = async () => {};
    const provider = givenPayments();
    const payments = {
      ...provider,
      charge: async (key: string, amountCents: number) => {
        const answer = await provider.charge(key, amountCents);
        await cancel(key);
        return answer;
      },
    };
    const shop = await givenShop({ payments });
    cancel = (orderId) => shop.commands.onOrder(orderId, { type: "fail", reason: "cancelled-by-customer" });
    const cup = fresh("cup");
    await shop.receive(cup, 1);
    const orderId = await shop.order(line(cup));
    await shop.deliverAll();
    assert.equal((await shop.commands.loadOrder(orderId)).status, "closed");
    assert.deepEqual([provider.held(orderId), provider.movements(orderId)], [0, 2]);
    assert.equal((await stockOf(shop, `stock-${cup}`)).reserved, 0);
  });
});

describe("failures that are no answer of the business", () => {
  test("an outage of the provider parks the message and cancels nothing; delivered again, the order is confirmed once", async () => {
    let isDown = true;
    const payments = givenPayments({
      after: () => {
        if (isDown) throw new Error("timeout after the money had moved");
      },
    });
    const shop = await givenShop({ payments });
    const cup = fresh("cup");
    await shop.receive(cup, 1);
    const orderId = await shop.order(line(cup));
    await shop.deliverAll();
    assert.equal((await shop.commands.loadOrder(orderId)).status, "open");
    assert.equal((await shop.outbox.backlog()).parked, 1);
    isDown = false;
    await shop.database.query("update outbox set parked_at = null, attempts = 0, due_at = now()");
    await shop.deliverAll();
    assert.equal((await shop.commands.loadOrder(orderId)).status, "confirmed");
    assert.equal(payments.movements(orderId), 1);
  });

  for (const when of ["before", "after"] as const) {
    test(`a crash ${when} every single step leaves the same result`, async () => {
      const crashed = new Set<string>();
      const crashOnce =
        (handler: MessageHandler): MessageHandler =>
        async (message) => {
          const crashes = !crashed.has(message.id);
          crashed.add(message.id);
          if (crashes && when === "before") throw new Error("crash");
          await handler(message);
          if (crashes) throw new Error("crash");
        };
      const payments = givenPayments();
      const shop = await givenShop({ payments, around: crashOnce });
      const cup = fresh("cup");
      await shop.receive(cup, 3);
      const orders = [await shop.order(line(cup, 2)), await shop.order(line(cup, 2))];
      await shop.deliverAll();
      const statuses = await Promise.all(orders.map(async (id) => (await shop.commands.loadOrder(id)).status));
      assert.deepEqual(statuses.toSorted(), ["closed", "confirmed"]);
      assert.equal((await stockOf(shop, `stock-${cup}`)).reserved, 2);
      assert.deepEqual(orders.map((id) => payments.movements(id)).toSorted(), [0, 1]);
      assert.deepEqual(await shop.outbox.backlog(), { waiting: 0, parked: 0, oldestSeconds: 0 });
    });
  }

  test("a message that is delivered twice at the same time has one effect", async () => {
    const payments = givenPayments();
    const twice =
      (handler: MessageHandler): MessageHandler =>
      async (message) => {
        await Promise.all([handler(message), handler(message)]);
      };
    const shop = await givenShop({ payments, around: twice });
    const cup = fresh("cup");
    await shop.receive(cup, 3);
    const orderId = await shop.order(line(cup, 2));
    await shop.deliverAll();
    assert.equal((await shop.commands.loadOrder(orderId)).status, "confirmed");
    assert.equal(payments.movements(orderId), 1);
    assert.equal((await stockOf(shop, `stock-${cup}`)).reserved, 2);
  });
});

describe("sale policies at work", () => {
  test("escrow sells all pieces over its buckets and none twice", async () => {
    const policy = { kind: "escrow", buckets: 3 } as const;
    const shop = await givenShop({ policy });
    const cup = fresh("cup");
    await shop.receive(cup, 5);
    const orders: string[] = [];
    for (let number = 0; number < 7; number += 1) orders.push(await shop.order(line(cup)));
    await shop.deliverAll();
    const statuses = await Promise.all(orders.map(async (id) => (await shop.commands.loadOrder(id)).status));
    assert.equal(statuses.filter((status) => status === "confirmed").length, 5);
    const piles = await Promise.all(stockStreams(policy, cup).map((stream) => stockOf(shop, stream)));
    assert.ok(piles.every(({ received, reserved }) => reserved === received));
  });

  test("overbook confirms beyond the stock, then refunds the latest and apologises", async () => {
    const payments = givenPayments();
    const shop = await givenShop({ payments, policy: { kind: "overbook", allowance: 1, apologyCents: 500 } });
    const seat = fresh("seat");
    await shop.receive(seat, 1);
    const first = await shop.order(line(seat));
    await shop.deliverAll();
    const second = await shop.order(line(seat));
    await shop.deliverAll();
    assert.equal((await shop.commands.loadOrder(second)).status, "confirmed");
    await shop.commands.onStock(`stock-${seat}`, { type: "settle" });
    await shop.deliverAll();
    assert.equal((await shop.commands.loadOrder(first)).status, "confirmed");
    const bumped = await shop.commands.loadOrder(second);
    assert.deepEqual([bumped.status, bumped.reason, payments.held(second)], ["closed", "bumped", 0]);
    const closing = (await shop.store.read(`order-${second}`)).at(-1)?.event;
    assert.deepEqual(closing, { type: "OrderClosed", reason: "bumped", apologyCents: 500 });
  });
});
