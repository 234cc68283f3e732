import fc from "fast-check";
import { expect, test } from "vitest";
import { colourGroups } from "./colour-groups.ts";

/** A graph of up to seven groups by its upper triangle. */
const graphs = fc
  .tuple(fc.integer({ min: 0, max: 7 }), fc.array(fc.boolean(), { minLength: 21, maxLength: 21 }))
  .map(([count, edges]) => {
    const conflicts = Array.from({ length: count }, () => new Set<number>());
    let edge = 0;
    for (let left = 0; left < count; left += 1) {
      for (let right = left + 1; right < count; right += 1) {
        if (edges[edge] === true) {
          conflicts[left]?.add(right);
          conflicts[right]?.add(left);
        }
        edge += 1;
      }
    }
    return conflicts;
  });

function fewestByTrial(conflicts: readonly ReadonlySet<number>[]): number {
  const fits = (colours: readonly number[], count: number): boolean => {
    const next = colours.length;
    if (next === conflicts.length) return true;
    return Array.from({ length: count }, (_, colour) => colour).some(
      (colour) =>
        ![...(conflicts[next] ?? [])].some((other) => colours[other] === colour) && fits([...colours, colour], count),
    );
  };
  let count = 0;
  while (!fits([], count)) count += 1;
  return count;
}

test("groups in conflict never share a colour, and no colouring has fewer", () => {
  fc.assert(
    fc.property(graphs, (conflicts) => {
      const { colours, count, lowerBound } = colourGroups(conflicts);
      for (const [group, others] of conflicts.entries()) {
        for (const other of others) expect(colours[other]).not.toBe(colours[group]);
      }
      expect(count).toBe(fewestByTrial(conflicts));
      expect(lowerBound).toBe(count);
    }),
    { numRuns: 150 },
  );
});
