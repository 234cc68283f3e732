import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createReadiness } from "../src/health/readiness.ts";
import { createHttpApp } from "../src/http/create-http-app.ts";
import { fresh, givenShop, line } from "./given-shop.ts";

async function givenHttp(check: () => Promise<unknown> = async () => {}) {
  const shop = await givenShop();
  const readiness = createReadiness(check);
  const onError = () => {};
  const http = createHttpApp({ ...shop, readiness, policy: { kind: "strict" }, onError });
  const post = async (path: string, body: unknown, headers: Record<string, string> = {}) =>
    http.request(path, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  return { shop, http, readiness, post };
}

describe("POST /orders", () => {
  test("sixteen times with one key places one order", async () => {
    const { http, post } = await givenHttp();
    const customerId = fresh("customer");
    const body = { customerId, lines: [line("cup")] };
    const answers = await Promise.all(
      Array.from({ length: 16 }, () => post("/orders", body, { "idempotency-key": "k1" })),
    );
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [202]);
    const ids = new Set(
      await Promise.all(answers.map(async (answer) => ((await answer.json()) as { orderId: string }).orderId)),
    );
    assert.equal(ids.size, 1);
    const read = await http.request(`/orders/${[...ids][0]}`);
    assert.deepEqual(((await read.json()) as { status: string }).status, "open");
  });

  test("with a used key and another order is refused", async () => {
    const { post } = await givenHttp();
    const customerId = fresh("customer");
    await post("/orders", { customerId, lines: [line("cup")] }, { "idempotency-key": "k" });
    const other = await post("/orders", { customerId, lines: [line("cup", 2)] }, { "idempotency-key": "k" });
    assert.equal(other.status, 422);
  });

  test("of two customers with the same key are two orders", async () => {
    const { post } = await givenHttp();
    const place = async () =>
      (await post("/orders", { customerId: fresh("c"), lines: [line("cup")] }, { "idempotency-key": "k" })).json();
    assert.notDeepEqual(await place(), await place());
  });

  for (const [name, body, headers] of [
    ["without a key", { customerId: "a", lines: [line("cup")] }, {}],
    ["without lines", { customerId: "a", lines: [] }, { "idempotency-key": "k" }],
    ["with a line of the wrong shape", { customerId: "a", lines: [{ sku: 1 }] }, { "idempotency-key": "k" }],
    ["without a body", undefined, { "idempotency-key": "k" }],
  ] as const) {
    test(`${name} is a bad request`, async () => {
      const { post } = await givenHttp();
      assert.equal((await post("/orders", body, headers)).status, 400);
    });
  }
});

describe("other requests", () => {
  test("stock that is received twice under one id counts once", async () => {
    const { shop, http, post } = await givenHttp();
    const cup = fresh("cup");
    for (let times = 0; times < 2; times += 1) {
      assert.equal((await post(`/stock/${cup}/receipts`, { receiptId: "r", quantity: 4 })).status, 204);
    }
    await shop.project();
    assert.deepEqual(await (await http.request(`/stock/${cup}`)).json(), { sku: cup, received: 4, reserved: 0 });
  });

  test("an unknown order is not found", async () => {
    const { http, post } = await givenHttp();
    assert.equal((await http.request("/orders/nobody")).status, 404);
    assert.equal((await post("/orders/nobody/cancellation", {})).status, 404);
  });
});

describe("health", () => {
  test("a process without its database is alive and not ready", async () => {
    const { http } = await givenHttp(() => Promise.reject(new Error("no database")));
    assert.equal((await http.request("/health/live")).status, 200);
    assert.equal((await http.request("/health/ready")).status, 503);
  });

  test("a draining process is alive, not ready and still answers", async () => {
    const { http, readiness } = await givenHttp();
    assert.equal((await http.request("/health/ready")).status, 200);
    readiness.startDraining();
    assert.equal((await http.request("/health/live")).status, 200);
    assert.equal((await http.request("/health/ready")).status, 503);
    assert.equal((await http.request("/orders/nobody")).status, 404);
  });
});
