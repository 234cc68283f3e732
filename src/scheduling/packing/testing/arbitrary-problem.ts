import fc from "fast-check";
import type { PackingProblem } from "../packing-problem.ts";

const names = ["a", "b", "c", "d"];

/** Problems small enough to try every plan: up to 7 pods of up to 4 shapes, up to 3 node types, with rules of all kinds. */
export function arbitraryProblem(limited: boolean): fc.Arbitrary<PackingProblem> {
  return fc.integer({ min: 1, max: 3 }).chain((dimensions) =>
    fc
      .record({
        nodeTypes: fc.array(
          fc.record({
            capacity: fc.array(fc.integer({ min: 6, max: 14 }), { minLength: dimensions, maxLength: dimensions }),
            price: fc.integer({ min: 1, max: 9 }),
            limit: limited ? fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }) : fc.constant(undefined),
          }),
          { minLength: 1, maxLength: 3 },
        ),
        shapes: fc.array(
          fc.record({
            size: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: dimensions, maxLength: dimensions }),
            quantity: fc.integer({ min: 0, max: 3 }),
            perNode: fc.option(fc.integer({ min: 1, max: 2 }), { nil: undefined, freq: 4 }),
            first: fc.boolean(),
          }),
          { minLength: 1, maxLength: 4 },
        ),
        conflict: fc.boolean(),
      })
      .map(({ nodeTypes, shapes, conflict }): PackingProblem => {
        let pods = 0;
        return {
          dimensions: Array.from({ length: dimensions }, (_, k) => `d${k}`),
          nodeTypes: nodeTypes.map(({ capacity, price, limit }, index) => ({
            name: `n${index}`,
            capacity,
            price,
            ...(limit === undefined ? {} : { limit }),
          })),
          shapes: shapes.map(({ size, quantity, perNode, first }, index) => {
            const kept = Math.max(0, Math.min(quantity, 7 - pods));
            pods += kept;
            return {
              name: names[index] ?? "",
              size,
              quantity: kept,
              ...(perNode === undefined ? {} : { perNode }),
              ...(first && index === 1 ? { nodeTypes: ["n0"] } : {}),
            };
          }),
          conflicts: conflict && shapes.length > 1 ? [["a", "b"]] : [],
        };
      }),
  );
}
