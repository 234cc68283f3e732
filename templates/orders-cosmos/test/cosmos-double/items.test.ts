import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type CosmosError, type Item, isCosmosError } from "../../src/adapters/cosmos/item-container.ts";
import { givenAccount, type Register, register, storedValue } from "./given-account.ts";

const refusedWith = (statusCode: number, subStatus?: number) => (error: unknown) =>
  isCosmosError(error, statusCode) && (subStatus === undefined || error.subStatus === subStatus);

describe("items", () => {
  it("answer with the documented statuses", async () => {
    const container = givenAccount().client();
    assert.equal((await container.read("r", "s")).statusCode, 404);
    await assert.rejects(container.replace(register(1)), refusedWith(404));
    await assert.rejects(container.delete("r", "s"), refusedWith(404));
    assert.equal((await container.create(register(1))).statusCode, 201);
    await assert.rejects(container.create(register(2)), refusedWith(409));
    assert.equal((await container.upsert(register(2))).statusCode, 200);
    assert.equal((await container.delete("r", "s")).statusCode, 204);
    assert.equal((await container.create(register(3))).statusCode, 201);
  });

  it("are apart by partition key: one id lives in each", async () => {
    const container = givenAccount({}, { physicalPartitions: 4 }).client();
    for (let index = 0; index < 20; index += 1) await container.create({ id: "r", stream: `s${index}`, value: index });
    assert.equal((await container.read<Register>("r", "s7")).item?.value, 7);
    assert.deepEqual((await container.query({ query: "SELECT VALUE COUNT(1) FROM c" })).items, [20]);
  });

  it("refuse what the service refuses", async () => {
    const container = givenAccount({}, { maxLogicalPartitionBytes: 3_000_000 }).client();
    await assert.rejects(container.create({ id: "a/b", stream: "s" }), refusedWith(400));
    await assert.rejects(container.create({ id: "a" }), refusedWith(400));
    const large: Item & { stream: string; text: string } = { id: "a", stream: "s", text: "x".repeat(2 * 1024 * 1024) };
    await assert.rejects(container.create(large), refusedWith(413));
    const half = { ...large, text: "x".repeat(1_500_000) };
    await container.create(half);
    await assert.rejects(container.create({ ...half, id: "b" }), refusedWith(403, 1014));
  });

  it("are patched whole or not at all", async () => {
    const container = givenAccount().client();
    const order = { id: "r", stream: "s", value: 1, lines: ["a"], total: { euro: 5 } };
    await container.create(order);
    const { item } = await container.patch<typeof order>("r", "s", [
      { op: "add", path: "/lines/0", value: "b" },
      { op: "incr", path: "/total/euro", value: 2 },
      { op: "set", path: "/note", value: "new" },
    ]);
    assert.deepEqual(
      { ...item, _etag: 0, _ts: 0 },
      { ...order, lines: ["b", "a"], total: { euro: 7 }, note: "new", _etag: 0, _ts: 0 },
    );
    const impossible = container.patch("r", "s", [
      { op: "incr", path: "/value", value: 1 },
      { op: "remove", path: "/nothing" },
    ]);
    await assert.rejects(impossible, refusedWith(400));
    assert.equal(await storedValue(container), 1);
    await assert.rejects(container.patch("r", "s", [{ op: "set", path: "/id", value: "x" }]), refusedWith(400));
  });
});

describe("etags", () => {
  it("let none of many concurrent increments be lost", async () => {
    const { clock, client } = givenAccount();
    await client().create(register(0));
    clock.advance(1000);
    let conflicts = 0;
    async function increment(): Promise<void> {
      const container = client();
      for (;;) {
        const { item } = await container.read<Register>("r", "s");
        assert.ok(item);
        await Promise.resolve();
        try {
          await container.replace({ ...item, value: item.value + 1 }, { ifMatch: item._etag });
          return;
        } catch (error) {
          if (!isCosmosError(error, 412)) throw error;
          conflicts += 1;
          clock.advance(10);
        }
      }
    }
    await Promise.all(Array.from({ length: 16 }, increment));
    assert.equal(await storedValue(client()), 16);
    assert.ok(conflicts > 0, "the writers never met");
  });

  it("change with every write, also back to an old content", async () => {
    const container = givenAccount().client();
    const first = await container.create(register(1));
    await container.replace(register(2));
    const third = await container.replace(register(1));
    assert.notEqual(first.item?._etag, third.item?._etag);
    await assert.rejects(container.delete("r", "s", { ifMatch: first.item?._etag }), refusedWith(412));
  });
});

describe("batches", () => {
  it("commit all or nothing, naming the culprit", async () => {
    const container = givenAccount().client();
    await container.create(register(1, "exists"));
    const refused = await container.batch("s", [
      { kind: "create", item: register(1, "a") },
      { kind: "create", item: register(1, "exists") },
      { kind: "create", item: register(1, "b") },
    ]);
    assert.equal(refused.committed, false);
    assert.deepEqual(
      refused.results.map(({ statusCode }) => statusCode),
      [424, 409, 424],
    );
    assert.equal((await container.read("a", "s")).statusCode, 404);
    const done = await container.batch("s", [
      { kind: "create", item: register(1, "a") },
      { kind: "patch", id: "a", operations: [{ op: "incr", path: "/value", value: 1 }] },
      { kind: "delete", id: "exists" },
    ]);
    assert.deepEqual(
      done.results.map(({ statusCode }) => statusCode),
      [201, 200, 204],
    );
    assert.equal(await storedValue(container, "a"), 2);
  });

  it("are guarded by etags like single writes", async () => {
    const container = givenAccount().client();
    const { item } = await container.create(register(1));
    await container.replace(register(2));
    const { results } = await container.batch("s", [
      { kind: "create", item: register(1, "a") },
      { kind: "replace", item: register(3), ifMatch: item?._etag },
    ]);
    assert.deepEqual(
      results.map(({ statusCode }) => statusCode),
      [424, 412],
    );
  });

  it("take 100 operations and 2 MB, of one partition key", async () => {
    const container = givenAccount().client();
    const creates = (count: number, text = "") =>
      Array.from(
        { length: count },
        (_, index) => ({ kind: "create", item: { id: `${index}`, stream: "s", text } }) as const,
      );
    await assert.rejects(container.batch("s", creates(101)), refusedWith(400));
    await assert.rejects(container.batch("s", creates(3, "x".repeat(1_000_000))), refusedWith(413));
    const elsewhere = await container.batch("t", creates(1));
    assert.deepEqual(elsewhere.results, [{ statusCode: 400 }]);
    assert.equal((await container.batch("s", creates(100))).committed, true);
  });
});

