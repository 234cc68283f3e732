import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { afterEach, describe, test } from "node:test";
import { createActorCommands } from "../src/actors/actor-commands.ts";
import type { LocalExecution } from "../src/actors/peer.ts";
import { acquire, fence, giveBackAll, LostLeaseError, type Replica } from "../src/actors/shard-leases.ts";
import { createEventStore } from "../src/adapters/postgres/event-store.ts";
import { createFulfilment } from "../src/application/fulfilment.ts";
import { placeOrder } from "../src/application/place-order.ts";
import { relayOnce } from "../src/application/relay.ts";
import { givenPayments } from "./given-payments.ts";
import { fresh, givenDatabase, givenShop, line, relayOptions } from "./given-shop.ts";

const started: Replica[] = [];
afterEach(async () => {
  const database = await givenDatabase();
  for (const replica of started.splice(0)) await giveBackAll(database, replica);
});

/** Replicas that reach each other by function call. */
async function givenReplicas(count: number) {
  const database = await givenDatabase();
  await database.query("delete from shard_leases");
  const listening = new Map<string, LocalExecution>();
  const replicas = Array.from({ length: count }, () => {
    const id = randomUUID();
    const replica: Replica = { id, address: id, leaseSeconds: 30 };
    const actors = createActorCommands(database, replica, async (address, envelope) =>
      listening.get(address)?.(envelope),
    );
    listening.set(id, actors.executeLocally);
    started.push(replica);
    return { replica, ...actors };
  });
  return { database, replicas };
}

describe("shard leases", () => {
  test("have one owner at a time and a token that rises with every change", async () => {
    const { database, replicas } = await givenReplicas(2);
    const [first, second] = replicas;
    assert.ok(first && second);
    const lease = await acquire(database, 3, first.replica);
    assert.equal((await acquire(database, 3, second.replica)).owner, first.replica.id);
    assert.equal((await acquire(database, 3, first.replica)).token, lease.token);
    await giveBackAll(database, first.replica);
    const next = await acquire(database, 3, second.replica);
    assert.equal(next.owner, second.replica.id);
    assert.ok(BigInt(next.token) > BigInt(lease.token));
  });

  test("fence off a writer that slept through the loss of its lease", async () => {
    const { database, replicas } = await givenReplicas(2);
    const [sleeper, other] = replicas;
    assert.ok(sleeper && other);
    const stale = await acquire(database, 5, sleeper.replica);
    await giveBackAll(database, sleeper.replica);
    await acquire(database, 5, other.replica);
    const store = createEventStore(database, fence(stale));
    const stream = fresh("stock");
    await assert.rejects(
      store.append(stream, 0, [{ type: "StockReceived", receiptId: "r", quantity: 1 }]),
      LostLeaseError,
    );
    assert.deepEqual(await store.read(stream), []);
  });
});

describe("actors", () => {
  test("of two replicas sell one hot SKU without a single conflict of versions", async () => {
    const { database, replicas } = await givenReplicas(2);
    const payments = givenPayments();
    const shop = await givenShop();
    const cup = fresh("cup");
    await replicas[0]?.commands.onStock(`stock-${cup}`, { type: "receive", receiptId: "r", quantity: 5 });
    const placed = await Promise.all(
      Array.from({ length: 8 }, async (_, index) => {
        const commands = replicas[index % 2]?.commands;
        assert.ok(commands);
        return placeOrder(commands, { customerId: fresh("c"), idempotencyKey: "k", lines: [line(cup)] });
      }),
    );
    const handlers = replicas.map(({ commands }) =>
      createFulfilment({ commands, payments, policy: { kind: "strict" } }),
    );
    for (;;) {
      const delivered = await Promise.all(handlers.map((handler) => relayOnce(shop.outbox, handler, relayOptions)));
      if (delivered.every((count) => count === 0)) break;
    }
    const statuses = await Promise.all(
      placed.map(async (answer) =>
        answer.kind === "placed" ? (await shop.commands.loadOrder(answer.orderId)).status : "",
      ),
    );
    assert.deepEqual(statuses.toSorted(), [...Array(3).fill("closed"), ...Array(5).fill("confirmed")]);
    const { rows } = await database.query("select distinct owner from shard_leases");
    assert.equal(rows.length, 2);
  });

  test("move to another replica with their shard and go on where they were", async () => {
    const { database, replicas } = await givenReplicas(2);
    const [first, second] = replicas;
    assert.ok(first && second);
    const stream = fresh("stock");
    const receive = (receiptId: string) => ({ type: "receive", receiptId, quantity: 1 }) as const;
    await first.commands.onStock(stream, receive("a"));
    await giveBackAll(database, first.replica);
    await second.commands.onStock(stream, receive("b"));
    await first.commands.onStock(stream, receive("c"));
    assert.deepEqual(
      (await createEventStore(database).read(stream)).map(({ version }) => version),
      [1, 2, 3],
    );
    assert.equal(
      (await database.query("select 1 from shard_leases where owner = $1", [first.replica.id])).rows.length,
      0,
    );
  });
});
