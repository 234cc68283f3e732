import type * as z from "zod";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { type DiagnosticContext, diagnose } from "../diagnostics/diagnostic-rule.ts";
import {
  fieldFormat,
  fieldMissing,
  fieldRange,
  fieldUnknown,
  fieldValue,
  fieldWrongType,
} from "../diagnostics/document-diagnostics.ts";
import type { Place } from "../sources/place.ts";
import type { FieldPath, YamlDocument } from "../sources/yaml-document.ts";
import { DocumentDraft } from "./document-draft.ts";
import { type DocumentKind, type DocumentOf, documentKinds } from "./document-kinds.ts";
import { fieldNamesAt, meaningAt } from "./schema-fields.ts";
import { readIssues, type SchemaIssue } from "./schema-issues.ts";

/** A document of one kind as far as it could be used. */
export interface ValidDocument<Kind extends DocumentKind> {
  readonly kind: Kind;
  readonly name: string;
  /** `Kind/name`. */
  readonly id: string;
  readonly value: DocumentOf<Kind>;
  /** Place of a field of `value`. */
  locate(path: FieldPath): Place;
  /** Path of a field of `value` as it was written, such as `spec.nodePools[1].vmSize`. */
  written(path: FieldPath): string;
  /** Fields that were taken out because they could not be used, as written paths. */
  readonly broken: readonly string[];
}

/** What reading one document as its kind gave. */
export interface DocumentReading<Kind extends DocumentKind> {
  /** Undefined when not even the name can be used. */
  readonly document: ValidDocument<Kind> | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Issues beyond this many in one document say no more than that it is no such document. */
const MOST_PASSES = 200;

/**
 * Reads a document as its kind. What misses the schema is reported and taken out, so that the rest still counts; where
 * a required field is gone, the smallest part that can do without goes with it.
 */
export function validateDocument<Kind extends DocumentKind>(kind: Kind, document: YamlDocument): DocumentReading<Kind> {
  const schema: z.ZodType = documentKinds[kind];
  const draft = new DocumentDraft(document);
  const id = identity(kind, document.value);
  const diagnostics: Diagnostic[] = [];
  const broken: string[] = [];
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    const parsed = schema.safeParse(draft.value);
    if (parsed.success) {
      return { document: validDocument(kind, parsed.data as DocumentOf<Kind>, draft, broken), diagnostics };
    }
    const repair = repairIssues(readIssues(parsed.error.issues), { kind, schema, draft, id });
    diagnostics.push(...repair.diagnostics);
    broken.push(...repair.removed.map((path) => formatFieldPath(draft.original(path))));
    if (repair.removed.some((path) => path.length === 0)) break;
    draft.removeAll(repair.removed);
  }
  return { document: undefined, diagnostics };
}