describe("queries", () => {
  it("page through a partition without repeating or skipping, while others write", async () => {
    const container = givenAccount().client();
    for (let value = 1; value <= 10; value += 1) await container.create(register(value, `e${value}`));
    const seen: number[] = [];
    let continuationToken: string | undefined;
    do {
      const page = await container.query<Register>(
        {
          query: "SELECT * FROM c WHERE c.value >= @low AND c.value != 9 ORDER BY c.value DESC",
          parameters: [{ name: "@low", value: 3 }],
        },
        { partitionKey: "s", maxItemCount: 3, continuationToken },
      );
      seen.push(...page.items.map(({ value }) => value));
      continuationToken = page.continuationToken;
      await container.upsert(register(100 + seen.length, `late${seen.length}`));
    } while (continuationToken !== undefined);
    assert.deepEqual(seen, [10, 8, 7, 6, 5, 4, 3]);
  });

  it("compare only values of one type, and refuse what the double does not know", async () => {
    const container = givenAccount().client();
    await container.create({ id: "text", stream: "s", value: "5" });
    await container.create({ id: "none", stream: "s" });
    await container.create(register(5));
    const ids = async (where: string) => {
      const { items } = await container.query<Item>({ query: `SELECT * FROM c WHERE ${where}` }, { partitionKey: "s" });
      return items.map(({ id }) => id);
    };
    assert.deepEqual(await ids("c.value > 1"), ["r"]);
    assert.deepEqual(await ids("c.value = '5'"), ["text"]);
    assert.deepEqual(await ids("IS_DEFINED(c.value)"), ["r", "text"]);
    await assert.rejects(container.query({ query: "SELECT c.id FROM c JOIN d" }), refusedWith(400));
    await assert.rejects(ids("c.value = @missing"), refusedWith(400));
  });
});

describe("time to live", () => {
  const expiresAfter = async (defaultTimeToLive: number | undefined, ttl: number | undefined, seconds: number) => {
    const { clock, client } = givenAccount({}, defaultTimeToLive === undefined ? {} : { defaultTimeToLive });
    await client().create(ttl === undefined ? register(1) : { ...register(1), ttl });
    clock.advance(seconds * 1000);
    return (await client().read("r", "s", { consistencyLevel: "Session" })).statusCode === 404;
  };

  it("follows the container's default and the item's override, as the documentation's three examples", async () => {
    assert.equal(await expiresAfter(undefined, 2000, 3000), false);
    assert.equal(await expiresAfter(-1, undefined, 1e6), false);
    assert.equal(await expiresAfter(-1, 2000, 1999), false);
    assert.equal(await expiresAfter(-1, 2000, 2000), true);
    assert.equal(await expiresAfter(1000, undefined, 1000), true);
    assert.equal(await expiresAfter(1000, -1, 1e6), false);
    assert.equal(await expiresAfter(1000, 2000, 1999), false);
  });

  it("counts from the last write; an expired item can be created again", async () => {
    const { clock, client } = givenAccount({}, { defaultTimeToLive: 10 });
    await client().create(register(1));
    clock.advance(9000);
    await client().upsert(register(2));
    clock.advance(9000);
    assert.equal(await storedValue(client()), 2);
    clock.advance(1000);
    assert.equal((await client().create(register(3))).statusCode, 201);
    await assert.rejects(client().create({ ...register(1, "x"), ttl: 0 } as Register), refusedWith(400));
  });
});

describe("faults", () => {
  it("a write that timed out may have been applied, and is not repeated by the client", async () => {
    const { account, client } = givenAccount();
    account.faults.inject({ kind: "timeout", on: "write", applied: true });
    await assert.rejects(client().create(register(1)), refusedWith(408));
    await assert.rejects(client().create(register(1)), refusedWith(409));
    account.faults.inject({ kind: "timeout", on: "write", applied: false });
    await assert.rejects(client().create(register(1, "b")), refusedWith(408));
    assert.equal((await client().create(register(1, "b"))).statusCode, 201);
  });

  it("reads go on to another region; writes wait for a failover", async () => {
    const { account, clock, client } = givenAccount();
    await client().create(register(1));
    clock.advance(1000);
    account.faults.inject({ kind: "unavailable", on: "read" });
    assert.equal(await storedValue(client()), 1);
    account.failRegion("westeurope");
    assert.equal(await storedValue(client()), 1);
    await assert.rejects(client().create(register(1, "b")), (error: CosmosError) => error.subStatus === 1008);
    account.failOver("northeurope");
    assert.equal((await client().create(register(1, "b"))).statusCode, 201);
  });
});
