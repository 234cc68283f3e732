import type { DiagnosticRule } from "./diagnostic-rule.ts";
import { shorten } from "./wording.ts";

export const malformedXml: DiagnosticRule<{ readonly fault: string }> = {
  code: "EST-800",
  name: "xml-malformed",
  severity: "error",
  message: ({ fault }) => `The file is no XML document: ${shorten(fault)}`,
  hint: () => "Correct the file at this place, or export it again from the tool that wrote it.",
};

export const notOpenPsa: DiagnosticRule<{ readonly element: string }> = {
  code: "EST-801",
  name: "not-open-psa",
  severity: "error",
  message: ({ element }) => `The document begins with <${shorten(element)}>, an Open-PSA model with <opsa-mef>.`,
  hint: () => "Name a file in the Open-PSA Model Exchange Format.",
};

export const unknownOpenPsaElement: DiagnosticRule<{ readonly element: string; readonly where: string }> = {
  code: "EST-802",
  name: "open-psa-element-unknown",
  severity: "error",
  message: ({ element, where }) => `<${shorten(element)}> is not known in ${where}.`,
  hint: () => "Write it with elements of fault trees in the Open-PSA Model Exchange Format 2.0.",
};

export const undefinedOpenPsaName: DiagnosticRule<{
  readonly name: string;
  readonly what: string;
  readonly suggestion: string | undefined;
}> = {
  code: "EST-803",
  name: "open-psa-name-undefined",
  severity: "error",
  message: ({ name, what }) => `No ${what} called "${shorten(name)}" is defined.`,
  hint: ({ suggestion }) =>
    suggestion === undefined
      ? "Define it, or name the file that defines it as well: a model may be spread over several files."
      : `Did you mean "${shorten(suggestion)}"?`,
};

export const duplicateOpenPsaName: DiagnosticRule<{ readonly name: string; readonly first: string }> = {
  code: "EST-804",
  name: "open-psa-name-duplicate",
  severity: "error",
  message: ({ name, first }) => `"${shorten(name)}" is defined before, at ${first}; the first definition is kept.`,
  hint: () => "Names are shared by gates, basic events and house events: rename one of the two.",
};

export const cyclicOpenPsaDefinition: DiagnosticRule<{ readonly path: readonly string[] }> = {
  code: "EST-805",
  name: "open-psa-cycle",
  severity: "error",
  message: ({ path }) => `${path.map(shorten).join(" -> ")} depends on itself.`,
  hint: () => "Remove one of these references: a fault tree has no cycles.",
};

export const missingProbability: DiagnosticRule<{ readonly event: string }> = {
  code: "EST-806",
  name: "probability-missing",
  severity: "error",
  message: ({ event }) => `Basic event "${shorten(event)}" has no probability.`,
  hint: () => 'Give it one, such as <float value="1e-4"/>.',
};

export const impossibleProbability: DiagnosticRule<{ readonly event: string; readonly value: number }> = {
  code: "EST-807",
  name: "probability-impossible",
  severity: "error",
  message: ({ event, value }) => `The probability of "${shorten(event)}" is ${value}; it must lie between 0 and 1.`,
  hint: () => "Correct the number, or the parameters that it is computed from.",
};

export const impossibleExpression: DiagnosticRule<{ readonly operator: string; readonly fault: string }> = {
  code: "EST-808",
  name: "expression-impossible",
  severity: "error",
  message: ({ operator, fault }) => `<${shorten(operator)}> has no value: ${fault}.`,
  hint: () => "Correct its arguments.",
};

export const notAnalysed: DiagnosticRule<{ readonly element: string; readonly count: number }> = {
  code: "EST-809",
  name: "open-psa-not-analysed",
  severity: "warning",
  message: ({ element, count }) =>
    `${count} <${shorten(element)}> ${count === 1 ? "is" : "are"} not analysed: only fault trees are.`,
  hint: () => "Their effect is not in the figures; analyse them with a tool for event trees.",
};

export const impossibleCommonCause: DiagnosticRule<{ readonly group: string; readonly fault: string }> = {
  code: "EST-810",
  name: "common-cause-impossible",
  severity: "error",
  message: ({ group, fault }) => `Common-cause group "${shorten(group)}" cannot be used: ${fault}.`,
  hint: () => "Correct its members and factors.",
};

export const noTopEvent: DiagnosticRule<{
  readonly name: string | undefined;
  /** The gates that no gate refers to, as a list in words; undefined where there is none. */
  readonly tops: string | undefined;
}> = {
  code: "EST-811",
  name: "top-event-missing",
  severity: "error",
  message: ({ name }) =>
    name === undefined ? "The model has no gate." : `The model has no gate called "${shorten(name)}".`,
  hint: ({ tops }) => (tops === undefined ? "Define a gate." : `Its top events are ${tops}.`),
};

export const badOpenPsaAttribute: DiagnosticRule<{
  readonly element: string;
  readonly attribute: string;
  readonly value: string | undefined;
  readonly wanted: string;
}> = {
  code: "EST-812",
  name: "open-psa-attribute",
  severity: "error",
  message: ({ element, attribute, value, wanted }) =>
    value === undefined
      ? `<${shorten(element)}> has no attribute ${attribute}; it must be ${wanted}.`
      : `Attribute ${attribute} of <${shorten(element)}> is "${shorten(value)}"; it must be ${wanted}.`,
  hint: ({ wanted }) => `Write ${wanted}.`,
};

export const wrongArgumentCount: DiagnosticRule<{
  readonly element: string;
  readonly count: number;
  readonly wanted: string;
}> = {
  code: "EST-813",
  name: "open-psa-arguments",
  severity: "error",
  message: ({ element, count, wanted }) => `<${shorten(element)}> has ${count} arguments; it takes ${wanted}.`,
  hint: ({ wanted }) => `Give it ${wanted}.`,
};

/** Every rule of fault trees in Open-PSA files, for the catalogue. */
export const openPsaDiagnosticRules = [
  malformedXml,
  notOpenPsa,
  unknownOpenPsaElement,
  undefinedOpenPsaName,
  duplicateOpenPsaName,
  cyclicOpenPsaDefinition,
  missingProbability,
  impossibleProbability,
  impossibleExpression,
  notAnalysed,
  impossibleCommonCause,
  noTopEvent,
  badOpenPsaAttribute,
  wrongArgumentCount,
];
