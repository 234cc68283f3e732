import { diagnosticCatalogue } from "../../src/estate/diagnostics/catalogue.ts";

/** `docs/reference/diagnostics.md`: every problem that loading can report. */
export function diagnosticsReference(): string {
  return [
    "# Diagnostics",
    "",
    "Problems of reading, rendering and references. An error means that what it names could not be used; the rest of the input still counts, and what depended on the broken part is not evaluable. Each message names its place and what to do.",
    "",
    "| code | name | severity |",
    "| --- | --- | --- |",
    ...diagnosticCatalogue.map(({ code, name, severity }) => `| ${code} | ${name} | ${severity} |`),
    "",
  ].join("\n");
}
