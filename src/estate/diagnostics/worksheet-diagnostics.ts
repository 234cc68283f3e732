import type { DiagnosticRule } from "./diagnostic-rule.ts";

export const unreadableWorksheet: DiagnosticRule<{ readonly reason: string }> = {
  code: "EST-837",
  name: "worksheet-unreadable",
  severity: "error",
  message: ({ reason }) => `The worksheet cannot be read: ${reason}.`,
  hint: () => "Write a CSV file whose first line is: name,availability,structure",
};

export const worksheetNumber: DiagnosticRule<{
  readonly text: string;
  readonly name: string;
  readonly wanted: string;
}> = {
  code: "EST-838",
  name: "worksheet-number",
  severity: "error",
  message: ({ text, name, wanted }) => `"${text}" of "${name}" is no ${wanted}.`,
  hint: () => "Write an availability as 99.95, 99.95% or 0.9995, and a number of regions or instances from 1 to 100.",
};

export const worksheetStructure: DiagnosticRule<{ readonly text: string; readonly name: string }> = {
  code: "EST-839",
  name: "worksheet-structure",
  severity: "error",
  message: ({ text, name }) => `"${text}" of "${name}" is no structure that is known.`,
  hint: () => "Write serial, parallel GROUP, shared, regions, result or result region.",
};

export const worksheetWithoutResult: DiagnosticRule<Record<never, never>> = {
  code: "EST-840",
  name: "worksheet-without-result",
  severity: "warning",
  message: () => "The worksheet publishes no result, so there is nothing to prove or refute.",
  hint: () => "Add a row whose structure is result, with the availability as it is published.",
};

export const worksheetDiagnosticRules = [
  unreadableWorksheet,
  worksheetNumber,
  worksheetStructure,
  worksheetWithoutResult,
];
