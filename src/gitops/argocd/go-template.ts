import { valueAt } from "../../estate/kubernetes/json-value.ts";

/** What a template gives, or why it cannot be said. */
export type Expanded = { readonly text: string } | { readonly problem: string };

const functions: { readonly [name: string]: (value: unknown, ...more: readonly unknown[]) => unknown } = {
  toJson: (value) => JSON.stringify(value),
  quote: (value) => JSON.stringify(String(value)),
  lower: (value) => String(value).toLowerCase(),
  upper: (value) => String(value).toUpperCase(),
  normalize: (value) =>
    String(value)
      .toLowerCase()
      .replaceAll(/[^a-z0-9.-]+/g, "-"),
  trimSuffix: (value, suffix) =>
    String(value).endsWith(String(suffix)) ? String(value).slice(0, -String(suffix).length) : value,
  trimPrefix: (value, prefix) =>
    String(value).startsWith(String(prefix)) ? String(value).slice(String(prefix).length) : value,
  replace: (value, from, to) => String(value).replaceAll(String(from), String(to)),
  default: (value, otherwise) => (value === undefined || value === "" ? otherwise : value),
};

/**
 * A text with its actions filled in, for the part of Go templates that generators use: fields, `index`, and pipelines of
 * common functions. Anything else is a problem, never a guess. A field that is missing is one too, as with
 * `missingkey=error`.
 */
export function expandTemplate(text: string, parameters: unknown): Expanded {
  let problem: string | undefined;
  const expanded = text.replaceAll(/\{\{-?\s*(.*?)\s*-?\}\}/g, (_, action: string) => {
    const result = evaluate(action, parameters);
    if ("problem" in result) {
      problem ??= result.problem;
      return "";
    }
    return typeof result.value === "string" ? result.value : JSON.stringify(result.value);
  });
  return problem === undefined ? { text: expanded } : { problem };
}

type Evaluated = { readonly value: unknown } | { readonly problem: string };

function evaluate(action: string, parameters: unknown): Evaluated {
  const [first = "", ...pipes] = action.split(/\s*\|\s*/);
  let result = operand(first, parameters);
  for (const pipe of pipes) {
    if ("problem" in result) return result;
    result = apply(pipe, result.value);
  }
  return result;
}

function apply(call: string, value: unknown): Evaluated {
  const [name = "", ...words] = wordsOf(call);
  const run = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (run === undefined) return { problem: `function ${name} of {{ ${call} }}` };
  return { value: run(value, ...words.map((word) => literal(word))) };
}

function operand(text: string, parameters: unknown): Evaluated {
  const words = wordsOf(text);
  const [head = "", ...rest] = words;
  if (head === "index") {
    const [of = "", ...steps] = rest;
    const found = field(of, parameters);
    if ("problem" in found) return found;
    return present(valueAt(found.value, steps.map(literal).map(stepOf)), text);
  }
  if (Object.hasOwn(functions, head) && rest.length > 0) {
    const last = operand(rest.at(-1) ?? "", parameters);
    return "problem" in last ? last : apply([head, ...rest.slice(0, -1)].join(" "), last.value);
  }
  if (words.length === 1 && head.startsWith(".")) return field(head, parameters);
  if (words.length === 1 && head.startsWith('"')) return { value: literal(head) };
  return { problem: `{{ ${text} }}` };
}

function field(text: string, parameters: unknown): Evaluated {
  if (!/^\.[\w.-]*$/.test(text)) return { problem: `{{ ${text} }}` };
  return present(
    valueAt(
      parameters,
      text.split(".").filter((step) => step !== ""),
    ),
    text,
  );
}

function present(value: unknown, text: string): Evaluated {
  return value === undefined ? { problem: `no value for {{ ${text} }}` } : { value };
}

function stepOf(value: unknown): string | number {
  return typeof value === "number" ? value : String(value);
}

function wordsOf(text: string): readonly string[] {
  return text.match(/"(?:[^"\\]|\\.)*"|\S+/g) ?? [];
}

function literal(word: string): unknown {
  if (/^-?\d+$/.test(word)) return Number(word);
  if (/^".*"$/.test(word)) {
    try {
      return JSON.parse(word);
    } catch {
      return word;
    }
  }
  return word;
}
