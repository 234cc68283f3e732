import type { PackingProblem, PackingShape } from "./packing-problem.ts";

/** A number or a name of the problem that makes no sense; nothing is packed while there is one. */
export interface InvalidInput {
  /** Such as `shape web` or `node type D4s_v5`. */
  readonly subject: string;
  /** One sentence. */
  readonly reason: string;
}

/** What is wrong with a problem in itself: numbers that are negative, not whole or too large, names twice or unknown. */
export function findInvalidInput(problem: PackingProblem): readonly InvalidInput[] {
  const dimensions = problem.dimensions.length;
  const types = new Set(problem.nodeTypes.map(({ name }) => name));
  const shapes = new Set(problem.shapes.map(({ name }) => name));
  return [
    ...duplicates(problem.dimensions).map((name) => ({
      subject: `dimension ${name}`,
      reason: "the name occurs twice",
    })),
    ...duplicates(problem.nodeTypes.map(({ name }) => name)).map((name) => ({
      subject: `node type ${name}`,
      reason: "the name occurs twice",
    })),
    ...duplicates(problem.shapes.map(({ name }) => name)).map((name) => ({
      subject: `shape ${name}`,
      reason: "the name occurs twice",
    })),
    ...problem.nodeTypes.flatMap(({ name, capacity, price, limit }) =>
      [
        lengthProblem("capacity", capacity.length, dimensions),
        ...capacity.map((amount, k) => amountProblem(`capacity for ${problem.dimensions[k] ?? k}`, amount)),
        amountProblem("price", price),
        limit === undefined ? undefined : amountProblem("limit", limit),
      ].flatMap((reason) => (reason === undefined ? [] : [{ subject: `node type ${name}`, reason }])),
    ),
    ...problem.shapes.flatMap((shape) =>
      shapeProblems(shape, problem, types).map((reason) => ({ subject: `shape ${shape.name}`, reason })),
    ),
    ...(problem.conflicts ?? []).flatMap(([left, right]) => [
      ...[left, right]
        .filter((name) => !shapes.has(name))
        .map((name) => ({ subject: `conflict ${left} / ${right}`, reason: `there is no shape ${name}` })),
      ...(left === right
        ? [
            {
              subject: `conflict ${left} / ${right}`,
              reason: "a shape that conflicts with itself has perNode 1 instead",
            },
          ]
        : []),
    ]),
  ];
}

function shapeProblems(shape: PackingShape, problem: PackingProblem, types: ReadonlySet<string>): readonly string[] {
  const { size, quantity, perNode, nodeTypes } = shape;
  return [
    lengthProblem("size", size.length, problem.dimensions.length),
    ...size.map((amount, k) =>
      Number.isSafeInteger(amount)
        ? undefined
        : `its size in ${problem.dimensions[k] ?? k} is ${amount}, not a whole number`,
    ),
    amountProblem("quantity", quantity, 2 ** 31 - 1),
    perNode === undefined ? undefined : amountProblem("number per node", perNode),
    ...(nodeTypes ?? []).map((name) => (types.has(name) ? undefined : `there is no node type ${name}`)),
  ].flatMap((reason) => (reason === undefined ? [] : [reason]));
}

function amountProblem(what: string, amount: number, most = Number.MAX_SAFE_INTEGER): string | undefined {
  if (!Number.isSafeInteger(amount)) return `its ${what} is ${amount}, not a whole number`;
  if (amount < 0) return `its ${what} is ${amount}, less than 0`;
  return amount > most ? `its ${what} is ${amount}, more than ${most}` : undefined;
}

function lengthProblem(what: string, length: number, dimensions: number): string | undefined {
  return length === dimensions ? undefined : `its ${what} has ${length} numbers for ${dimensions} dimensions`;
}

function duplicates(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
