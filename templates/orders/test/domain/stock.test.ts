import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { type StockCommand, stockDecider } from "../../src/domain/stock/decide-stock.ts";
import {
  type SalePolicy,
  skuOfStream,
  splitReceipt,
  stockStreams,
  stockStreamsFor,
} from "../../src/domain/stock/sale-policy.ts";
import { noStock, type Stock } from "../../src/domain/stock/stock.ts";

function after(commands: readonly StockCommand[], stock: Stock = noStock): Stock {
  return commands.reduce(
    (state, command) => stockDecider.fold(state, stockDecider.decide(command, state).events),
    stock,
  );
}

const orderId = fc.integer({ min: 1, max: 12 }).map(String);
const quantity = fc.integer({ min: 1, max: 5 });
function anyCommand(allowance: number): fc.Arbitrary<StockCommand> {
  return fc.oneof(
    fc.record({ type: fc.constant("receive" as const), receiptId: orderId, quantity }),
    fc.record({ type: fc.constant("reserve" as const), orderId, quantity, allowance: fc.constant(allowance) }),
    fc.record({ type: fc.constant("release" as const), orderId }),
    fc.record({ type: fc.constant("settle" as const) }),
  );
}

describe("a pile of stock", () => {
  test("is never reserved beyond what was received and the allowance", () => {
    fc.assert(
      fc.property(
        fc.nat(4).chain((allowance) => fc.tuple(fc.constant(allowance), fc.array(anyCommand(allowance)))),
        ([allowance, commands]) => {
          const { received, reserved } = after(commands);
          assert.ok(reserved >= 0);
          assert.ok(reserved <= received + allowance);
        },
      ),
    );
  });

  test("answers every repeated command with no events", () => {
    fc.assert(
      fc.property(fc.array(anyCommand(0)), anyCommand(0), (commands, command) => {
        const once = after([...commands, command]);
        assert.deepEqual(stockDecider.decide(command, once).events, []);
      }),
    );
  });

  test("gives an order the same answer for ever, also when stock comes later", () => {
    const reserve = { type: "reserve", orderId: "1", quantity: 1, allowance: 0 } as const;
    const refused = after([reserve]);
    const restocked = after([{ type: "receive", receiptId: "r", quantity: 5 }], refused);
    assert.equal(stockDecider.decide(reserve, restocked).kind, "refused");
  });

  test("refuses a reservation that arrives after its release", () => {
    const stock = after([
      { type: "receive", receiptId: "r", quantity: 5 },
      { type: "release", orderId: "1" },
    ]);
    assert.equal(
      stockDecider.decide({ type: "reserve", orderId: "1", quantity: 1, allowance: 0 }, stock).kind,
      "refused",
    );
  });

  test("folds in any portions to the same state", () => {
    fc.assert(
      fc.property(fc.array(anyCommand(1)), fc.nat(), (commands, cut) => {
        const whole = after(commands);
        const parts = after(
          commands.slice(cut % (commands.length + 1)),
          after(commands.slice(0, cut % (commands.length + 1))),
        );
        assert.deepEqual(parts, whole);
      }),
    );
  });
});

describe("settling an overbooked sale", () => {
  test("bumps the latest orders until the rest fits", () => {
    const reserve = (order: string): StockCommand => ({ type: "reserve", orderId: order, quantity: 1, allowance: 2 });
    const stock = after([
      { type: "receive", receiptId: "r", quantity: 2 },
      ...["a", "b", "c", "d"].map(reserve),
      { type: "release", orderId: "b" },
    ]);
    assert.deepEqual(stockDecider.decide({ type: "settle" }, stock).events, [
      { type: "SaleSettled", bumpedOrderIds: ["d"] },
    ]);
  });
});

describe("sale policies", () => {
  const escrow: SalePolicy = { kind: "escrow", buckets: 4 };

  test("escrow splits a delivery without losing a piece", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 20 }), (pieces, buckets) => {
        const shares = [...splitReceipt({ kind: "escrow", buckets }, "cup", pieces).values()];
        assert.equal(
          shares.reduce((sum, share) => sum + share, 0),
          pieces,
        );
        assert.ok(Math.max(...shares) - Math.min(...shares) <= 1);
      }),
    );
  });

  test("escrow lets orders start at different buckets and try all of them", () => {
    const firsts = new Set(
      Array.from({ length: 50 }, (_, index) => stockStreamsFor(escrow, "cup", `order ${index}`)[0]),
    );
    assert.equal(firsts.size, 4);
    assert.deepEqual(stockStreamsFor(escrow, "cup", "any").toSorted(), [...stockStreams(escrow, "cup")].toSorted());
  });

  test("every stream tells its SKU", () => {
    for (const policy of [escrow, { kind: "strict" } as const]) {
      for (const sku of ["cup", "cup.1", "a-b_c"]) {
        assert.deepEqual([...new Set(stockStreams(policy, sku).map(skuOfStream))], [sku]);
      }
    }
  });
});
