import type * as z from "zod";
import type { FieldPath } from "../sources/yaml-document.ts";

/** One way in which a value misses its schema, with unions already decided. */
export type SchemaIssue =
  | { readonly kind: "unknownFields"; readonly path: FieldPath; readonly names: readonly string[] }
  /** `types` in words; `allowed` where single values would do as well. */
  | {
      readonly kind: "type";
      readonly path: FieldPath;
      readonly types: readonly string[];
      readonly allowed: readonly string[];
    }
  | { readonly kind: "value"; readonly path: FieldPath; readonly allowed: readonly string[] }
  | { readonly kind: "range"; readonly path: FieldPath; readonly expected: string }
  | { readonly kind: "format"; readonly path: FieldPath; readonly expected: string };

/** What the schema library calls a type, in words of YAML. */
const TYPE_WORDS: { readonly [type: string]: string } = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "a mapping",
  record: "a mapping",
  array: "a list",
};

/** The issues of a failed parse, in terms of the document. */
export function readIssues(issues: readonly z.core.$ZodIssue[]): readonly SchemaIssue[] {
  return issues.flatMap((issue) => readIssue(issue, []));
}

function readIssue(issue: z.core.$ZodIssue, base: FieldPath): readonly SchemaIssue[] {
  const path = [...base, ...issue.path.filter((key) => typeof key !== "symbol")];
  switch (issue.code) {
    case "unrecognized_keys":
      return [{ kind: "unknownFields", path, names: issue.keys }];
    case "invalid_type":
      return [{ kind: "type", path, types: [TYPE_WORDS[issue.expected] ?? issue.expected], allowed: [] }];
    case "invalid_value":
      return [{ kind: "value", path, allowed: issue.values.map(String) }];
    case "too_small":
      return [{ kind: "range", path, expected: smallest(issue) }];
    case "too_big":
      return [{ kind: "range", path, expected: greatest(issue) }];
    case "invalid_union":
      return decideUnion(issue.errors, path);
    case "invalid_key":
      return issue.issues.flatMap((inner) => readIssue({ ...inner, path: [] }, path));
    case "custom":
    case "invalid_element":
    case "invalid_format":
    case "not_multiple_of":
      return [{ kind: "format", path, expected: issue.message }];
  }
}

/**
 * Of the forms that a value may take, the one that was meant: the one whose outer type fits, with the fewest issues.
 * Where no outer type fits, all of them are named.
 */
function decideUnion(errors: readonly z.core.$ZodIssue[][], path: FieldPath): readonly SchemaIssue[] {
  const options = errors.map((issues) => issues.flatMap((issue) => readIssue(issue, path)));
  const misfits = options.filter((issues) => issues.some((issue) => isOuter(issue, path)));
  const fitting = options.filter((issues) => !misfits.includes(issues));
  const [first, ...others] = fitting;
  const formats = fitting
    .flatMap((issues) => (issues.length === 1 ? issues : []))
    .filter((issue) => issue.kind === "format");
  if (formats.length > 1 && formats.length === fitting.length) {
    return [{ kind: "format", path, expected: formats.map((issue) => issue.expected).join(" or ") }];
  }
  if (first !== undefined) return others.reduce((best, issues) => (issues.length < best.length ? issues : best), first);
  const outer = misfits.flatMap((issues) => issues.filter((issue) => isOuter(issue, path)));
  const types = outer.flatMap((issue) => (issue.kind === "type" ? issue.types : []));
  const allowed = outer.flatMap((issue) => (issue.kind === "type" || issue.kind === "value" ? issue.allowed : []));
  if (types.length === 0) return [{ kind: "value", path, allowed: [...new Set(allowed)] }];
  return [{ kind: "type", path, types: [...new Set(types)], allowed: [...new Set(allowed)] }];
}

function isOuter(issue: SchemaIssue, path: FieldPath): boolean {
  return issue.path.length === path.length && (issue.kind === "type" || issue.kind === "value");
}

function smallest(issue: z.core.$ZodIssueTooSmall): string {
  if (issue.origin === "string") return "not empty";
  if (issue.origin === "array") return `a list of at least ${issue.minimum}`;
  return issue.inclusive === false ? `above ${issue.minimum}` : `at least ${issue.minimum}`;
}

function greatest(issue: z.core.$ZodIssueTooBig): string {
  if (issue.origin === "string") return `at most ${issue.maximum} characters long`;
  if (issue.origin === "array") return `a list of at most ${issue.maximum}`;
  return issue.inclusive === false ? `below ${issue.maximum}` : `at most ${issue.maximum}`;
}
