import highsLoader from "highs";
import { expect, test } from "vitest";
import { seededRandom } from "../heuristics/seeded-random.ts";
import { packShapes } from "../pack-shapes.ts";
import type { PackingProblem } from "../packing-problem.ts";
import { loadHighsSolver } from "./highs-solver.ts";

/** Pods of five shapes for three node types whose prices favour no single one. */
function problemOf(seed: number): PackingProblem {
  const random = seededRandom(seed);
  const between = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1));
  return {
    dimensions: ["cpu", "memory"],
    nodeTypes: [
      { name: "small", capacity: [20, 20], price: 10 },
      { name: "wide", capacity: [40, 70], price: between(19, 24) },
      { name: "large", capacity: [80, 75], price: between(36, 42) },
    ],
    shapes: Array.from({ length: 5 }, (_, index) => ({
      name: `s${index}`,
      size: [between(3, 20), between(3, 20)],
      quantity: between(1, 3),
    })),
  };
}

/** The textbook form: so many of each shape on each node that may be opened. */
function integerProgram({ dimensions, nodeTypes, shapes }: PackingProblem): string {
  const pods = shapes.reduce((sum, { quantity }) => sum + quantity, 0);
  const nodes = nodeTypes.flatMap((type, index) =>
    Array.from({ length: Math.ceil(pods / (index + 1)) }, (_, copy) => ({
      ...type,
      id: `${index}_${copy}`,
      index,
      copy,
    })),
  );
  const terms = (parts: readonly string[]): string => parts.join(" + ");
  return [
    "Minimize",
    ` price: ${terms(nodes.map(({ id, price }) => `${price} y${id}`))}`,
    "Subject To",
    ...shapes.map(({ quantity }, s) => ` d${s}: ${terms(nodes.map(({ id }) => `x${s}_${id}`))} = ${quantity}`),
    ...nodes.flatMap(({ id, capacity }) =>
      dimensions.map(
        (_, k) =>
          ` c${k}_${id}: ${terms(shapes.map(({ size }, s) => `${size[k]} x${s}_${id}`))} - ${capacity[k]} y${id} <= 0`,
      ),
    ),
    ...nodes.flatMap(({ id, index, copy }) => (copy > 0 ? [` o${id}: y${index}_${copy - 1} - y${id} >= 0`] : [])),
    "General",
    ` ${nodes.flatMap(({ id }) => shapes.map((_, s) => `x${s}_${id}`)).join(" ")}`,
    "Binary",
    ` ${nodes.map(({ id }) => `y${id}`).join(" ")}`,
    "End",
  ].join("\n");
}

test.each([1, 2, 3, 4])("nodes of several sizes cost what the integer program says (seed %i)", async (seed) => {
  const load = highsLoader as unknown as typeof highsLoader.default;
  const highs = await load();
  const problem = problemOf(seed);
  const program = highs.solve(integerProgram(problem), { mip_rel_gap: 0, mip_max_nodes: 4_000 });
  const result = packShapes(problem, { comparisons: 0, exact: { solver: await loadHighsSolver() } });
  if ("invalid" in result) throw new Error("valid input");
  expect(result.proven).toBe(true);
  // Cut short, the program may have missed the cheapest plan, but found none cheaper.
  if (program.Status === "Optimal") expect(result.plan.price).toBe(Math.round(program.ObjectiveValue));
  else expect(result.plan.price).toBeLessThanOrEqual(Math.round(program.ObjectiveValue));
});
