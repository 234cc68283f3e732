import type { DiagnosticRule } from "./diagnostic-rule.ts";
import { nearestName } from "./nearest-name.ts";
import { didYouMean, listed, type Suggesting, shorten } from "./wording.ts";

export const documentKindUnknown: DiagnosticRule<Suggesting & { readonly kind: string; readonly apiVersion: string }> =
  {
    code: "EST-200",
    name: "document-kind-unknown",
    severity: "error",
    message: ({ kind, apiVersion }) =>
      `${shorten(kind)} is no kind of ${shorten(apiVersion)}, so this document is not used.`,
    hint: ({ kind, candidates }) => didYouMean(kind, candidates),
  };

export const documentVersionUnknown: DiagnosticRule<{ readonly apiVersion: string; readonly known: string }> = {
  code: "EST-201",
  name: "document-version-unknown",
  severity: "error",
  message: ({ apiVersion }) => `Documents of ${shorten(apiVersion)} cannot be read, so this one is not used.`,
  hint: ({ known }) => `Did you mean ${known}?`,
};

export const documentNotRead: DiagnosticRule<{ readonly kind: string }> = {
  code: "EST-202",
  name: "document-not-read",
  severity: "note",
  message: ({ kind }) => `OpenSLO documents of kind ${shorten(kind)} are kept but say nothing that is used here.`,
  hint: () => "Objectives are read from documents of kind SLO, SLI, AlertPolicy and AlertCondition.",
};

export const fieldUnknown: DiagnosticRule<
  Suggesting & {
    readonly field: string;
    readonly name: string;
    readonly kind: string;
    readonly elsewhere: string | undefined;
  }
> = {
  code: "EST-203",
  name: "document-field-unknown",
  severity: "error",
  message: ({ field, kind }) => `${shorten(field)} is no field of ${shorten(kind)} and is not used.`,
  hint: ({ name, candidates, elsewhere }) =>
    elsewhere !== undefined && nearestName(name, candidates) === undefined
      ? `Did you mean ${elsewhere}?`
      : didYouMean(name, candidates),
};

export const fieldWrongType: DiagnosticRule<{
  readonly field: string;
  readonly expected: string;
  readonly found: string;
  readonly meaning: string | undefined;
}> = {
  code: "EST-204",
  name: "document-field-type",
  severity: "error",
  message: ({ field, expected, found }) => `${shorten(field)} must be ${expected}, but is ${shorten(found)}.`,
  hint: ({ expected, meaning }) => meaning ?? `Write ${expected} here.`,
};

export const fieldMissing: DiagnosticRule<{ readonly field: string; readonly meaning: string | undefined }> = {
  code: "EST-205",
  name: "document-field-missing",
  severity: "error",
  message: ({ field }) => `${shorten(field)} is missing.`,
  hint: ({ field, meaning }) => meaning ?? `Add ${shorten(field)}; "scantling explain Kind.field" says what it holds.`,
};

export const fieldFormat: DiagnosticRule<{
  readonly field: string;
  readonly expected: string;
  readonly found: string;
  readonly meaning: string | undefined;
}> = {
  code: "EST-206",
  name: "document-field-format",
  severity: "error",
  message: ({ field, expected, found }) => `${shorten(field)} must be ${expected}, but is ${shorten(found)}.`,
  hint: ({ expected, meaning }) => meaning ?? `Write ${expected} here.`,
};

export const fieldValue: DiagnosticRule<{
  readonly field: string;
  readonly found: string;
  readonly allowed: readonly string[];
}> = {
  code: "EST-207",
  name: "document-field-value",
  severity: "error",
  message: ({ field, found, allowed }) =>
    `${shorten(field)} is ${shorten(found)}, but must be one of ${listed(allowed)}.`,
  hint: ({ found, allowed }) => didYouMean(found.replace(/^"|"$/g, ""), allowed),
};

export const fieldRange: DiagnosticRule<{
  readonly field: string;
  readonly found: string;
  readonly expected: string;
  readonly meaning: string | undefined;
}> = {
  code: "EST-208",
  name: "document-field-range",
  severity: "error",
  message: ({ field, found, expected }) => `${shorten(field)} is ${shorten(found)}, but must be ${expected}.`,
  hint: ({ expected, meaning }) => meaning ?? `Write a value that is ${expected}.`,
};

/** Rules of the kinds and fields of documents, for the catalogue. */
export const documentDiagnosticRules = [
  documentKindUnknown,
  documentVersionUnknown,
  documentNotRead,
  fieldUnknown,
  fieldWrongType,
  fieldMissing,
  fieldFormat,
  fieldValue,
  fieldRange,
] as const;
