import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { StockEvent } from "../src/domain/stock/stock-events.ts";
import { fresh, givenCosmos } from "./given-shop.ts";

const received = (quantity: number): StockEvent => ({ type: "StockReceived", receiptId: String(quantity), quantity });

async function givenStore() {
  const { store, outbox } = givenCosmos();
  return { store, outbox, stream: fresh("stock") };
}

describe("the event store", () => {
  test("gives back what was appended, in order and from any version on", async () => {
    const { store, stream } = await givenStore();
    assert.deepEqual(await store.append(stream, 0, [received(1), received(2)]), { kind: "appended", version: 2 });
    assert.deepEqual(await store.append(stream, 2, [received(3)]), { kind: "appended", version: 3 });
    assert.deepEqual(
      (await store.read(stream)).map(({ version, event }) => [version, event]),
      [1, 2, 3].map((number) => [number, received(number)]),
    );
    assert.deepEqual(
      (await store.read(stream, 3)).map(({ version }) => version),
      [3],
    );
  });

  test("reports the version that is there, whether the writer was behind or ahead", async () => {
    const { store, stream } = await givenStore();
    await store.append(stream, 0, [received(1), received(2)]);
    for (const expectedVersion of [0, 1, 3, 9]) {
      const result = await store.append(stream, expectedVersion, [received(7)]);
      assert.deepEqual(result, { kind: "conflict", expectedVersion, actualVersion: 2 });
    }
    assert.equal((await store.read(stream)).length, 2);
  });

  test("lets one of many writers of the same version through", async () => {
    const { store, stream } = await givenStore();
    const results = await Promise.all(Array.from({ length: 10 }, () => store.append(stream, 0, [received(1)])));
    assert.equal(results.filter(({ kind }) => kind === "appended").length, 1);
  });

  test("writes events, messages and the mark of the handled message together or not at all", async () => {
    const { outbox, store, stream } = await givenStore();
    const handled = { consumer: "test", messageId: fresh("message") };
    const messages = async () => (await outbox.backlog()).waiting;
    assert.equal((await store.append(stream, 5, [received(1)], handled)).kind, "conflict");
    assert.equal(await messages(), 0);
    assert.equal((await store.append(stream, 0, [received(1)], handled)).kind, "appended");
    assert.equal((await store.append(stream, 1, [received(2)], handled)).kind, "duplicate");
    assert.equal(await messages(), 1);
    assert.equal((await store.read(stream)).length, 1);
  });

  test("keeps texts as they are", async () => {
    const { store, stream } = await givenStore();
    const event = { type: "StockReserved", orderId: `"quoted" 'é' \n $1 \\u00e9 😀`, quantity: 1 } as const;
    await store.append(stream, 0, [event]);
    assert.deepEqual((await store.read(stream))[0]?.event, event);
  });
});
