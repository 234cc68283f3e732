import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createOptimisticCommands } from "../../../src/application/optimistic-commands.ts";
import { createReadiness } from "../../../src/health/readiness.ts";
import { createHttpApp } from "../../../src/http/create-http-app.ts";
import { givenStores } from "./given-stores.ts";

function givenReplicas() {
  const delays = { between: (from: number, to: number) => (from === to ? 0 : 5000) };
  const { account, process } = givenStores({ regions: ["westeurope", "eastus"], delays });
  const replica = (region: string) => {
    const { store, projections } = process(region, { preferredRegions: [region], throttlingRetries: 0 });
    return createHttpApp({
      commands: createOptimisticCommands(store),
      projections,
      policy: { kind: "strict" },
      readiness: createReadiness(() => Promise.resolve()),
      onError: () => {},
    });
  };
  return { account, west: replica("westeurope"), east: replica("eastus") };
}

const order = {
  method: "POST",
  headers: { "idempotency-key": "1", "content-type": "application/json" },
  body: JSON.stringify({ customerId: "ann", lines: [{ sku: "ticket", quantity: 1, unitPriceCents: 1500 }] }),
};

describe("session over HTTP", () => {
  it("lets a customer who is moved to another region see the order that was just placed", async () => {
    const { west, east } = givenReplicas();
    const placed = await west.request("/orders", order);
    assert.equal(placed.status, 202);
    const token = placed.headers.get("x-session-token");
    assert.ok(token);
    const path = placed.headers.get("location") ?? "";
    assert.equal((await east.request(path)).status, 404, "without the token the region is behind");
    const seen = await east.request(path, { headers: { "x-session-token": token } });
    assert.equal(seen.status, 200);
    assert.equal(seen.headers.get("x-session-token"), token);
  });

  it("asks the client to come back when no region has what the token names", async () => {
    const { west } = givenReplicas();
    const response = await west.request("/orders/1", { headers: { "x-session-token": "0:0#99" } });
    assert.equal(response.status, 503);
    assert.equal(response.headers.get("retry-after"), "1");
  });

  it("places an order once, also when the first answer was lost", async () => {
    const { account, west } = givenReplicas();
    account.faults.inject({ kind: "timeout", on: "write", applied: true });
    assert.equal((await west.request("/orders", order)).status, 202, "the store finds its own write");
    assert.equal((await west.request("/orders", order)).status, 202);
    const other = { ...order, body: order.body.replace("1500", "1") };
    assert.equal((await west.request("/orders", other)).status, 422);
  });
});
