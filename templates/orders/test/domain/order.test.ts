import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { nextStep } from "../../src/domain/fulfilment/next-step.ts";
import { type OrderCommand, orderDecider } from "../../src/domain/order/decide-order.ts";
import type { Order } from "../../src/domain/order/order.ts";
import type { OrderEvent } from "../../src/domain/order/order-events.ts";

const lines = [
  { sku: "cup", quantity: 2, unitPriceCents: 450 },
  { sku: "tea", quantity: 1, unitPriceCents: 900 },
];
const placed: OrderEvent = { type: "OrderPlaced", orderId: "1", customerId: "ada", lines };
const reserved: readonly OrderEvent[] = [
  placed,
  { type: "LineReserved", sku: "cup", stockStream: "stock-cup" },
  { type: "LineReserved", sku: "tea", stockStream: "stock-tea" },
];
const charged: readonly OrderEvent[] = [
  ...reserved,
  { type: "PaymentRequested", amountCents: 1800 },
  { type: "PaymentCharged", chargeId: "c" },
];
const confirmed: readonly OrderEvent[] = [...charged, { type: "OrderConfirmed" }];

function given(...events: readonly OrderEvent[]): Order {
  return orderDecider.fold(orderDecider.initialState, events);
}

function decide(command: OrderCommand, ...events: readonly OrderEvent[]) {
  return orderDecider.decide(command, given(...events));
}

describe("placing an order", () => {
  const place = { type: "place", orderId: "1", customerId: "ada", lines } as const;

  test("begins the order", () => {
    assert.deepEqual(decide(place), { kind: "accepted", events: [placed] });
  });

  test("again changes nothing", () => {
    assert.deepEqual(decide(place, placed), { kind: "accepted", events: [] });
    assert.deepEqual(decide(place, ...confirmed), { kind: "accepted", events: [] });
  });

  test("again with other content is refused", () => {
    const other = { ...place, lines: [{ sku: "cup", quantity: 3, unitPriceCents: 450 }] };
    assert.deepEqual(decide(other, placed), { kind: "refused", refusal: "order-differs", events: [] });
  });

  for (const [name, wrong] of [
    ["no lines", []],
    ["nothing of something", [{ sku: "cup", quantity: 0, unitPriceCents: 1 }]],
    ["half a piece", [{ sku: "cup", quantity: 0.5, unitPriceCents: 1 }]],
    ["a price below zero", [{ sku: "cup", quantity: 1, unitPriceCents: -1 }]],
    ["one SKU twice", [lines[0], lines[0]].filter((line) => line !== undefined)],
    ["a SKU that names a bucket", [{ sku: "cup#1", quantity: 1, unitPriceCents: 1 }]],
  ] as const) {
    test(`of ${name} is refused`, () => {
      assert.equal(decide({ ...place, lines: wrong }).kind, "refused");
    });
  }
});

describe("the fulfilment process", () => {
  for (const [events, step] of [
    [[placed], "reserve"],
    [reserved.slice(0, 2), "reserve"],
    [reserved, "request-payment"],
    [charged.slice(0, 4), "charge"],
    [charged, "confirm"],
    [confirmed, "wait"],
    [[placed, { type: "OrderFailed", reason: "out-of-stock" }], "release-stock"],
    [[placed, { type: "OrderFailed", reason: "out-of-stock" }, { type: "StockReturned" }], "close"],
  ] as const satisfies readonly (readonly [readonly OrderEvent[], string])[]) {
    test(`after ${events.at(-1)?.type ?? "nothing"} (${events.length} events) comes: ${step}`, () => {
      assert.equal(nextStep(given(...events)).kind, step);
    });
  }

  test("refunds as soon as a payment was requested, whether or not it was charged", () => {
    for (const events of [charged.slice(0, 4), charged]) {
      const failed = given(
        ...events,
        { type: "OrderFailed", reason: "cancelled-by-customer" },
        { type: "StockReturned" },
      );
      assert.equal(nextStep(failed).kind, "refund");
    }
  });
});

describe("failing an order", () => {
  test("is the customer's right until it is confirmed", () => {
    const cancel = { type: "fail", reason: "cancelled-by-customer" } as const;
    assert.equal(decide(cancel, ...charged).kind, "accepted");
    assert.deepEqual(decide(cancel, ...confirmed), { kind: "refused", refusal: "too-late", events: [] });
  });

  test("of a confirmed order is left to the shop that overbooked", () => {
    assert.equal(decide({ type: "fail", reason: "bumped" }, ...confirmed).kind, "accepted");
  });

  test("stops what is on its way", () => {
    const failed: readonly OrderEvent[] = [...reserved, { type: "OrderFailed", reason: "cancelled-by-customer" }];
    assert.equal(decide({ type: "request-payment" }, ...failed).kind, "refused");
    assert.equal(decide({ type: "record-charge", chargeId: "c" }, ...failed).kind, "refused");
    assert.equal(decide({ type: "confirm" }, ...failed).kind, "refused");
  });
});
