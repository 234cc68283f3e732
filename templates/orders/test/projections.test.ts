import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openEmbeddedDatabase } from "../src/adapters/postgres/embedded-database.ts";
import { createEventStore } from "../src/adapters/postgres/event-store.ts";
import { migrate } from "../src/adapters/postgres/migrate.ts";
import { createProjections } from "../src/adapters/postgres/projections.ts";
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

  test("go on after a restore into a server whose transactions begin again, and skip nothing", async () => {
    const database = await openEmbeddedDatabase();
    await migrate(database);
    const store = createEventStore(database);
    const projections = createProjections(database);
    const receive = (version: number) =>
      store.append("stock-cup", version, [{ type: "StockReceived", receiptId: `r${version}`, quantity: 1 }]);
    await receive(0);
    await projections.catchUp(10);
    await receive(1);
    // What a dump of a busy server brings along: ids that this one has not reached, the second event unread.
    const ahead = "transaction_id = (transaction_id::text::bigint + 1000000)::text::xid8";
    await database.execute(`update events set ${ahead}; update projection_checkpoints set ${ahead}`);
    await migrate(database);
    await migrate(database);
    await receive(2);
    assert.equal(await projections.catchUp(10), 2);
    assert.deepEqual(await projections.stockLevel("cup"), { sku: "cup", received: 3, reserved: 0 });
    const { rows } = await database.query("select history from events order by version");
    assert.deepEqual(rows, [{ history: 0 }, { history: 0 }, { history: 1 }]);
    await database.close();
  });

  test("can be thrown away and built anew", async () => {
    const shop = await givenShop();
    const cup = fresh("cup");
    await shop.receive(cup, 3);
    await shop.order(line(cup, 2));
    await shop.deliverAll();
    await shop.project();
    const before = await shop.projections.stockLevel(cup);
    await shop.database.execute("truncate order_summaries, stock_levels, projection_checkpoints");
    await shop.project();
    assert.deepEqual(await shop.projections.stockLevel(cup), before);
  });
});
