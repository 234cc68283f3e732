import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { CosmosError, type Item, isCosmosError } from "../../src/adapters/cosmos/item-container.ts";
import { SeededRandom } from "../../src/cosmos-double/random.ts";
import { givenAccount, type Register, regions, register, storedValue } from "./given-account.ts";

const seeds = Array.from({ length: 25 }, (_, index) => index + 1);
const slow = { between: (from: number, to: number) => (from === to ? 0 : 2000) };
const nowhereNear = { between: (from: number, to: number) => (from === to ? 0 : 1000) };

describe("Strong", () => {
  it("is linearizable: every read, in every region, returns the last acknowledged write", async () => {
    for (const seed of seeds) {
      const { clock, client } = givenAccount({ consistencyLevel: "Strong", seed });
      const clients = regions.map((region) => client({ preferredRegions: [region], keepsSession: false }));
      const random = new SeededRandom(seed);
      let acknowledged = 0;
      for (let step = 1; step <= 60; step += 1) {
        const container = clients[random.between(0, 2)] ?? client();
        if (random.next() < 0.4) acknowledged = (await container.upsert(register(step))).item?.value ?? -1;
        else assert.equal(await storedValue(container), acknowledged, `seed ${seed}, step ${step}`);
        clock.advance(random.between(0, 20));
      }
    }
  });

  it("drops one of three regions from the quorum, which then serves no reads, and takes it back when it has caught up", async () => {
    const { account, clock, client } = givenAccount({ consistencyLevel: "Strong" });
    account.stallReplication("eastus");
    await client().upsert(register(1));
    const other = client({ preferredRegions: ["eastus"] });
    assert.equal(await storedValue(other), 1, "another region answers");
    account.restoreRegion("eastus");
    clock.advance(1000);
    await client().upsert(register(2));
    account.failRegion("northeurope");
    assert.equal(await storedValue(other), 2);
    account.stallReplication("eastus");
    await assert.rejects(client().upsert(register(3)), (error) => isCosmosError(error, 503));
  });

  it("with two regions stops writing when the read region is lost", async () => {
    const { account, client } = givenAccount({ consistencyLevel: "Strong", regions: ["westeurope", "northeurope"] });
    account.failRegion("northeurope");
    await assert.rejects(client().upsert(register(1)), (error) => isCosmosError(error, 503));
  });

  it("loses nothing in a failover, and cannot be had with several write regions", async () => {
    const { account, client } = givenAccount({ consistencyLevel: "Strong", delays: nowhereNear });
    await client().upsert(register(1));
    account.failRegion("westeurope");
    assert.deepEqual(account.failOver("northeurope"), { lostWrites: 0 });
    assert.equal(await storedValue(client()), 1);
    assert.throws(() => givenAccount({ consistencyLevel: "Strong", multiWrite: true }), RangeError);
  });
});

describe("Bounded Staleness", () => {
  const stalenessBound = { versions: 5, seconds: 10 };

  it("never shows a region more than K versions or T seconds behind", async () => {
    for (const seed of seeds) {
      const random = new SeededRandom(seed);
      const { clock, client } = givenAccount({
        consistencyLevel: "BoundedStaleness",
        stalenessBound,
        seed,
        delays: { between: (from, to, source) => (from === to ? 0 : source.between(0, 15_000)) },
      });
      const writer = client({ throttlingRetries: 0 });
      const reader = client({ preferredRegions: ["eastus"], keepsSession: false });
      const writtenAt = [clock.now()];
      let refused = 0;
      for (let step = 0; step < 80; step += 1) {
        clock.advance(random.between(0, 2000));
        try {
          await writer.upsert(register(writtenAt.length));
          writtenAt.push(clock.now());
        } catch (error) {
          assert.ok(isCosmosError(error, 429), String(error));
          refused += 1;
        }
        const seen = await storedValue(reader);
        const newest = writtenAt.length - 1;
        assert.ok(newest - seen <= stalenessBound.versions, `seed ${seed}: ${newest - seen} versions behind`);
        const firstMissing = writtenAt[seen + 1] ?? clock.now();
        assert.ok(clock.now() - firstMissing <= stalenessBound.seconds * 1000, `seed ${seed}: too old`);
      }
      assert.ok(refused > 0, "replication this slow has to throttle writes");
    }
  });

  it("refuses bounds outside what the resource provider takes", () => {
    const level = { consistencyLevel: "BoundedStaleness" } as const;
    assert.throws(() => givenAccount({ ...level, stalenessBound: { versions: 0, seconds: 10 } }), RangeError);
    assert.throws(() => givenAccount({ ...level, stalenessBound: { versions: 1, seconds: 4 } }), RangeError);
  });
});

