import { isInteger, isLabelKey, isLabelValue, type LabelRequirement, type LabelSelector } from "./selector.ts";

/** The selector that a text stands for, or what is wrong with the text, as a clause. */
export type ParsedSelector =
  | { readonly kind: "selector"; readonly selector: LabelSelector }
  | { readonly kind: "problem"; readonly text: string };

/** Marks texts that are no selector, inside this file only. */
class SelectorProblem extends Error {}

interface Tokens {
  readonly list: readonly string[];
  next: number;
}

const TOKEN = /[ \t\r\n]+|(!=|==|[=!(),<>]|[^ \t\r\n=!(),<>]+)/g;
const SYMBOL = /^(?:!=|==|[=!(),<>])$/;

/**
 * Parses the string form of a label selector as `labels.Parse` of Kubernetes does: `app=web,tier in (a,b),!legacy`. The
 * empty text selects everything.
 */
export function parseLabelSelector(text: string): ParsedSelector {
  const list = [...text.matchAll(TOKEN)].flatMap(([, token]) => (token === undefined ? [] : [token]));
  try {
    return { kind: "selector", selector: { requirements: parseRequirements({ list, next: 0 }).toSorted(byKey) } };
  } catch (error) {
    if (error instanceof SelectorProblem) return { kind: "problem", text: error.message };
    throw error;
  }
}

function parseRequirements(tokens: Tokens): LabelRequirement[] {
  const requirements: LabelRequirement[] = [];
  if (peek(tokens) === undefined) return requirements;
  for (;;) {
    requirements.push(parseRequirement(tokens));
    const separator = take(tokens);
    if (separator === undefined) return requirements;
    if (separator !== ",") throw unexpected(separator, '"," or the end');
  }
}

function parseRequirement(tokens: Tokens): LabelRequirement {
  const negated = peek(tokens) === "!";
  if (negated) take(tokens);
  const key = take(tokens);
  if (!isWord(key)) throw unexpected(key, "a label key");
  if (!isLabelKey(key)) throw new SelectorProblem(`"${key}" is not a valid label key`);
  if (negated) return { key, operator: "DoesNotExist", values: [] };
  if (peek(tokens) === undefined || peek(tokens) === ",") return { key, operator: "Exists", values: [] };
  return parseOperation(key, tokens);
}

function parseOperation(key: string, tokens: Tokens): LabelRequirement {
  const operator = take(tokens);
  switch (operator ?? "") {
    case "=":
    case "==":
      return { key, operator: "In", values: [parseValue(tokens)] };
    case "!=":
      return { key, operator: "NotIn", values: [parseValue(tokens)] };
    case "in":
      return { key, operator: "In", values: parseValues(tokens) };
    case "notin":
      return { key, operator: "NotIn", values: parseValues(tokens) };
    case ">":
      return { key, operator: "Gt", values: [integer(parseValue(tokens))] };
    case "<":
      return { key, operator: "Lt", values: [integer(parseValue(tokens))] };
    default:
      throw unexpected(operator, "=, ==, !=, in, notin, > or <");
  }
}

function parseValue(tokens: Tokens): string {
  if (peek(tokens) === undefined || peek(tokens) === ",") return "";
  const value = take(tokens);
  if (!isWord(value)) throw unexpected(value, "a label value");
  return valid(value);
}

/** `(a,b)`; an empty place between commas or brackets is the empty value, so that `()` holds one. */
function parseValues(tokens: Tokens): readonly string[] {
  const open = take(tokens);
  if (open !== "(") throw unexpected(open, '"("');
  const values = new Set<string>();
  for (;;) {
    const value = peek(tokens);
    if (value === "," || value === ")") values.add("");
    else if (isWord(value)) values.add(valid(take(tokens) ?? ""));
    else throw unexpected(value, 'a label value, "," or ")"');
    const separator = take(tokens);
    if (separator === ")") return [...values].toSorted();
    if (separator !== ",") throw unexpected(separator, '"," or ")"');
  }
}

function valid(value: string): string {
  if (!isLabelValue(value)) throw new SelectorProblem(`"${value}" is not a valid label value`);
  return value;
}

function integer(value: string): string {
  if (!isInteger(value)) throw new SelectorProblem(`"${value}" is not an integer`);
  return value;
}

function peek(tokens: Tokens): string | undefined {
  return tokens.list[tokens.next];
}

function take(tokens: Tokens): string | undefined {
  const token = tokens.list[tokens.next];
  tokens.next += 1;
  return token;
}

function isWord(token: string | undefined): token is string {
  return token !== undefined && !SYMBOL.test(token);
}

function unexpected(found: string | undefined, expected: string): SelectorProblem {
  return new SelectorProblem(`found ${found === undefined ? "the end" : `"${found}"`} where ${expected} should stand`);
}

function byKey(left: LabelRequirement, right: LabelRequirement): number {
  return left.key < right.key ? -1 : left.key > right.key ? 1 : 0;
}
