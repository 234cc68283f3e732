import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fresh, givenShop, line } from "./given-shop.ts";

describe("the read models", () => {
  test("catch up with the events, in portions and again and again", async () => {
    const shop = await givenShop();
    const cup = fresh("cup");
    await shop.receive(cup, 3);
    const orders = [await shop.order(line(cup, 2)), await shop.order(line(cup, 2))];
    await shop.deliverAll();
    while ((await shop.projections.catchUp(2)) > 0);
    assert.equal(await shop.projections.catchUp(100), 0);
    assert.deepEqual(await shop.projections.stockLevel(cup), { sku: cup, received: 3, reserved: 2 });
    for (const orderId of orders) {
      const order = await shop.commands.loadOrder(orderId);
      assert.deepEqual(await shop.projections.ordersOfCustomer(order.customerId), [
        { orderId, customerId: order.customerId, status: order.status, totalCents: 2000, reason: order.reason ?? null },
      ]);
    }
  });

  test("can be thrown away and built anew", async () => {
    const shop = await givenShop();
    const cup = fresh("cup");
    await shop.receive(cup, 3);
    await shop.order(line(cup, 2));
    await shop.deliverAll();
    await shop.project();
    const before = await shop.projections.stockLevel(cup);
    const anew = shop.projectionsAnew();
    assert.equal(await anew.stockLevel(cup), undefined);
    while ((await anew.catchUp(100)) > 0);
    assert.deepEqual(await anew.stockLevel(cup), before);
  });
});
