import { CosmosError, type JsonValue, type Query } from "../adapters/cosmos/item-container.ts";

/**
 * The part of the query language that the application needs:
 *
 *     SELECT * | SELECT VALUE COUNT(1)  FROM c
 *     [WHERE c.path = | != | < | <= | > | >= value  |  IS_DEFINED(c.path)  [AND ...]]
 *     [ORDER BY c.path [ASC | DESC]]
 *
 * Values are `@parameters`, numbers, single-quoted texts, `true`, `false`, `null`. Anything else is refused with 400:
 * a double that guesses would let a query pass here that the service answers differently.
 */
export interface ParsedQuery {
  readonly counts: boolean;
  readonly matches: (document: object) => boolean;
  /** Absent: in the order of the items' ids, which the service leaves open. */
  readonly order: { readonly path: Path; readonly descending: boolean } | undefined;
}

type Path = readonly string[];

const clauses =
  /^\s*SELECT\s+(\*|VALUE\s+COUNT\(1\))\s+FROM\s+c(?:\s+WHERE\s+(.+?))?(?:\s+ORDER\s+BY\s+c((?:\.\w+)+)(\s+ASC|\s+DESC)?)?\s*$/is;
const comparison = /^c((?:\.\w+)+)\s*(=|!=|<=|>=|<|>)\s*(@\w+|-?\d+(?:\.\d+)?|'[^']*'|true|false|null)$/i;
const definedness = /^IS_DEFINED\(\s*c((?:\.\w+)+)\s*\)$/i;

export function parseQuery(query: Query): ParsedQuery {
  const match = clauses.exec(query.query);
  if (!match) throw unsupported(query.query);
  const [, selection, where, orderPath, direction] = match;
  const parameters = new Map(query.parameters?.map(({ name, value }) => [name, value]));
  const conditions = where?.split(/\s+AND\s+/i).map((condition) => parseCondition(condition.trim(), parameters)) ?? [];
  return {
    counts: selection !== "*",
    matches: (document) => conditions.every((holds) => holds(document)),
    order: orderPath ? { path: pathOf(orderPath), descending: direction?.trim().toUpperCase() === "DESC" } : undefined,
  };
}

function parseCondition(text: string, parameters: ReadonlyMap<string, JsonValue>): (document: object) => boolean {
  const defined = definedness.exec(text)?.[1];
  if (defined) return (document) => valueAt(document, pathOf(defined)) !== undefined;
  const [, dotted, operator, operand] = comparison.exec(text) ?? [];
  if (dotted === undefined || operator === undefined || operand === undefined) throw unsupported(text);
  const path = pathOf(dotted);
  const expected = operandValue(operand, parameters);
  return (document) => compares(valueAt(document, path), operator, expected);
}

function operandValue(operand: string, parameters: ReadonlyMap<string, JsonValue>): JsonValue {
  if (operand.startsWith("'")) return operand.slice(1, -1);
  if (!operand.startsWith("@")) return JSON.parse(operand.toLowerCase());
  const value = parameters.get(operand);
  if (value === undefined) throw new CosmosError(400, `the query has no parameter ${operand}`);
  return value;
}

/** Values of different types, and missing ones, compare as undefined, which no condition accepts. */
function compares(value: unknown, operator: string, expected: JsonValue): boolean {
  if (value === undefined || typeof value !== typeof expected || (value === null) !== (expected === null)) return false;
  if (operator === "=") return value === expected;
  if (operator === "!=") return value !== expected;
  const order = compareScalars(value, expected);
  switch (operator) {
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    default:
      return order >= 0;
  }
}

/** Order of one path of two documents; documents without the path come first, as in the service's default order. */
export function compareAt(path: Path, left: object, right: object): number {
  const [leftValue, rightValue] = [valueAt(left, path), valueAt(right, path)];
  const rank = typeRank(leftValue) - typeRank(rightValue);
  return rank || compareScalars(leftValue, rightValue);
}

/** Undefined, null, boolean, number, text. */
function typeRank(value: unknown): number {
  if (value === undefined) return 0;
  if (value === null) return 1;
  return ["boolean", "number", "string"].indexOf(typeof value) + 2;
}

function compareScalars(left: unknown, right: unknown): number {
  if (typeof left === "number" && typeof right === "number") return left - right;
  if (typeof left === "string" && typeof right === "string") return left < right ? -1 : Number(left > right);
  return Number(left) - Number(right) || 0;
}

function pathOf(dotted: string): Path {
  return dotted.split(".").slice(1);
}

function valueAt(document: object, path: Path): unknown {
  return path.reduce<unknown>(
    (value, name) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined,
    document,
  );
}

function unsupported(text: string): CosmosError {
  return new CosmosError(400, `the double does not know this part of the query language: ${text}`);
}
