import type { DiagnosticRule } from "./diagnostic-rule.ts";

/** The text breaks the grammar of YAML in a way that no narrower rule names; `reason` is a clause. */
export const yamlSyntax: DiagnosticRule<{ readonly reason: string }> = {
  code: "EST-001",
  name: "yaml-syntax",
  severity: "error",
  message: ({ reason }) => `This is not valid YAML: ${reason}.`,
  hint: () => "Correct the text at this place; when it looks right, the mistake is in the lines just above it.",
};

export const tabIndentation: DiagnosticRule<Record<never, never>> = {
  code: "EST-002",
  name: "tab-indentation",
  severity: "error",
  message: () => "A tab is used for indentation.",
  hint: () => "YAML does not allow tabs for indentation; use spaces.",
};

export const unclosedQuote: DiagnosticRule<{ readonly quote: "single" | "double" }> = {
  code: "EST-003",
  name: "unclosed-quote",
  severity: "error",
  message: ({ quote }) => `The ${quote}-quoted text that starts here is never closed.`,
  hint: ({ quote }) => `Add the closing ${quote === "single" ? "'" : '"'}.`,
};

export const badIndentation: DiagnosticRule<{ readonly what: string }> = {
  code: "EST-004",
  name: "bad-indentation",
  severity: "error",
  message: ({ what }) => `The indentation of this ${what} does not fit the lines above it.`,
  hint: () => "Entries of one mapping or list start in the same column; what belongs to an entry is indented deeper.",
};

export const duplicateKey: DiagnosticRule<{ readonly key: string; readonly firstLine: number | undefined }> = {
  code: "EST-005",
  name: "duplicate-key",
  severity: "error",
  message: ({ key, firstLine }) =>
    `The key "${shorten(key)}" is set twice in one mapping${firstLine === undefined ? "" : ` (first on line ${firstLine})`}.`,
  hint: () => "Keep one of the two: which one counts differs between tools.",
};

export const nestingTooDeep: DiagnosticRule<{ readonly limit: number }> = {
  code: "EST-006",
  name: "nesting-too-deep",
  severity: "error",
  message: ({ limit }) => `The document is nested deeper than ${limit} levels.`,
  hint: () => "Write it with fewer levels; no Kubernetes object comes near this limit.",
};

export const aliasExpansion: DiagnosticRule<{ readonly limit: number }> = {
  code: "EST-007",
  name: "alias-expansion",
  severity: "error",
  message: ({ limit }) => `Aliases expand the document to more than ${limit} values.`,
  hint: () => "Aliases that refer to anchors full of aliases multiply; write the data out.",
};

export const badAlias: DiagnosticRule<{ readonly name: string; readonly cyclic: boolean }> = {
  code: "EST-008",
  name: "bad-alias",
  severity: "error",
  message: ({ name, cyclic }) =>
    cyclic
      ? `The alias "*${shorten(name)}" stands inside its own anchor.`
      : `The alias "*${shorten(name)}" has no anchor "&${shorten(name)}" above it in the same document.`,
  hint: ({ name, cyclic }) =>
    cyclic
      ? "Take the alias out: an anchor cannot hold itself."
      : `Add the anchor &${shorten(name)} above it in the same document, or quote the value when it is a text that starts with "*".`,
};

export const notText: DiagnosticRule<{ readonly character: string }> = {
  code: "EST-009",
  name: "not-text",
  severity: "error",
  message: ({ character }) => `The file is not text: it holds the character ${character}.`,
  hint: () => "Only YAML and JSON texts in UTF-8 are read.",
};

export const notJsonData: DiagnosticRule<{ readonly text: string; readonly reason: string }> = {
  code: "EST-011",
  name: "not-json-data",
  severity: "error",
  message: ({ text, reason }) => `"${shorten(text)}" cannot be used: ${reason}.`,
  hint: () => "Put quotes around it when a text is meant; otherwise write a value that JSON can hold.",
};

export const badTag: DiagnosticRule<{ readonly tag: string; readonly text: string }> = {
  code: "EST-012",
  name: "bad-tag",
  severity: "error",
  message: ({ tag, text }) => `"${shorten(text)}" is not a value of the tag ${tag}.`,
  hint: ({ tag }) => `Take the tag ${tag} out, or write a value of that type.`,
};

export const unquotedColon: DiagnosticRule<Record<never, never>> = {
  code: "EST-014",
  name: "unquoted-colon",
  severity: "error",
  message: () => 'A second ":" stands in this line, so that the value before it cannot be one text.',
  hint: () => "Put the value in quotes, or the inner key on a line of its own.",
};

export const reservedCharacter: DiagnosticRule<{ readonly character: string }> = {
  code: "EST-015",
  name: "reserved-character",
  severity: "error",
  message: ({ character }) => `An unquoted value cannot start with "${character}".`,
  hint: () => "Put the value in quotes.",
};

export const missingColon: DiagnosticRule<Record<never, never>> = {
  code: "EST-016",
  name: "missing-colon",
  severity: "error",
  message: () => 'This line has no ":" with a space after its key, or the line below it is indented too deep.',
  hint: () => "Write `key: value` with a space after the colon, and indent the line below no deeper than its siblings.",
};

export const unclosedBracket: DiagnosticRule<{ readonly bracket: "[" | "{" }> = {
  code: "EST-017",
  name: "unclosed-bracket",
  severity: "error",
  message: ({ bracket }) => `The "${bracket}" that stands here is never closed.`,
  hint: ({ bracket }) =>
    `Add the closing "${bracket === "[" ? "]" : "}"}" behind its last entry, or quote the value when a text is meant.`,
};

export const unrenderedTemplate: DiagnosticRule<Record<never, never>> = {
  code: "EST-018",
  name: "unrendered-template",
  severity: "error",
  message: () => 'This is a Helm or Go template, which must be rendered first: "{{" starts an action of it.',
  hint: () =>
    "Render it and pipe the result in: helm template RELEASE CHART | scantling assess - (quote the value when the braces are meant as text).",
};

export const badMerge: DiagnosticRule<Record<never, never>> = {
  code: "EST-013",
  name: "bad-merge",
  severity: "error",
  message: () => 'The merge key "<<" needs a mapping or a list of mappings.',
  hint: () => "Merge an alias of a mapping, such as `<<: *defaults`, or a list of such aliases.",
};

/** Cuts hostile lengths, so that a message stays one readable sentence. */
function shorten(text: string): string {
  const flat = text.replace(/\s+/g, " ");
  return flat.length <= 60 ? flat : `${flat.slice(0, 57)}...`;
}

/** Every rule of reading texts, for the catalogue. */
export const readingDiagnosticRules = [
  yamlSyntax,
  tabIndentation,
  unclosedQuote,
  badIndentation,
  duplicateKey,
  nestingTooDeep,
  aliasExpansion,
  badAlias,
  notText,
  notJsonData,
  badTag,
  badMerge,
  unquotedColon,
  reservedCharacter,
  missingColon,
  unclosedBracket,
  unrenderedTemplate,
] as const;
