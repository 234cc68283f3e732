import type { Comparison, Condition } from "../judging/condition.ts";
import { parseDecimal } from "../judging/decimal.ts";

const token =
  /\s*(?:(&&|\|\||>=|<=|==|!=|[<>()!#,])|(\d+(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+)|([A-Za-z_]\w*(?:\[0\])?(?:\.\w+)*)|(-))/iy;
const mostTokens = 200;

/**
 * Reads a successCondition or failureCondition of Argo Rollouts (an expr-lang expression) of the forms in use: comparisons of
 * `result`, `result[0]` or `#` with a number, `len(result)` with 0, `isNaN`, `all` and `any` over the result, `true`, `false`, `!`, `&&`, `||`
 * (`and`, `or`, `not`) and parentheses. Undefined for anything else.
 */
export function parseCondition(text: string): Condition | undefined {
  const tokens = tokensOf(text);
  if (tokens === undefined) return undefined;
  const parser = new ConditionParser(tokens);
  const condition = parser.disjunction();
  return parser.atEnd ? condition : undefined;
}

function tokensOf(text: string): readonly string[] | undefined {
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.trimEnd().length) {
    const match = token.exec(text);
    if (match === null || tokens.length >= mostTokens) return undefined;
    tokens.push(match[0].trim());
  }
  return tokens.length === 0 ? undefined : tokens;
}

const flipped: { readonly [operator: string]: Comparison } = {
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
  "==": "==",
  "!=": "!=",
};

/** What stands on one side of a comparison. */
type Operand =
  | { readonly kind: "value" }
  | { readonly kind: "length" }
  | { readonly kind: "number"; readonly text: string };

class ConditionParser {
  readonly #tokens: readonly string[];
  #position = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  get atEnd(): boolean {
    return this.#position === this.#tokens.length;
  }

  disjunction(): Condition | undefined {
    return this.#chain("or", ["||", "or"], () => this.#chain("and", ["&&", "and"], () => this.#unary()));
  }

  #chain(kind: "and" | "or", operators: readonly string[], part: () => Condition | undefined): Condition | undefined {
    const parts: Condition[] = [];
    do {
      const next = part();
      if (next === undefined) return undefined;
      parts.push(next);
    } while (this.#take(...operators));
    const [only] = parts;
    return parts.length === 1 ? only : { kind, parts };
  }

  #unary(): Condition | undefined {
    if (this.#take("!", "not")) {
      const part = this.#unary();
      return part === undefined ? undefined : { kind: "not", part };
    }
    if (this.#take("true")) return { kind: "constant", value: true };
    if (this.#take("false")) return { kind: "constant", value: false };
    if (this.#take("(")) return this.#closed(this.disjunction());
    if (this.#take("isNaN")) return this.#test("isNaN");
    if (this.#take("all", "any")) return this.#overResult();
    return this.#comparison();
  }

  #test(kind: "isNaN"): Condition | undefined {
    if (!this.#take("(") || this.#operand()?.kind !== "value") return undefined;
    return this.#closed({ kind });
  }

  /** `all(result, # >= 0.95)`: the result is taken to be one value. */
  #overResult(): Condition | undefined {
    if (!this.#take("(") || !this.#take("result") || !this.#take(",")) return undefined;
    return this.#closed(this.disjunction());
  }

  #comparison(): Condition | undefined {
    const left = this.#operand();
    const operator = flipped[this.#tokens[this.#position] ?? ""];
    if (left === undefined || operator === undefined) return undefined;
    this.#position += 1;
    const right = this.#operand();
    if (right === undefined) return undefined;
    if (left.kind === "number") return compare(right, operator, left);
    return compare(left, flipped[operator] ?? operator, right);
  }

  #operand(): Operand | undefined {
    if (this.#take("result", "result[0]", "#")) return { kind: "value" };
    if (this.#take("len", "asFloat", "float", "asInt")) {
      const isLength = this.#tokens[this.#position - 1] === "len";
      if (!this.#take("(")) return undefined;
      const inner = this.#operand();
      if (!this.#take(")") || inner === undefined) return undefined;
      return isLength ? { kind: "length" } : inner;
    }
    const negative = this.#take("-");
    const text = this.#tokens[this.#position];
    if (text === undefined || parseDecimal(text) === undefined) return undefined;
    this.#position += 1;
    return { kind: "number", text: negative ? `-${text}` : text };
  }

  #closed(condition: Condition | undefined): Condition | undefined {
    return this.#take(")") ? condition : undefined;
  }

  #take(...tokens: readonly string[]): boolean {
    if (!tokens.includes(this.#tokens[this.#position] ?? "")) return false;
    this.#position += 1;
    return true;
  }
}

function compare(left: Operand, operator: Comparison, right: Operand): Condition | undefined {
  if (right.kind !== "number") return undefined;
  if (left.kind === "value") return { kind: "compare", operator, limit: right.text };
  if (left.kind !== "length") return undefined;
  const atZero = lengthHolds(operator, 0, Number(right.text));
  const atOne = lengthHolds(operator, 1, Number(right.text));
  if (atZero === atOne) return { kind: "constant", value: atZero };
  return atOne ? { kind: "hasValue" } : { kind: "not", part: { kind: "hasValue" } };
}

function lengthHolds(operator: Comparison, length: number, limit: number): boolean {
  switch (operator) {
    case "<":
      return length < limit;
    case "<=":
      return length <= limit;
    case ">":
      return length > limit;
    case ">=":
      return length >= limit;
    case "==":
      return length === limit;
    case "!=":
      return length !== limit;
  }
}

/** True where the expression looks at NaN, so that a query without requests is taken to give it. */
export function mentionsNaN(condition: Condition | undefined): boolean {
  if (condition === undefined) return false;
  switch (condition.kind) {
    case "isNaN":
      return true;
    case "not":
      return mentionsNaN(condition.part);
    case "and":
    case "or":
      return condition.parts.some(mentionsNaN);
    case "compare":
    case "hasValue":
    case "constant":
      return false;
  }
}