describe("Session", () => {
  it("reads its own writes and reads monotonically while the token travels, also with a client that moves", async () => {
    for (const seed of seeds) {
      const { clock, client } = givenAccount({ consistencyLevel: "Session", seed });
      const movers = regions.map((region) => client({ preferredRegions: [region], keepsSession: false }));
      const random = new SeededRandom(seed);
      let sessionToken = "";
      let seen = 0;
      for (let step = 1; step <= 60; step += 1) {
        const container = movers[random.between(0, 2)] ?? client();
        const response =
          random.next() < 0.4
            ? await container.upsert(register(step))
            : await container.read<Register>("r", "s", { sessionToken });
        const value = response.item?.value ?? 0;
        assert.ok(value >= seen, `seed ${seed}, step ${step}: ${value} after ${seen}`);
        seen = value;
        sessionToken = response.sessionToken;
        clock.advance(random.between(0, 40));
      }
    }
  });

  it("does not read its own write where the token was lost", async () => {
    const { client } = givenAccount({ consistencyLevel: "Session", delays: nowhereNear });
    const { sessionToken } = await client().upsert(register(1));
    const moved = client({ preferredRegions: ["eastus"] });
    assert.equal(await storedValue(moved), 0);
    const { item } = await moved.read<Register>("r", "s", { sessionToken });
    assert.equal(item?.value, 1);
    assert.equal(await storedValue(moved), 1, "the client remembers what it has seen");
  });

  it("can answer with something newer than the token: it is a barrier, not a version", async () => {
    const { client } = givenAccount({ consistencyLevel: "Session" });
    const writer = client();
    const { sessionToken } = await writer.upsert(register(1));
    await writer.upsert(register(2));
    assert.equal((await client().read<Register>("r", "s", { sessionToken })).item?.value, 2);
  });

  it("after a failover no longer waits for writes that were lost", async () => {
    const { account, clock, client } = givenAccount({ consistencyLevel: "Session", delays: nowhereNear });
    const writer = client();
    await writer.upsert(register(1));
    clock.advance(1000);
    const { sessionToken } = await writer.upsert(register(2));
    account.failRegion("westeurope");
    assert.deepEqual(account.failOver("northeurope"), { lostWrites: 1 });
    const { item } = await client().read<Register>("r", "s", { sessionToken });
    assert.equal(item?.value, 1);
    await writer.upsert(register(3));
    assert.equal(await storedValue(writer), 3);
    account.restoreRegion("westeurope");
    clock.advance(2000);
    assert.equal(await storedValue(client({ preferredRegions: ["westeurope"] })), 3);
  });
});

describe("Consistent Prefix and Eventual", () => {
  const bothItems = { query: "SELECT * FROM c ORDER BY c.id" };

  /** Values of two items that one batch always writes together, as queries see them while replication goes on. */
  async function observedPairs(consistencyLevel: "ConsistentPrefix" | "Eventual", seed: number) {
    const { clock, client } = givenAccount({ consistencyLevel, seed, delays: { trailing: () => 100 } });
    const reader = client({ preferredRegions: ["northeurope"] });
    const pairs: string[] = [];
    for (let value = 1; value <= 20; value += 1) {
      await client().batch("s", [
        { kind: "upsert", item: register(value, "a") },
        { kind: "upsert", item: register(value, "b") },
      ]);
      clock.advance(60);
      const { items } = await reader.query<Register>(bothItems, { partitionKey: "s" });
      pairs.push(items.map((item) => item.value).join("="));
    }
    return pairs;
  }

  it("Consistent Prefix never shows half a batch; Eventual may", async () => {
    const isTorn = (pair: string) => new Set(pair.split("=")).size > 1 || (pair.split("=").length === 1 && pair !== "");
    for (const seed of seeds) {
      assert.deepEqual((await observedPairs("ConsistentPrefix", seed)).filter(isTorn), []);
    }
    const eventual = await Promise.all(seeds.map((seed) => observedPairs("Eventual", seed)));
    assert.ok(eventual.flat().some(isTorn), "no torn batch seen in any run");
  });

  it("Eventual may go back in time from one read to the next, within one region", async () => {
    const { client } = givenAccount({ consistencyLevel: "Eventual", delays: { trailing: () => 50 } });
    await client().upsert(register(1));
    const reads: number[] = [];
    for (let read = 0; read < 40; read += 1) reads.push(await storedValue(client()));
    assert.ok(
      reads.some((value, index) => value < (reads[index - 1] ?? 0)),
      reads.join(),
    );
  });

  it("all regions agree once replication has caught up", async () => {
    for (const seed of seeds) {
      const { clock, client } = givenAccount({ consistencyLevel: "Eventual", seed });
      for (let value = 1; value <= 10; value += 1) await client().upsert(register(value));
      clock.advance(10_000);
      for (const region of regions) assert.equal(await storedValue(client({ preferredRegions: [region] })), 10);
    }
  });
});

