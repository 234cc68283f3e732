import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { CosmosError } from "../../src/adapters/cosmos/item-container.ts";
import { billedRequestUnitsPerSecond } from "../../src/cosmos-double/throughput.ts";
import { givenAccount, register } from "./given-account.ts";

const readCharge = 1;

/** Point reads of 1 KB served in `seconds` by a caller that tries again at once or when told to. */
async function readsServed(settings: Parameters<typeof givenAccount>[1], idleSeconds: number, seconds: number) {
  const { account, clock, client } = givenAccount({ regions: ["westeurope"] }, settings);
  const container = client({ throttlingRetries: 0 });
  await container.create(register(1));
  clock.advance(idleSeconds * 1000);
  const end = clock.now() + seconds * 1000;
  let served = 0;
  let refused = 0;
  while (clock.now() < end) {
    try {
      await container.read("r", "s");
      served += 1;
    } catch (error) {
      assert.ok(error instanceof CosmosError && error.statusCode === 429 && error.subStatus === 3200, String(error));
      assert.ok((error.retryAfterMs ?? 0) > 0);
      refused += 1;
      clock.advance(error.retryAfterMs ?? 0);
    }
  }
  return { served, refused, consumed: account.consumedRequestUnits("shop", "events", "westeurope") };
}

describe("throttling", () => {
  it("never serves more than the provisioned RU/s and one second's reserve", async () => {
    const { served, refused, consumed } = await readsServed(
      { throughput: { kind: "manual", requestUnitsPerSecond: 400 } },
      10,
      20,
    );
    assert.ok(served <= 400 * 21 + readCharge && served >= 400 * 20, `${served} reads in 20 s`);
    assert.ok(refused > 0);
    assert.equal(consumed, 5.5 + served * readCharge);
  });

  it("serves autoscale up to its maximum and bills at least a tenth of it", async () => {
    const throughput = { kind: "autoscale", maxRequestUnitsPerSecond: 1000 } as const;
    const { served } = await readsServed({ throughput }, 10, 10);
    assert.ok(served >= 10_000 && served <= 11_001, `${served} reads in 10 s`);
    assert.equal(billedRequestUnitsPerSecond(throughput, 20), 100);
    assert.equal(billedRequestUnitsPerSecond(throughput, 640), 640);
  });

  it("with burst capacity serves what was saved while idle, five minutes' worth at most", async () => {
    // The documentation's example: 100 RU/s idle for five minutes save 30 000 RU, spent at 3000 RU/s in 10 s.
    const settings = { throughput: { kind: "manual", requestUnitsPerSecond: 100 }, burstCapacity: true } as const;
    const burst = await readsServed(settings, 3600, 10);
    assert.ok(burst.served >= 29_000 && burst.served <= 35_000, `${burst.served} reads in 10 s`);
    const long = await readsServed(settings, 3600, 60);
    assert.ok(long.served <= 30_000 + 100 * 61 + 1, `${long.served} reads in 60 s`);
  });

  it("splits the throughput over physical partitions, so a hot one is refused early", async () => {
    const { served } = await readsServed(
      { throughput: { kind: "manual", requestUnitsPerSecond: 4000 }, physicalPartitions: 4 },
      10,
      5,
    );
    assert.ok(served <= 1000 * 6 + 1, `${served} reads in 5 s`);
  });

  it("charges by size and level, and replicated writes in every region", async () => {
    const { account, client } = givenAccount(
      { consistencyLevel: "Strong" },
      { throughput: { kind: "manual", requestUnitsPerSecond: 10_000 } },
    );
    const large = { id: "l", stream: "s", text: "x".repeat(100 * 1024 - 38) };
    const charges = [
      (await client().create(register(1))).requestCharge,
      (await client().replace(register(2))).requestCharge,
      (await client().read("r", "s")).requestCharge,
      (await client().read("r", "s", { consistencyLevel: "Session" })).requestCharge,
    ];
    assert.deepEqual(charges, [5.5, 11, 2, 1]);
    await client().create(large);
    const { requestCharge } = await client().read("l", "s", { consistencyLevel: "Session" });
    assert.ok(Math.abs(requestCharge - 10) < 0.01, `${requestCharge} RU for 100 KB`);
    assert.ok(account.consumedRequestUnits("shop", "events", "eastus") >= 16.5);
  });

  it("is waited out by a client that retries as the SDK does", async () => {
    const { client } = givenAccount({}, { throughput: { kind: "manual", requestUnitsPerSecond: 400 } });
    for (let value = 0; value < 300; value += 1) await client().upsert(register(value));
  });
});
