import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ChangeFeedStart, ItemContainer } from "../../src/adapters/cosmos/item-container.ts";
import { SeededRandom } from "../../src/cosmos-double/random.ts";
import { givenAccount, type Register, register } from "./given-account.ts";

async function readAll(container: ItemContainer, startFrom: ChangeFeedStart = "beginning", maxItemCount = 7) {
  const changes: Register[] = [];
  const continuations = new Map<string, string>();
  for (const range of await container.feedRanges()) {
    let start = startFrom;
    for (;;) {
      const page = await container.changeFeed<Register>(range, { startFrom: start, maxItemCount });
      changes.push(...page.items);
      continuations.set(range, page.continuation);
      if (page.items.length === 0) break;
      start = { continuation: page.continuation };
    }
  }
  return { changes, continuations };
}

describe("change feed", () => {
  it("delivers the latest version of every item at least once and in order per key", async () => {
    for (let seed = 1; seed <= 25; seed += 1) {
      const { account, clock, client } = givenAccount({ seed }, { physicalPartitions: 3 });
      account.faults.disturb(0.2, [{ kind: "redelivery", on: "feed" }]);
      const random = new SeededRandom(seed);
      const container = client();
      const latest = new Map<string, number>();
      const delivered = new Map<string, number[]>();
      const starts = new Map<string, ChangeFeedStart>();
      for (let step = 1; step <= 120; step += 1) {
        const stream = `s${random.between(0, 4)}`;
        await container.upsert({ id: "r", stream, value: step });
        latest.set(stream, step);
        clock.advance(random.between(0, 10));
        if (random.next() < 0.7 && step < 120) continue;
        for (const range of await container.feedRanges()) {
          for (let quiet = 0; quiet < 3; ) {
            const startFrom = starts.get(range) ?? "beginning";
            const page = await container.changeFeed<Register>(range, { startFrom, maxItemCount: 3 });
            for (const item of page.items)
              delivered.set(item.stream, [...(delivered.get(item.stream) ?? []), item.value]);
            starts.set(range, { continuation: page.continuation });
            quiet = page.items.length === 0 ? quiet + 1 : 0;
          }
        }
      }
      for (const [stream, value] of latest) {
        const values = delivered.get(stream) ?? [];
        assert.ok(values.includes(value), `seed ${seed}: the last version of ${stream} is missing`);
        const firstDeliveries = [...new Set(values)];
        assert.deepEqual(
          firstDeliveries,
          firstDeliveries.toSorted((a, b) => a - b),
          `seed ${seed}, ${stream}`,
        );
      }
    }
  });

  it("misses intermediate versions and deletions", async () => {
    const container = givenAccount().client();
    await container.create(register(1));
    await container.replace(register(2));
    await container.create(register(1, "gone"));
    await container.delete("gone", "s");
    const { changes } = await readAll(container);
    assert.deepEqual(
      changes.map(({ id, value }) => [id, value]),
      [["r", 2]],
    );
  });

  it("starts at the beginning, now, or a time, and does not show what has expired", async () => {
    const { clock, client } = givenAccount({}, { defaultTimeToLive: 3600 });
    const container = client();
    await container.create(register(1, "a"));
    clock.advance(60_000);
    const later = new Date(clock.now());
    await container.create(register(2, "b"));
    const values = async (start: ChangeFeedStart) =>
      (await readAll(container, start)).changes.map(({ value }) => value);
    assert.deepEqual(await values("beginning"), [1, 2]);
    assert.deepEqual(await values(later), [2]);
    assert.deepEqual(await values("now"), []);
    clock.advance(3_550_000);
    assert.deepEqual(await values("beginning"), [2]);
  });

  it("keeps a batch together and gives its items one transaction number", async () => {
    const container = givenAccount().client();
    await container.batch(
      "s",
      ["a", "b", "c"].map((id) => ({ kind: "create", item: register(1, id) }) as const),
    );
    const page = await container.changeFeed<Register>("0", { startFrom: "beginning", maxItemCount: 1 });
    assert.deepEqual(
      page.items.map(({ _lsn }) => _lsn),
      [1, 1, 1],
    );
  });

  it("stays contiguous over a failover that lost writes", async () => {
    const { account, clock, client } = givenAccount({ delays: { between: (from, to) => (from === to ? 0 : 1000) } });
    const container = client();
    await container.create(register(1, "kept"));
    clock.advance(1000);
    await container.create(register(2, "lost"));
    const { continuations } = await readAll(container);
    account.failRegion("westeurope");
    account.failOver("northeurope");
    await container.create(register(3, "after"));
    const { changes } = await readAll(container, { continuation: continuations.get("0") ?? "" });
    assert.deepEqual(
      changes.map(({ id }) => id),
      ["after"],
    );
  });

  it("shows each region the winner of a conflict", async () => {
    const { clock, client } = givenAccount({ multiWrite: true }, { conflictPath: "/value" });
    const west = client({ preferredRegions: ["westeurope"] });
    const east = client({ preferredRegions: ["eastus"] });
    await west.upsert(register(9));
    await east.upsert(register(4));
    const before = await readAll(east);
    assert.deepEqual(
      before.changes.map(({ value }) => value),
      [4],
    );
    clock.advance(1000);
    const continuation = before.continuations.get("0") ?? "";
    assert.deepEqual(
      (await readAll(east, { continuation })).changes.map(({ value }) => value),
      [9],
    );
    assert.deepEqual(
      (await readAll(west)).changes.map(({ value }) => value),
      [9],
    );
  });
});
