import type { PackingInstance, Pattern } from "../packing-instance.ts";

/**
 * The pattern with whatever else of the stock fits, in the order of the shapes: pricing leaves out pods that are worth
 * nothing at the moment, but a fuller pattern serves at least as well.
 */
export function completePattern(instance: PackingInstance, pattern: Pattern, stock: Int32Array): Pattern {
  const { dimensions, shapes, sizes, capacities, most, conflicts } = instance;
  const type = pattern.nodeType;
  const counts = new Map<number, number>();
  const free = capacities.slice(type * dimensions, (type + 1) * dimensions);
  const add = (shape: number, copies: number): void => {
    counts.set(shape, (counts.get(shape) ?? 0) + copies);
    for (let k = 0; k < dimensions; k += 1) free[k] = (free[k] ?? 0) - copies * (sizes[shape * dimensions + k] ?? 0);
  };
  for (const [position, shape] of pattern.shapes.entries()) add(shape, pattern.counts[position] ?? 0);
  for (let shape = 0; shape < shapes; shape += 1) {
    const present = counts.get(shape) ?? 0;
    let room = Math.min(most[type * shapes + shape] ?? 0, stock[shape] ?? 0) - present;
    if (room <= 0 || conflicts[shape]?.some((other) => counts.has(other)) === true) continue;
    for (let k = 0; k < dimensions && room > 0; k += 1) {
      const size = sizes[shape * dimensions + k] ?? 0;
      if (size > 0) room = Math.min(room, Math.floor((free[k] ?? 0) / size));
    }
    if (room > 0) add(shape, room);
  }
  const content = [...counts].sort(([left], [right]) => left - right);
  return {
    nodeType: type,
    shapes: Int32Array.from(content, ([shape]) => shape),
    counts: Int32Array.from(content, ([, count]) => count),
  };
}