/** `spec.nodePools[1].vmSize`. */
function formatFieldPath(path: FieldPath): string {
  return path.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[${key}]` : text === "" ? key : `${text}.${key}`),
    "",
  );
}

/** A value in few characters, for a message. */
function formatValue(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "a mapping";
  return typeof value === "string" ? `"${value.slice(0, 60)}"` : String(value);
}

interface Repair {
  readonly diagnostics: readonly Diagnostic[];
  /** Paths of the draft to take out. */
  readonly removed: readonly FieldPath[];
}

interface RepairContext {
  readonly kind: DocumentKind;
  readonly schema: z.ZodType;
  readonly draft: DocumentDraft;
  readonly id: string;
}

function repairIssues(issues: readonly SchemaIssue[], context: RepairContext): Repair {
  const diagnostics: Diagnostic[] = [];
  const removed = new Map<string, FieldPath>();
  for (const issue of issues) {
    const repair = repairIssue(issue, context);
    diagnostics.push(...repair.diagnostics);
    for (const path of repair.removed) removed.set(JSON.stringify(path), path);
  }
  // A part inside another part that goes need not go by itself.
  const outermost = [...removed.values()].filter(
    (path) => !path.some((_, end) => removed.has(JSON.stringify(path.slice(0, end)))),
  );
  return { diagnostics, removed: outermost };
}

function repairIssue(issue: SchemaIssue, context: RepairContext): Repair {
  const { draft } = context;
  if (issue.kind === "unknownFields") return removeUnknownFields(issue.path, issue.names, context);
  const found = draft.at(issue.path);
  if (found === undefined) return removeIncomplete(issue.path, context);
  if (
    issue.kind === "type" &&
    issue.types.includes("a text") &&
    (typeof found === "number" || typeof found === "boolean")
  ) {
    // Where a string is wanted, Kubernetes' YAML reader takes numbers and booleans as they are written.
    draft.replace(issue.path, draft.document.scalarText(draft.original(issue.path)) ?? String(found));
    return { diagnostics: [], removed: [] };
  }
  return { diagnostics: [describeIssue(issue, found, context)], removed: [issue.path] };
}

function removeUnknownFields(path: FieldPath, names: readonly string[], context: RepairContext): Repair {
  const known = fieldNamesAt(context.schema, path);
  const diagnostics = names.map((name) => {
    const fieldPath = [...path, name];
    const parameters = {
      field: formatFieldPath(context.draft.original(fieldPath)),
      kind: context.kind,
      name,
      candidates: known,
      elsewhere: misplaced(path, name, context.schema),
    };
    return diagnose(fieldUnknown, parameters, contextOf(fieldPath, context));
  });
  return { diagnostics, removed: names.map((name) => [...path, name]) };
}

/** A field of `spec` that was written beside it. */
function misplaced(path: FieldPath, name: string, schema: z.ZodType): string | undefined {
  return path.length === 0 && fieldNamesAt(schema, ["spec"]).includes(name) ? `spec.${name}` : undefined;
}

function removeIncomplete(path: FieldPath, context: RepairContext): Repair {
  const parent = path.slice(0, -1);
  // Said already, when it was taken out.
  if (context.draft.wasRemoved(path)) return { diagnostics: [], removed: [parent] };
  const field = formatFieldPath(context.draft.original(path));
  const parameters = { field: field === "" ? context.kind : field, meaning: meaningAt(context.schema, path) };
  return { diagnostics: [diagnose(fieldMissing, parameters, contextOf(parent, context))], removed: [parent] };
}

function describeIssue(
  issue: Exclude<SchemaIssue, { readonly kind: "unknownFields" }>,
  value: unknown,
  context: RepairContext,
): Diagnostic {
  const field = formatFieldPath(context.draft.original(issue.path)) || "The document";
  const found = formatValue(value);
  const meaning = meaningAt(context.schema, issue.path);
  const where = contextOf(issue.path, context);
  switch (issue.kind) {
    case "type": {
      const expected = [...issue.types, ...issue.allowed].join(" or ");
      return diagnose(fieldWrongType, { field, expected, found, meaning }, where);
    }
    case "value": {
      return diagnose(fieldValue, { field, found, allowed: issue.allowed }, where);
    }
    case "range":
      return diagnose(fieldRange, { field, found, expected: issue.expected, meaning }, where);
    case "format":
      return diagnose(fieldFormat, { field, found, expected: issue.expected, meaning }, where);
  }
}

function contextOf(path: FieldPath, context: RepairContext): DiagnosticContext {
  const { draft } = context;
  return { place: draft.document.locate(draft.original(path)), affects: [context.id] };
}

function validDocument<Kind extends DocumentKind>(
  kind: Kind,
  value: DocumentOf<Kind>,
  draft: DocumentDraft,
  broken: readonly string[],
): ValidDocument<Kind> {
  const { name } = value.metadata;
  return {
    kind,
    name,
    id: `${kind}/${name}`,
    value,
    locate: (path) => draft.document.locate(draft.original(path)),
    written: (path) => formatFieldPath(draft.original(path)),
    broken,
  };
}

/** `Kind/name` as far as the name can be read. */
function identity(kind: DocumentKind, value: unknown): string {
  const metadata = fieldOf(value, "metadata");
  const name = fieldOf(metadata, "name");
  return typeof name === "string" && name !== "" ? `${kind}/${name.slice(0, 253)}` : kind;
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as { readonly [key: string]: unknown })[key]
    : undefined;
}
