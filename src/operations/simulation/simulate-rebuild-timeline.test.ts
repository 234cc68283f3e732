import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { criticalPath, type RebuildStep, scheduleRebuild } from "./simulate-rebuild-timeline.ts";

function step(id: string, likely: number, after: readonly string[] = []): RebuildStep {
  return { id, kind: "component", label: id, minutes: { low: likely / 2, likely, high: likely * 3 }, after };
}

const plans = fc
  .array(fc.record({ likely: fc.integer({ min: 0, max: 60 }), after: fc.array(fc.nat(20), { maxLength: 4 }) }), {
    minLength: 1,
    maxLength: 20,
  })
  .map((rows) =>
    rows.map(({ likely, after }, index) =>
      step(String(index), likely, index === 0 ? [] : after.map((each) => String(each % index))),
    ),
  );

/** Longest chain that ends with the step, by trying all. */
function longest(steps: readonly RebuildStep[], id: string): number {
  const found = steps.find((each) => each.id === id);
  if (found === undefined) return 0;
  return found.minutes.likely + Math.max(0, ...found.after.map((before) => longest(steps, before)));
}

describe("a timeline", () => {
  test("ends each step after the longest chain that leads to it", () => {
    fc.assert(
      fc.property(
        plans.filter(({ length }) => length <= 9),
        (steps) => {
          for (const { id, ends } of scheduleRebuild(steps)) expect(ends.likely).toBe(longest(steps, id));
        },
      ),
      { numRuns: 60 },
    );
  });

  test("its critical path has no gap, no slack, and the length of the whole", () => {
    fc.assert(
      fc.property(plans, (steps) => {
        const timed = scheduleRebuild(steps);
        const path = criticalPath(timed);
        const whole = Math.max(...timed.map(({ ends }) => ends.likely));
        expect(path.reduce((sum, { minutes }) => sum + minutes.likely, 0)).toBe(whole);
        expect(path.every(({ isCritical }) => isCritical)).toBe(true);
        expect(path[0]?.starts.likely).toBe(0);
      }),
    );
  });

  test("a step that is late by its slack does not delay the end; by more it does", () => {
    fc.assert(
      fc.property(plans, fc.nat(19), (steps, position) => {
        const timed = scheduleRebuild(steps);
        const late = timed[position % timed.length];
        if (late === undefined) return;
        const endWith = (extra: number) => {
          const changed = steps.map((each) =>
            each.id === late.id ? { ...each, minutes: { ...each.minutes, likely: each.minutes.likely + extra } } : each,
          );
          return Math.max(...scheduleRebuild(changed).map(({ ends }) => ends.likely));
        };
        expect(endWith(late.slackMinutes)).toBe(endWith(0));
        expect(endWith(late.slackMinutes + 1)).toBe(endWith(0) + 1);
      }),
    );
  });

  test("no step at all takes no time", () => {
    expect(scheduleRebuild([])).toEqual([]);
    expect(criticalPath([])).toEqual([]);
  });
});
