import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { SeededRandom } from "../../../src/cosmos-double/random.ts";
import { anOrder, givenStores, placed, received, reserved } from "./given-stores.ts";

describe("outbox on the change feed", () => {
  it("delivers every event until it is completed, in the order of its stream", async () => {
    const { process } = givenStores();
    const { store, outbox } = process("a");
    await store.append(anOrder, 0, [placed, reserved]);
    const [first, second, ...more] = await outbox.claim(10);
    assert.ok(first && second && more.length === 0);
    assert.deepEqual([first.event, second.event, first.attempts], [placed, reserved, 0]);
    assert.deepEqual(await outbox.claim(10), [], "claimed by this process");
    assert.deepEqual(await process("b").outbox.claim(10), [], "and by no other");
    await outbox.complete(first);
    assert.equal((await outbox.backlog()).waiting, 2, "the checkpoint waits for the whole page");
    await outbox.complete(second);
    assert.deepEqual(await outbox.backlog(), { waiting: 0, parked: 0, oldestSeconds: 0 });
  });

  it("delivers again what a process that died had claimed", async () => {
    const { clock, process } = givenStores();
    const { store, outbox } = process("dying");
    await store.append(anOrder, 0, [placed]);
    const [lost] = await outbox.claim(10);
    clock.advance(31_000);
    const [again] = await process("heir").outbox.claim(10);
    assert.deepEqual(again, lost);
  });

  it("tries a failed message later and lets the others pass", async () => {
    const { clock, process } = givenStores();
    const { store, outbox } = process("a");
    await store.append(anOrder, 0, [placed, reserved]);
    const [first, second] = await outbox.claim(10);
    assert.ok(first && second);
    await outbox.retryLater(first, 5000, "no connection");
    await outbox.complete(second);
    assert.deepEqual(await outbox.claim(10), []);
    clock.advance(5000);
    assert.deepEqual(await outbox.backlog(), { waiting: 1, parked: 0, oldestSeconds: 5 });
    const [again] = await outbox.claim(10);
    assert.deepEqual(again, { ...first, attempts: 1 });
    await outbox.complete(again);
    assert.equal((await outbox.backlog()).waiting, 0);
  });

  it("brings a retry back that a dying process had taken, and parks what is hopeless", async () => {
    const { clock, process } = givenStores();
    const { store, outbox } = process("a");
    await store.append(anOrder, 0, [placed]);
    const [first] = await outbox.claim(10);
    assert.ok(first);
    await outbox.retryLater(first, 1000, "no connection");
    clock.advance(1000);
    assert.equal((await outbox.claim(10)).length, 1);
    const heir = process("heir");
    assert.deepEqual(await heir.outbox.claim(10), []);
    clock.advance(61_000);
    const [again] = await heir.outbox.claim(10);
    assert.equal(again?.attempts, 1);
    await heir.outbox.park(again, "poison");
    assert.deepEqual(await heir.outbox.backlog(), { waiting: 0, parked: 1, oldestSeconds: 0 });
    clock.advance(1e9);
    assert.deepEqual(await heir.outbox.claim(10), []);
  });

  it("lets a handler read what its message speaks of, in whichever region and process it runs", async () => {
    const delays = { between: (from: number, to: number) => (from === to ? 0 : 300), trailing: () => 200 };
    for (let seed = 1; seed <= 20; seed += 1) {
      const { clock, process } = givenStores({ seed, regions: ["westeurope", "eastus"], delays });
      const west = process("west");
      await west.store.append(anOrder, 0, [placed]);
      clock.advance(300);
      const [message] = await process("east", { preferredRegions: ["eastus"] }).outbox.claim(1);
      assert.equal(message?.version, 1);
      const consumer = process("consumer", { preferredRegions: ["eastus"] });
      clock.advance(31_000);
      await west.store.append(anOrder, 1, [reserved]);
      clock.advance(300);
      for (const { version } of await consumer.outbox.claim(10)) {
        assert.ok((await consumer.store.read(anOrder)).length >= version, `seed ${seed}`);
      }
    }
  });

  it("hands out a retry only to a process that can read its event", async () => {
    let handedOut = 0;
    for (let seed = 1; seed <= 40; seed += 1) {
      const { process } = givenStores({ seed, delays: { trailing: () => 5000 } });
      const first = process("first");
      await first.store.append(anOrder, 0, [placed]);
      const [message] = await first.outbox.claim(1);
      assert.ok(message);
      await first.outbox.retryLater(message, 0, "busy");
      const second = process("second");
      for (const { version } of await second.outbox.claim(10)) {
        handedOut += 1;
        assert.ok((await second.store.read(anOrder)).length >= version, `seed ${seed}`);
      }
    }
    assert.ok(handedOut > 0);
  });

  it("loses no message, whatever times out and whoever dies", async () => {
    for (let seed = 1; seed <= 8; seed += 1) {
      const { account, clock, process } = givenStores({ seed });
      const random = new SeededRandom(seed);
      const { store } = process("writer");
      const delivered = new Set<number>();
      let written = 0;
      let processes = ["a", "b"].map((name) => process(name));
      const faults = [
        { kind: "redelivery", on: "feed" },
        { kind: "timeout", on: "write", applied: true },
        { kind: "timeout", on: "write", applied: false },
      ] as const;
      for (let step = 0; step < 300; step += 1) {
        account.faults.disturb(0, []);
        if (written < 40 && random.next() < 0.3) {
          written += 1;
          await store.append("stock-ticket", written - 1, [received(written)]);
        }
        account.faults.disturb(step < 200 ? 0.2 : 0, faults);
        const outbox = processes[random.between(0, 1)]?.outbox;
        for (const message of (await outbox?.claim(3).catch(() => [])) ?? []) {
          const fails = random.next() < 0.2;
          if (!fails) delivered.add(message.version);
          const settled = fails ? outbox?.retryLater(message, 500, "busy") : outbox?.complete(message);
          await settled?.catch(() => undefined);
        }
        if (random.next() < 0.03) processes = [`a${step}`, `b${step}`].map((name) => process(name));
        clock.advance(random.between(0, 4000));
      }
      assert.equal(delivered.size, written, `seed ${seed}`);
      assert.ok(written > 10);
    }
  });
});
