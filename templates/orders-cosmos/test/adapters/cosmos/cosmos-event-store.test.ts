import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isCosmosError } from "../../../src/adapters/cosmos/item-container.ts";
import { inSession, RequestSession } from "../../../src/adapters/cosmos/request-session.ts";
import { SeededRandom } from "../../../src/cosmos-double/random.ts";
import { anOrder, givenStores, placed, received, reserved } from "./given-stores.ts";

describe("event store on Cosmos DB", () => {
  it("appends at the expected version, and reports what is there when somebody was faster", async () => {
    const { store } = givenStores().process("a");
    assert.deepEqual(await store.append(anOrder, 0, [placed, reserved]), { kind: "appended", version: 2 });
    const conflict = { kind: "conflict", expectedVersion: 1, actualVersion: 2 };
    assert.deepEqual(await store.append(anOrder, 1, [reserved]), conflict);
    assert.deepEqual(await store.append(anOrder, 5, [reserved]), { ...conflict, expectedVersion: 5 });
    assert.deepEqual(await store.read(anOrder), [
      { stream: anOrder, version: 1, event: placed },
      { stream: anOrder, version: 2, event: reserved },
    ]);
    assert.deepEqual(await store.read(anOrder, 2), [{ stream: anOrder, version: 2, event: reserved }]);
    assert.deepEqual(await store.read("order-2"), []);
  });

  it("handles a message once, with or without events", async () => {
    const { store } = givenStores().process("a");
    const handled = { consumer: "stock/#1", messageId: "order-1@1" };
    assert.equal((await store.append(anOrder, 0, [placed], handled)).kind, "appended");
    assert.equal((await store.append(anOrder, 1, [reserved], handled)).kind, "duplicate");
    assert.equal((await store.append(anOrder, 0, [placed], handled)).kind, "duplicate");
    const other = { ...handled, messageId: "order-1@2" };
    assert.equal((await store.append(anOrder, 1, [], other)).kind, "appended");
    assert.equal((await store.append(anOrder, 1, [], other)).kind, "duplicate");
    assert.equal((await store.read(anOrder)).length, 1);
  });

  it("refuses what does not fit into one batch", async () => {
    const { store } = givenStores().process("a");
    const many = Array.from({ length: 99 }, (_, index) => received(index));
    await assert.rejects(store.append("stock-ticket", 0, many), RangeError);
    assert.equal((await store.append("stock-ticket", 0, many.slice(1))).kind, "appended");
  });

  it("loses and repeats no event with 16 writers on one stream, whatever times out", async () => {
    for (let seed = 1; seed <= 8; seed += 1) {
      const { account, clock, process } = givenStores({ seed });
      account.faults.disturb(0.15, [
        { kind: "timeout", on: "write", applied: true },
        { kind: "timeout", on: "write", applied: false },
        { kind: "unavailable", on: "write" },
        { kind: "retryWith", on: "write" },
      ]);
      const random = new SeededRandom(seed);
      /** Tries until the store has said that the receipt is in. */
      async function receive(receipt: number): Promise<void> {
        const { store } = process(`writer-${receipt}`);
        for (;;) {
          const stream = await store.read("stock-ticket");
          if (stream.some(({ event }) => "receiptId" in event && event.receiptId === `${receipt}`)) return;
          await Promise.resolve();
          clock.advance(random.between(0, 20));
          try {
            const result = await store.append("stock-ticket", stream.length, [received(receipt)]);
            if (result.kind === "appended") return;
          } catch (error) {
            assert.ok(isCosmosError(error, 408) || isCosmosError(error, 503), String(error));
            clock.advance(20);
          }
        }
      }
      await Promise.all(Array.from({ length: 16 }, (_, receipt) => receive(receipt)));
      clock.advance(1000);
      const stream = await process("reader").store.read("stock-ticket");
      const receipts = stream.map(({ event }) => ("receiptId" in event ? Number(event.receiptId) : -1));
      assert.deepEqual(
        receipts.toSorted((a, b) => a - b),
        Array.from({ length: 16 }, (_, receipt) => receipt),
      );
      assert.deepEqual(
        stream.map(({ version }) => version),
        Array.from({ length: 16 }, (_, index) => index + 1),
      );
    }
  });

  it("lets a caller who moves to another region read its writes with the session header, and not without", async () => {
    const between = (from: number, to: number) => (from === to ? 0 : 5000);
    const { process } = givenStores({ regions: ["westeurope", "eastus"], delays: { between } });
    const west = process("west");
    const first = new RequestSession(undefined);
    await inSession(first, () => west.store.append(anOrder, 0, [placed]));
    const header = first.token;
    assert.ok(header);
    const east = process("east", { preferredRegions: ["eastus"] });
    assert.deepEqual(await inSession(new RequestSession(undefined), () => east.store.read(anOrder)), []);
    const moved = new RequestSession(header);
    assert.equal((await inSession(moved, () => east.store.read(anOrder))).length, 1);
  });

  it("ignores a session header that is no token", () => {
    assert.equal(new RequestSession("<script>").token, undefined);
    assert.equal(new RequestSession(`0:0#${"1".repeat(9000)}`).token, undefined);
    const session = new RequestSession("0:0#5,1:0#2");
    session.observe("0:0#7");
    assert.equal(session.token, "0:0#7,1:0#2");
  });
});