describe("override of the level on a read", () => {
  it("weakens a read, and is refused when it is stronger than the account", async () => {
    const { client } = givenAccount({ consistencyLevel: "Session" });
    const weak = await client().read<Item>("r", "s", { consistencyLevel: "Eventual" });
    assert.equal(weak.statusCode, 404);
    await assert.rejects(client().read("r", "s", { consistencyLevel: "Strong" }), (error) => isCosmosError(error, 400));
  });
});

describe("several write regions", () => {
  const multiWrite = { multiWrite: true, consistencyLevel: "Session" } as const;

  it("converge to the write with the highest timestamp; the other is lost, unless clocks are skewed", async () => {
    for (const [skew, winner] of [
      [0, 2],
      [5000, 1],
    ] as const) {
      const { clock, client } = givenAccount({ ...multiWrite, delays: slow, clockSkew: { westeurope: skew } });
      await client({ preferredRegions: ["westeurope"] }).upsert(register(1));
      clock.advance(1100);
      await client({ preferredRegions: ["eastus"] }).upsert(register(2));
      clock.advance(3000);
      for (const region of regions) assert.equal(await storedValue(client({ preferredRegions: [region] })), winner);
    }
  });

  it("resolve by a path of the application's own", async () => {
    const { clock, client } = givenAccount(multiWrite, { conflictPath: "/value" });
    await client({ preferredRegions: ["westeurope"] }).upsert(register(7));
    await client({ preferredRegions: ["eastus"] }).upsert(register(3));
    clock.advance(1000);
    for (const region of regions) assert.equal(await storedValue(client({ preferredRegions: [region] })), 7);
    // A write that has seen the winner is no conflict, whatever its value.
    await client({ preferredRegions: ["eastus"] }).upsert(register(1));
    clock.advance(1000);
    for (const region of regions) assert.equal(await storedValue(client({ preferredRegions: [region] })), 1);
  });

  it("a deletion wins over a concurrent update", async () => {
    const { clock, client } = givenAccount(multiWrite);
    await client().upsert(register(1));
    clock.advance(5000);
    await client({ preferredRegions: ["westeurope"] }).delete("r", "s");
    clock.advance(5);
    await client({ preferredRegions: ["eastus"] }).upsert(register(2));
    clock.advance(5000);
    for (const region of regions) assert.equal(await storedValue(client({ preferredRegions: [region] })), 0);
  });

  it("converge under any interleaving of writes, moves and stalls", async () => {
    for (const seed of seeds) {
      const { account, clock, client } = givenAccount({ ...multiWrite, seed }, { conflictPath: "/value" });
      const clients = regions.map((region) => client({ preferredRegions: [region] }));
      const random = new SeededRandom(seed);
      for (let step = 0; step < 40; step += 1) {
        await clients[random.between(0, 2)]?.upsert(register(random.between(1, 9), random.next() < 0.5 ? "a" : "b"));
        clock.advance(random.between(0, 60));
        if (random.next() < 0.1) account.stallReplication("eastus");
        if (random.next() < 0.1) account.restoreRegion("eastus");
      }
      account.restoreRegion("eastus");
      clock.advance(10_000);
      for (const id of ["a", "b"]) {
        const values = await Promise.all(clients.map((container) => storedValue(container, id)));
        assert.equal(new Set(values).size, 1, `seed ${seed}: ${values.join()}`);
      }
    }
  });

  it("keep read-your-writes for a mover with the token, and go on when a region is down", async () => {
    const { account, client } = givenAccount({ ...multiWrite, delays: nowhereNear });
    const { sessionToken } = await client({ preferredRegions: ["westeurope"] }).upsert(register(1));
    assert.match(sessionToken, /^0:0#1#0=1#1=0#2=0$/);
    const moved = client({ preferredRegions: ["eastus"] });
    assert.equal((await moved.read<Register>("r", "s", { sessionToken })).item?.value, 1);
    account.failRegion("westeurope");
    await assert.rejects(moved.read("r", "s", { sessionToken }), (error) => error instanceof CosmosError);
    assert.equal((await moved.upsert(register(2))).statusCode, 201);
  });
});
