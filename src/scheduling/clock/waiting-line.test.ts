import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { WaitingLine } from "./waiting-line.ts";

const stretch = fc.record({
  seconds: fc.integer({ min: 1, max: 120 }),
  arrivals: fc.integer({ min: 0, max: 50 }),
  capacity: fc.integer({ min: 0, max: 50 }),
});

function play(
  line: WaitingLine,
  stretches: readonly { seconds: number; arrivals: number; capacity: number }[],
  more = 0,
) {
  let now = 0;
  const sums = { arrived: 0, served: 0, lost: 0 };
  for (const { seconds, arrivals, capacity } of stretches) {
    const service = line.advance(now, now + seconds, arrivals, capacity + more);
    now += seconds;
    sums.arrived += service.arrived;
    sums.served += service.served;
    sums.lost += service.lost;
  }
  return sums;
}

describe("laws", () => {
  test("what arrives is served, lost or waits", () => {
    fc.assert(
      fc.property(fc.array(stretch, { maxLength: 40 }), fc.integer({ min: 0, max: 200 }), (stretches, patience) => {
        const line = new WaitingLine(patience);
        const { arrived, served, lost } = play(line, stretches);
        expect(served + lost + line.waiting).toBeCloseTo(arrived, 6);
        expect(Math.min(served, lost, line.waiting)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test("without patience more capacity never serves less, nor with all of it", () => {
    fc.assert(
      fc.property(
        fc.array(stretch, { maxLength: 40 }),
        fc.constantFrom(0, Number.POSITIVE_INFINITY),
        fc.integer({ min: 1, max: 20 }),
        (stretches, patience, more) => {
          const less = play(new WaitingLine(patience), stretches).served;
          expect(play(new WaitingLine(patience), stretches, more).served).toBeGreaterThanOrEqual(less - 1e-6);
        },
      ),
    );
  });
});

test("who waits is served first, and late", () => {
  const line = new WaitingLine(60);
  expect(line.advance(0, 10, 5, 0)).toMatchObject({ arrived: 50, served: 0, lost: 0 });
  expect(line.advance(10, 20, 0, 10)).toMatchObject({ served: 50, servedLate: 50, lost: 0 });
});

test("who waits too long is lost", () => {
  const line = new WaitingLine(20);
  line.advance(0, 10, 5, 0);
  expect(line.advance(10, 100, 0, 0)).toMatchObject({ served: 0, lost: 50 });
});
