/**
 * What a metric's value has to fulfil, as far as rollout tools write it. Limits keep their decimal text, so that 99.9 % of
 * 1000 requests is 999 and not a double beside it.
 */
export type Condition =
  | { readonly kind: "compare"; readonly operator: Comparison; readonly limit: string }
  | { readonly kind: "isNaN" }
  | { readonly kind: "hasValue" }
  | { readonly kind: "constant"; readonly value: boolean }
  | { readonly kind: "not"; readonly part: Condition }
  | { readonly kind: "and" | "or"; readonly parts: readonly Condition[] };

export type Comparison = "<" | "<=" | ">" | ">=" | "==" | "!=";

/**
 * Where a value lies: how it compares with a limit (negative, zero or positive), or NaN, as a ratio is without traffic. Every comparison with
 * NaN is false but `!=`.
 */
type Position = (limit: string) => number;

/** Whether the condition holds for a value that lies there. */
export function holds(condition: Condition, position: Position): boolean {
  switch (condition.kind) {
    case "compare":
      return compares(condition.operator, position(condition.limit));
    case "isNaN":
      return Number.isNaN(position("0"));
    case "hasValue":
      return true;
    case "constant":
      return condition.value;
    case "not":
      return !holds(condition.part, position);
    case "and":
      return condition.parts.every((part) => holds(part, position));
    case "or":
      return condition.parts.some((part) => holds(part, position));
  }
}

/**
 * Whether the condition holds for an empty result: looking at its value is an error, unless the part before has decided.
 */
export function holdsWithoutValue(condition: Condition): boolean | "error" {
  switch (condition.kind) {
    case "compare":
    case "isNaN":
      return "error";
    case "hasValue":
      return false;
    case "constant":
      return condition.value;
    case "not": {
      const part = holdsWithoutValue(condition.part);
      return part === "error" ? part : !part;
    }
    case "and":
    case "or": {
      const decisive = condition.kind === "or";
      for (const part of condition.parts) {
        const result = holdsWithoutValue(part);
        if (result === "error" || result === decisive) return result;
      }
      return !decisive;
    }
  }
}

function compares(operator: Comparison, sign: number): boolean {
  switch (operator) {
    case "<":
      return sign < 0;
    case "<=":
      return sign <= 0;
    case ">":
      return sign > 0;
    case ">=":
      return sign >= 0;
    case "==":
      return sign === 0;
    case "!=":
      return sign !== 0;
  }
}

/** Every comparison of a condition, from left to right. */
export function comparisonsOf(
  condition: Condition,
): readonly { readonly operator: Comparison; readonly limit: string }[] {
  switch (condition.kind) {
    case "compare":
      return [condition];
    case "not":
      return comparisonsOf(condition.part);
    case "and":
    case "or":
      return condition.parts.flatMap(comparisonsOf);
    case "isNaN":
    case "hasValue":
    case "constant":
      return [];
  }
}
