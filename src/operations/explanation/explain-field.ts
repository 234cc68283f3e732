import { type DocumentKind, documentKindNames } from "../../estate/kinds/document-kinds.ts";
import { type FieldDescription, fieldDescriptions } from "../../estate/kinds/schema-fields.ts";

/** A field of the estate's documents, with the fields right below it. */
export interface FieldExplanation {
  readonly kind: DocumentKind;
  /** Empty path and description: the kind itself. */
  readonly field: FieldDescription | undefined;
  readonly children: readonly FieldDescription[];
}

/** Looks up `Cluster`, `Cluster.spec.tier` or `Cluster.spec.nodePools[].vmSize`; list marks may be left out. Undefined: no such field. */
export function explainField(name: string): FieldExplanation | undefined {
  const [kindName = "", ...rest] = name.split(".");
  const kind = documentKindNames.find((candidate) => candidate.toLowerCase() === kindName.toLowerCase());
  if (kind === undefined) return undefined;
  const fields = fieldDescriptions(kind);
  const path = withoutListMarks(rest.join("."));
  if (path === "") return { kind, field: undefined, children: fields.filter((field) => depth(field.path) <= 2) };
  const field = fields.find((candidate) => withoutListMarks(candidate.path) === path);
  if (field === undefined) return undefined;
  return { kind, field, children: fields.filter((candidate) => isChild(candidate.path, field.path)) };
}

/** Every field as `Kind.path`, for suggestions. */
export function fieldNames(): readonly string[] {
  return documentKindNames.flatMap((kind) =>
    fieldDescriptions(kind).map((field) => `${kind}.${withoutListMarks(field.path)}`),
  );
}

function withoutListMarks(path: string): string {
  return path.replaceAll("[]", "");
}

function depth(path: string): number {
  return path.split(".").length;
}

function isChild(path: string, parent: string): boolean {
  const plain = withoutListMarks(path);
  const prefix = `${withoutListMarks(parent)}.`;
  return plain.startsWith(prefix) && !plain.slice(prefix.length).replace(/^\*\./, "").includes(".");
}
