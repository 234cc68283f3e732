import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { doubleContainers } from "../../../src/adapters/cosmos/connect-cosmos.ts";
import { CosmosProjections } from "../../../src/adapters/cosmos/cosmos-projections.ts";
import { SeededRandom } from "../../../src/cosmos-double/random.ts";
import { anOrder, givenStores, placed, received, reserved } from "./given-stores.ts";

describe("projections on the change feed", () => {
  it("show orders by customer and stock by SKU, over all piles", async () => {
    const { store, projections } = givenStores().process("a");
    await store.append(anOrder, 0, [placed, reserved]);
    await store.append("stock-ticket#0", 0, [received(1), received(2)]);
    await store.append("stock-ticket#1", 0, [{ type: "StockReserved", orderId: "1", quantity: 2 }]);
    assert.deepEqual(await projections.ordersOfCustomer("ann"), [], "never ahead of the feed");
    assert.equal(await projections.catchUp(100), 5);
    assert.equal(await projections.catchUp(100), 0);
    const summary = { orderId: "1", customerId: "ann", status: "open", totalCents: 3000, reason: null };
    assert.deepEqual(await projections.ordersOfCustomer("ann"), [summary]);
    assert.deepEqual(await projections.stockLevel("ticket"), { sku: "ticket", received: 2, reserved: 2 });
    assert.equal(await projections.stockLevel("other"), undefined);
    await store.append(anOrder, 2, [{ type: "OrderFailed", reason: "out-of-stock" }]);
    await projections.catchUp(100);
    assert.deepEqual(await projections.ordersOfCustomer("ann"), [
      { ...summary, status: "failed", reason: "out-of-stock" },
    ]);
  });

  it("apply an event once when two write the same view at the same time", async () => {
    const { account, clock, process } = givenStores();
    const { store } = process("writer");
    const { events, leases, views } = doubleContainers(account, "orders");
    const racing = ["a", "b"].map(
      (name) =>
        new CosmosProjections({
          processor: name,
          instance: name,
          monitored: events,
          leases,
          views,
          store,
          now: () => clock.now(),
        }),
    );
    for (let version = 0; version < 20; version += 1) {
      await store.append("stock-ticket", version, [received(version)]);
      await Promise.all(racing.map((projections) => projections.catchUp(10)));
    }
    assert.equal((await racing[0]?.stockLevel("ticket"))?.received, 20);
  });

  it("apply every event once with several instances, duplicates and timeouts", async () => {
    for (let seed = 1; seed <= 8; seed += 1) {
      const { account, clock, process } = givenStores({ seed });
      const random = new SeededRandom(seed);
      const { store } = process("writer");
      const instances = ["a", "b", "c"].map((name) => process(name).projections);
      let version = 0;
      for (let step = 0; step < 150; step += 1) {
        account.faults.disturb(0, []);
        if (step < 100) {
          version += 1;
          await store.append("stock-ticket", version - 1, [received(version)]);
        }
        account.faults.disturb(step < 120 ? 0.2 : 0, [
          { kind: "redelivery", on: "feed" },
          { kind: "timeout", on: "write", applied: true },
          { kind: "timeout", on: "write", applied: false },
        ]);
        await instances[random.between(0, 2)]?.catchUp(random.between(1, 10)).catch(() => 0);
        clock.advance(random.between(0, 5000));
      }
      account.faults.disturb(0, []);
      const level = await process("reader").projections.stockLevel("ticket");
      assert.deepEqual(level, { sku: "ticket", received: 100, reserved: 0 }, `seed ${seed}`);
    }
  });
});
