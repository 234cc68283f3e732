import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ChangeFeedProcessor } from "../../../src/adapters/cosmos/change-feed-processor.ts";
import type { Item } from "../../../src/adapters/cosmos/item-container.ts";
import { CosmosAccountDouble } from "../../../src/cosmos-double/account.ts";
import { VirtualClock } from "../../../src/cosmos-double/clock.ts";
import { SeededRandom } from "../../../src/cosmos-double/random.ts";

interface Order extends Item {
  readonly stream: string;
  readonly number: number;
}

function givenShop(physicalPartitions = 4) {
  const clock = new VirtualClock();
  const account = new CosmosAccountDouble({ clock });
  account.createContainer("shop", "orders", { partitionKeyPath: "/stream", physicalPartitions });
  account.createContainer("shop", "leases", { partitionKeyPath: "/processor" });
  const orders = account.client().container("shop", "orders");
  const processor = (instance: string, handle: (orders: readonly Order[]) => Promise<void>) =>
    new ChangeFeedProcessor<Order>({
      processor: "projection",
      instance,
      monitored: orders,
      leases: account.client().container("shop", "leases"),
      handle: ({ items }) => handle(items),
      now: () => clock.now(),
      leaseSeconds: 30,
    });
  const place = (number: number) => orders.create({ id: `${number}`, stream: `s${number}`, number });
  return { account, clock, processor, place };
}

const allOf = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe("change feed processor", () => {
  it("shares the ranges between instances, and each change goes to one of them", async () => {
    const { processor, place } = givenShop();
    const handled = new Map<string, number[]>([
      ["a", []],
      ["b", []],
    ]);
    const instances = [...handled].map(([name, numbers]) =>
      processor(name, async (orders) => void numbers.push(...orders.map(({ number }) => number))),
    );
    for (const number of allOf(60)) {
      await place(number);
      for (const instance of instances) await instance.runOnce();
    }
    for (let round = 0; round < 20; round += 1) for (const instance of instances) await instance.runOnce();
    const [a = [], b = []] = handled.values();
    assert.deepEqual(
      [...a, ...b].toSorted((x, y) => x - y),
      allOf(60),
    );
    assert.ok(a.length > 5 && b.length > 5, `${a.length} and ${b.length}`);
  });

  it("hands the ranges of an instance that died to another, from its last checkpoint", async () => {
    const { clock, processor, place } = givenShop(1);
    const dying = processor("dying", () => Promise.reject(new Error("killed before the checkpoint")));
    await place(1);
    await assert.rejects(dying.runOnce(), /killed/);
    const numbers: number[] = [];
    const heir = processor("heir", async (orders) => void numbers.push(...orders.map(({ number }) => number)));
    assert.equal(await heir.runOnce(), 0, "the lease is still held");
    clock.advance(30_000);
    assert.equal(await heir.runOnce(), 1);
    assert.deepEqual(numbers, [1]);
  });

  it("does not let an instance that lost its lease move the checkpoint", async () => {
    const { clock, processor, place } = givenShop(1);
    const numbers: number[] = [];
    const heir = processor("heir", async (orders) => void numbers.push(...orders.map(({ number }) => number)));
    const slow = processor("slow", async (orders) => {
      numbers.push(...orders.map(({ number }) => number));
      clock.advance(31_000);
      await heir.runOnce();
      await place(2);
    });
    await place(1);
    await slow.runOnce();
    await heir.runOnce();
    assert.deepEqual(numbers, [1, 1, 2]);
  });

  it("gives leases back when asked to", async () => {
    const { processor, place } = givenShop(2);
    const first = processor("first", () => Promise.resolve());
    await first.runOnce();
    await first.release();
    await place(1);
    const second = processor("second", () => Promise.resolve());
    assert.equal((await second.runOnce()) + (await second.runOnce()), 1);
  });

  it("loses no change, whatever fails and whenever", async () => {
    for (let seed = 1; seed <= 15; seed += 1) {
      const { account, clock, processor, place } = givenShop(3);
      const random = new SeededRandom(seed);
      account.faults.disturb(0.15, [
        { kind: "redelivery", on: "feed" },
        { kind: "timeout", on: "write", applied: true },
        { kind: "timeout", on: "write", applied: false },
        { kind: "timeout", on: "feed", applied: true },
      ]);
      const handled = new Set<number>();
      const instances = ["a", "b", "c"].map((name) =>
        processor(name, async (orders) => {
          if (random.next() < 0.1) throw new Error("killed");
          for (const { number } of orders) handled.add(number);
        }),
      );
      const placed = new Set<number>();
      for (let step = 1; step <= 200; step += 1) {
        if (step <= 60)
          await place(step).then(
            () => placed.add(step),
            () => placed.add(step),
          );
        await instances[random.between(0, 2)]?.runOnce().catch(() => undefined);
        clock.advance(random.between(0, 2000));
      }
      account.faults.disturb(0, []);
      const stored = new Set<number>();
      const orders = account.client().container("shop", "orders");
      for (const number of placed) if ((await orders.read(`${number}`, `s${number}`)).item) stored.add(number);
      assert.deepEqual(handled, stored, `seed ${seed}`);
    }
  });
});
