import fc from "fast-check";
import { expect, test } from "vitest";
import { SlidingExtremum } from "./sliding-extremum.ts";

test("law: as if everything within the window were looked at", () => {
  const step = fc.record({ wait: fc.integer({ min: 0, max: 40 }), value: fc.integer({ min: 0, max: 9 }) });
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 300 }),
      fc.integer({ min: 0, max: 100 }),
      fc.constantFrom("greatest", "least"),
      (steps, window, kind) => {
        const sliding = new SlidingExtremum(kind, window);
        const noted: { at: number; value: number }[] = [];
        let now = 0;
        for (const { wait, value } of steps) {
          now += wait;
          const within = noted.filter(({ at }) => at > now - window).map((each) => each.value);
          const all = [value, ...within];
          expect(sliding.withNow(now, value)).toBe(kind === "greatest" ? Math.max(...all) : Math.min(...all));
          sliding.note(now, value);
          noted.push({ at: now, value });
        }
      },
    ),
  );
});
